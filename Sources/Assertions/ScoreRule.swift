import Diagnostics
import Evals

/// What the types share whose score is a number from 0 to 1, higher being better: reaching a threshold passes.
enum ScoreRule {
    /// What a type found on one answer.
    struct Finding {
        /// From 0 to 1.
        var score: Double
        /// What was compared, in a few words after the score: `of 5 words, 3 are the same`; may be empty.
        var detail: String
    }

    /// Makes an assertion ready to run; without a written threshold `defaultThreshold` is the one to reach.
    static func assertion(
        _ specification: AssertionSpecification, defaultThreshold: Double, expected: String,
        measure: @escaping @Sendable (Subject) throws(EvaluationError) -> Finding
    ) throws(DiagnosticError) -> CompiledAssertion {
        let threshold = try Threshold.score(of: specification) ?? defaultThreshold
        let limit = Threshold.text(threshold)
        let isVacuous = threshold == 0 && !specification.isNegated
        return CompiledAssertion(
            specification, vacuity: isVacuous ? "every score reaches a threshold of 0" : nil
        ) { (subject: Subject) throws(EvaluationError) -> Judgement in
            let finding = try measure(subject)
            let passed = Threshold.isReached(threshold, by: finding.score)
            let score = Threshold.text((finding.score * 10_000).rounded() / 10_000)
            let detail = finding.detail.isEmpty ? "" : ": \(finding.detail)"
            return Judgement(
                passed: passed, score: finding.score,
                reason:
                    "the score \(score) \(passed ? "reaches" : "is below") the threshold \(limit)\(detail)",
                expected: Excerpt.display(expected), actual: Excerpt.display(subject.output))
        }
    }
}
