import Diagnostics
import Evals
import JSON

/// `cost`: the answer cost at most so many US dollars.
enum CostAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "cost", summary: "The answer cost at most so many US dollars.",
            family: .measures, example: "cost: 0.01", scoring: .lowerIsBetter(unit: "US dollars", limit: nil),
            valueNeed: .none,
            shortValueIsThreshold: true, compile: compile)
    ]

    @Sendable
    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let limit = try Threshold.limit(of: specification, unit: "US dollars", example: "0.01")
        // Exact where the limit has at most 12 decimals, as all prices have.
        let exact = JSONNumber(limit).flatMap { Money(usd: $0) }
        return CompiledAssertion(specification) { (subject: Subject) throws(EvaluationError) in
            guard let cost = subject.cost ?? subject.reply.cost else {
                throw EvaluationError(
                    .assertion, "what the answer cost is not known",
                    hint: "add the model's price to the price table (prices: in evalrun.yaml), or price_as: "
                        + "to the model; an answer without usage has no cost")
            }
            let fits = exact.map { cost <= $0 } ?? (cost.usd <= limit)
            let relation = fits ? "within" : "more than"
            return Judgement(
                passed: fits, reason: "the answer cost $\(cost.json), \(relation) $\(Threshold.text(limit))",
                expected: "at most $\(Threshold.text(limit))", actual: "$\(cost.json)")
        }
    }
}
