import Evals

/// The words in which reports speak of the assertions of an execution.
enum AssertionText {
    /// The failed assertions that decided the status, or else all that failed.
    static func failures(of execution: Execution) -> [AssertionResult] {
        let failed = execution.assertions.filter { !$0.passed }
        let deciding = failed.filter { $0.weight > 0 && !$0.isQuarantined }
        return deciding.isEmpty ? failed : deciding
    }

    /// The type, with what takes its vote away.
    static func label(_ result: AssertionResult) -> String {
        if result.isQuarantined { return result.type + " (in quarantine)" }
        if result.isUnasked { return result.type + " (not asked)" }
        return result.weight == 0 ? result.type + " (weight 0)" : result.type
    }

    /// What makes the verdict of judges doubtful: a panel that was not of one mind, an order that decided.
    static func doubts(about result: AssertionResult) -> [String] {
        guard let stamp = result.stamp else { return [] }
        var doubts: [String] = []
        if Set(stamp.votes).count > 1 {
            // The panel votes in rounds, each judge once in each.
            let votes = stamp.votes.enumerated().map { index, vote in
                let name = stamp.models.isEmpty ? "?" : stamp.models[index % stamp.models.count]
                return "\(name) \(vote ? "pass" : "fail")"
            }
            doubts.append("the judges disagree: " + votes.joined(separator: ", "))
        }
        if stamp.isFlipped == true {
            doubts.append("the order in which the answers were shown changed the judge's preference")
        }
        return doubts
    }

    /// Why an execution failed when no assertion says it; nil when one does.
    static func unexplained(_ execution: Execution) -> (kind: String, message: String)? {
        guard execution.status == .failed else { return nil }
        if execution.outcome == .passed {
            let why = execution.statusReason.map { ": " + $0 } ?? ""
            return ("xfail", "the case is expected to fail, and it passed\(why)")
        }
        if execution.assertions.contains(where: { !$0.passed }) { return nil }
        let score = execution.score.map { ": \(Figures.rounded($0))" } ?? ""
        return ("threshold", "the score is below the threshold\(score)")
    }

    /// The error of an execution: its own, or that of its first assertion that could not be evaluated.
    static func error(of execution: Execution) -> EvaluationError? {
        execution.error ?? execution.assertions.lazy.compactMap(\.error).first
    }
}
