/// How the program ends; each code has one meaning.
public enum ExitStatus: Int32, Sendable, Hashable, CaseIterable {
    /// Every gate passed.
    case passed = 0
    /// A gate failed: the answers are not good enough.
    case gateFailed = 1
    /// A file, selection or input is invalid; nothing was run.
    case invalid = 2
    /// Errors left a gate open, or a report could not be written.
    case errored = 3
    /// A recording is missing or stale, or a key to make one.
    case recordingMissing = 4
    /// A statistical gate could neither pass nor fail.
    case inconclusive = 5
    /// Stopped by the budget.
    case budget = 6
    /// The command line is wrong.
    case usage = 64
    /// Interrupted; what had finished is kept.
    case interrupted = 130

    /// The order in which one of several wins: a red that is certain is never hidden by what is missing.
    public static let precedence: [ExitStatus] = [
        .invalid, .interrupted, .gateFailed, .budget, .recordingMissing, .errored, .inconclusive,
    ]

    /// The status that wins among those that apply; passed when none does.
    public static func winner(of statuses: some Collection<ExitStatus>) -> ExitStatus {
        precedence.first { statuses.contains($0) } ?? .passed
    }

    /// What it means, in a few words.
    public var meaning: String {
        switch self {
        case .passed: "every gate passed"
        case .gateFailed: "a gate failed"
        case .invalid: "a file, selection or input is invalid"
        case .errored: "errors left a gate open, or a report could not be written"
        case .recordingMissing: "a recording is missing or stale, or a key is missing to make one"
        case .inconclusive: "a statistical gate is inconclusive"
        case .budget: "stopped by the budget"
        case .usage: "wrong use of the command line"
        case .interrupted: "interrupted"
        }
    }
}
