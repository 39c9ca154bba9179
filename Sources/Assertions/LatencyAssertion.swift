import Diagnostics
import Evals

/// `latency`: the answer came within so many milliseconds; of a replayed answer the recorded time counts.
enum LatencyAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "latency", summary: "The answer took at most so many milliseconds.",
            family: .measures, example: "latency: 5000",
            scoring: .lowerIsBetter(unit: "milliseconds", limit: nil),

            valueNeed: .none, shortValueIsThreshold: true, compile: compile)
    ]

    @Sendable
    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let limit = try Threshold.limit(of: specification, unit: "milliseconds", example: "5000")
        return CompiledAssertion(specification) { (subject: Subject) throws(EvaluationError) in
            guard let latency = subject.reply.latencyMS else {
                throw EvaluationError(
                    .assertion, "how long the answer took is not known",
                    hint: "answers of 'echo', and given ones without latency_ms, have no latency: "
                        + "take the assertion off these cases or give latency_ms")
            }
            let fits = latency <= limit
            let relation = fits ? "within" : "more than"
            return Judgement(
                passed: fits,
                reason:
                    "the answer took \(Threshold.text(latency)) ms, \(relation) \(Threshold.text(limit)) ms",
                expected: "at most \(Threshold.text(limit)) ms", actual: "\(Threshold.text(latency)) ms")
        }
    }
}
