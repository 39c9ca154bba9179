import Diagnostics
import Evals

/// What the types share that answer yes or no: their score is 1 or 0.
enum YesNoRule {
    /// Makes an assertion ready to run; a threshold is a score to reach, so that only 0 changes anything.
    ///
    /// `alwaysPasses` says why no answer can fail, `neverPasses` why none can pass; under `not-` it is the
    /// latter that makes the assertion vacuous.
    static func assertion(
        _ specification: AssertionSpecification, alwaysPasses: String? = nil, neverPasses: String? = nil,
        judge: @escaping @Sendable (Subject) throws(EvaluationError) -> Judgement
    ) throws(DiagnosticError) -> CompiledAssertion {
        guard let threshold = try Threshold.score(of: specification) else {
            let vacuity = specification.isNegated ? neverPasses : alwaysPasses
            return CompiledAssertion(specification, vacuity: vacuity, judge: judge)
        }
        let reached = threshold == 0 ? "every score reaches a threshold of 0" : nil
        let vacuity = specification.isNegated ? neverPasses : reached ?? alwaysPasses
        return CompiledAssertion(specification, vacuity: vacuity) {
            (subject: Subject) throws(EvaluationError) -> Judgement in
            var judgement = try judge(subject)
            judgement.passed = Threshold.isReached(threshold, by: judgement.score)
            return judgement
        }
    }
}
