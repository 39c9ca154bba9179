public import Evals

/// The question whether to record what a replay lacked.
public struct RecordOffer: Sendable, Hashable {
    /// The number of answers that are not recorded.
    public var answers: Int
    /// The number of further answers of which it is not recorded what judges say.
    public var verdicts: Int
    /// What recording them costs, about; nil when that is unknown.
    public var cost: Money?

    /// Creates an offer.
    public init(answers: Int, verdicts: Int = 0, cost: Money?) {
        self.answers = answers
        self.verdicts = verdicts
        self.cost = cost
    }

    /// The question, for example `3 answers not recorded, about $0.002. Record now? [y/N] `.
    public var text: String {
        func count(_ number: Int) -> String { "\(number) answer\(number == 1 ? "" : "s")" }
        var what = verdicts == 0 || answers > 0 ? count(answers) : "what judges say of \(count(verdicts))"
        if answers > 0, verdicts > 0 { what += " and what judges say of \(verdicts) more" }
        return
            "\(what) not recorded, \(cost.map { "about $" + Self.rounded($0) } ?? "cost unknown"). Record now? [y/N] "
    }

    /// True for `y` and `yes` in any letter case; anything else, and the end of input, means no.
    public static func isAccepted(_ answer: String?) -> Bool {
        guard let answer else { return false }
        let word = answer.split(whereSeparator: \.isWhitespace).map { $0.lowercased() }
        return word == ["y"] || word == ["yes"]
    }

    /// Whether someone is there to be asked: input and errors are terminals, and no variable says that this is
    /// continuous integration.
    ///
    /// - Parameter environment: the value of a variable; nil when it is unset or empty. Any value counts.
    public static func mayAsk(
        inputIsTerminal: Bool, errorsAreTerminal: Bool, environment: (String) -> String?
    ) -> Bool {
        inputIsTerminal && errorsAreTerminal && variables.allSatisfy { environment($0) == nil }
    }

    /// Set by systems of continuous integration.
    private static let variables = [
        "CI", "CONTINUOUS_INTEGRATION", "GITHUB_ACTIONS", "GITLAB_CI", "BUILDKITE", "JENKINS_URL",
        "HUDSON_URL",
        "TF_BUILD", "CIRCLECI", "TRAVIS", "TEAMCITY_VERSION", "BITBUCKET_BUILD_NUMBER", "CODEBUILD_BUILD_ID",
        "DRONE", "APPVEYOR", "SEMAPHORE", "CIRRUS_CI", "bamboo_buildKey",
    ]

    /// Rounded up to two digits that count, or to cents from a dollar on.
    private static func rounded(_ cost: Money) -> String {
        guard cost > .zero else { return "0" }
        var unit: Int64 = 1
        while cost.picoUSD / unit >= 100, unit < 10_000_000_000 { unit *= 10 }
        let steps = cost.picoUSD / unit + (cost.picoUSD % unit > 0 ? 1 : 0)
        let (amount, isBeyond) = steps.multipliedReportingOverflow(by: unit)
        let text = isBeyond ? cost.text : Money(picoUSD: amount).text
        let parts = text.split(separator: ".")
        // A whole number of dollars and cents is written as one.
        return parts.count == 2 && parts[0] != "0" && parts[1].count == 1 ? text + "0" : text
    }
}
