import Diagnostics
import Evals

/// `ttft`: the first token came within so many milliseconds; of a replayed answer the recorded time counts.
enum FirstTokenAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "ttft", summary: "The first token came within so many milliseconds.", family: .measures,
            example: "ttft: 800", scoring: .lowerIsBetter(unit: "milliseconds", limit: nil), valueNeed: .none,
            shortValueIsThreshold: true, compile: compile)
    ]

    @Sendable
    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let limit = try Threshold.limit(of: specification, unit: "milliseconds", example: "800")
        let shown = Threshold.text(limit)
        return CompiledAssertion(specification) { (subject: Subject) throws(EvaluationError) in
            guard let time = subject.reply.firstTokenMS else {
                throw EvaluationError(
                    .assertion, "when the first token came is not known",
                    hint: "only streamed answers have it: give ttft_ms, or take the assertion off these cases"
                )
            }
            let fits = time <= limit
            return Judgement(
                passed: fits,
                reason:
                    "the first token came after \(Threshold.text(time)) ms, \(fits ? "within" : "more than") "
                    + "\(shown) ms", expected: "at most \(shown) ms", actual: "\(Threshold.text(time)) ms")
        }
    }
}
