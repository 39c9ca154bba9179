public import Evals

/// What the results of its assertions make of an execution.
///
/// A result decides when its weight is above 0 and it is not in quarantine; all others are shown only.
public struct CaseOutcome: Sendable, Hashable {
    /// What counts, before `xfail` and a quarantine of the whole case.
    public var status: Execution.Status
    /// Σ score·weight ÷ Σ weight over the deciding results, 0…1; nil when one has an error or none decides.
    public var score: Double?
    /// The first error among the deciding results.
    public var error: EvaluationError?

    /// Decides.
    ///
    /// An error of a deciding result wins over failures. Else all deciding results must pass, or with a
    /// threshold the score must reach it. Where quarantine leaves nothing that decides the execution is
    /// `skipped`; where there was nothing to begin with it is `errored`, never passed.
    public static func decide(results: [AssertionResult], threshold: Double? = nil) -> CaseOutcome {
        let deciding = results.filter(decides)
        if let error = decidingError(in: results) {
            return CaseOutcome(status: .errored, score: nil, error: error)
        }
        guard let heaviest = deciding.map(\.weight).max() else {
            guard !results.contains(where: { $0.isQuarantined && $0.weight > 0 }) else {
                return CaseOutcome(status: .skipped, score: nil, error: nil)
            }
            let error = EvaluationError(
                .assertion, "no assertion decides about this answer",
                hint: "give at least one assertion a weight above 0")
            return CaseOutcome(status: .errored, score: nil, error: error)
        }
        // Relative to the heaviest, so that no sum of weights can become infinite.
        var sum = 0.0
        var total = 0.0
        for result in deciding {
            let share = result.weight / heaviest
            sum += result.score * share
            total += share
        }
        let score = min(max(sum / total, 0), 1)
        let passes =
            if let threshold { Threshold.isReached(threshold, by: score) } else {
                deciding.allSatisfy(\.passed)
            }
        return CaseOutcome(status: passes ? .passed : .failed, score: score, error: nil)
    }

    /// Whether a result has a say in what becomes of the execution.
    public static func decides(_ result: AssertionResult) -> Bool {
        result.weight > 0 && !result.isQuarantined
    }

    /// The first error that decides.
    static func decidingError(in results: [AssertionResult]) -> EvaluationError? {
        results.lazy.filter(decides).compactMap(\.error).first
    }
}
