import Diagnostics
import Evals
import JSON

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// `perplexity` and `perplexity-score`: how sure the model was of its words, by the log probabilities of its tokens.
enum PerplexityAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "perplexity",
            summary: "exp(−mean log probability of the tokens) is at most so much; 1 is perfectly sure.",
            family: .measures, example: "perplexity: 5",
            scoring: .lowerIsBetter(unit: "perplexity", limit: nil),
            valueNeed: .none, shortValueIsThreshold: true, compile: compile),
        AssertionDescriptor(
            name: "perplexity-score",
            summary: "1 / (1 + perplexity) is at least so much; 0.5 is perfectly sure, 0 the opposite.",
            family: .measures, example: "perplexity-score: 0.2", scoring: .higherIsBetter(threshold: nil),
            valueNeed: .none, shortValueIsThreshold: true, compile: compileScore),
    ]

    @Sendable
    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let limit = try Threshold.limit(of: specification, unit: "perplexity", example: "5")
        let shown = Threshold.text(limit)
        return CompiledAssertion(
            specification,
            vacuity: specification.isNegated && limit < 1 ? "no perplexity is below 1" : nil
        ) { (subject: Subject) throws(EvaluationError) in
            let perplexity = try perplexity(of: subject.reply)
            let fits = perplexity <= limit
            let found = text(perplexity)
            return Judgement(
                passed: fits, reason: "the perplexity is \(found), \(fits ? "within" : "more than") \(shown)",
                expected: "at most \(shown)", actual: found)
        }
    }

    @Sendable
    private static func compileScore(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        _ = try Threshold.limit(of: specification, unit: "1 / (1 + perplexity)", example: "0.2")
        return try ScoreRule.assertion(
            specification, defaultThreshold: 1, expected: "a sure answer"
        ) { (subject: Subject) throws(EvaluationError) in
            let perplexity = try perplexity(of: subject.reply)
            return ScoreRule.Finding(
                score: 1 / (1 + perplexity), detail: "the perplexity is \(text(perplexity))")
        }
    }

    private static func text(_ value: Double) -> String {
        value.isFinite ? Threshold.text((value * 10_000).rounded() / 10_000) : "beyond all numbers"
    }

    /// exp(−Σ log p / n), in natural logarithms; 1 or more.
    private static func perplexity(of reply: Reply) throws(EvaluationError) -> Double {
        guard let stated = reply.logprobs, !stated.isNull else {
            throw EvaluationError(
                .assertion, "the log probabilities of the answer are not known",
                hint: "ask for them (parameters: {logprobs: true}) where the provider has them")
        }
        guard let list = list(stated), !list.isEmpty else {
            throw EvaluationError(
                .assertion, "the log probabilities of the answer are no list of numbers",
                hint: "known are [-0.1, …], [{logprob: -0.1}, …] and {content: [{logprob: -0.1}, …]}")
        }
        guard list.allSatisfy({ $0.isFinite && $0 <= 0 }) else {
            throw EvaluationError(.assertion, "a log probability of the answer is above 0 or no number")
        }
        return exp(-list.reduce(0, +) / Double(list.count))
    }

    /// The numbers in one of the known shapes; nil when one of them is missing.
    private static func list(_ value: JSONValue) -> [Double]? {
        let items = value.array ?? value["content"]?.array ?? value["token_logprobs"]?.array
        guard let items else { return nil }
        let numbers = items.compactMap { $0.double ?? $0["logprob"]?.double }
        return numbers.count == items.count ? numbers : nil
    }
}
