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
        return result.weight == 0 ? result.type + " (weight 0)" : result.type
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
