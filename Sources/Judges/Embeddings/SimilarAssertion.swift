import Assertions
import Diagnostics
import Evals
import JSON

/// `similar`: the answer means much the same as a text, by the cosine of their embeddings.
enum SimilarAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "similar", aliases: ["similar:cosine"],
            summary:
                "The answer means much the same as the text, or as one text of the list: the score is the cosine of "
                + "their embeddings, the best one of a list; a negative one is 0. Asks the model for embeddings, and "
                + "no judge.",
            family: .judges, example: "{similar: The parcel arrives tomorrow., threshold: 0.8}",
            scoring: .higherIsBetter(threshold: standardThreshold), valueSchema: ReferenceTexts.schema,
            options: [Embedder.option], needs: { [Embedder.need($0)] }, compile: compile)
    ]

    private static let standardThreshold = 0.75

    @Sendable
    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let texts = try ReferenceTexts.texts(of: specification)
        guard texts.allSatisfy({ $0.contains { !$0.isWhitespace } }) else {
            throw ReferenceTexts.nothing("words", in: specification)
        }
        let threshold = try Threshold.score(of: specification) ?? standardThreshold
        let isVacuous = threshold == 0 && !specification.isNegated
        var compiled = CompiledAssertion(
            specification, vacuity: isVacuous ? "every score reaches a threshold of 0" : nil
        ) { (subject: Subject) async throws(EvaluationError) -> Judgement in
            guard let interview = subject.interview else {
                throw EvaluationError(.judge, "no model can be asked for embeddings here")
            }
            let embedder = try Embedder(specification, interview: interview, label: subject.label)
            let cosines = try await embedder.cosines(of: subject.output, to: texts)
            let best = cosines.max() ?? 0
            // Below 0 the meanings have nothing in common, which a score of 0 says.
            let score = max(0, best)
            let passed = Threshold.isReached(threshold, by: score)
            return Judgement(
                passed: passed, score: score,
                reason:
                    "the cosine \(Threshold.text((best * 10_000).rounded() / 10_000)) \(passed ? "reaches" : "is below") the threshold "
                    + Threshold.text(threshold),
                expected: Excerpt.display(ReferenceTexts.display(texts)),
                actual: Excerpt.display(subject.output),
                details: [
                    "embeddings": .string(embedder.model.name),
                    "cosines": .array(cosines.map { .double($0) }),
                ])
        }
        compiled.asks = true
        return compiled.needingText
    }
}
