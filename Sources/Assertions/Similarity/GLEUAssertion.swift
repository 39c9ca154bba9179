import Diagnostics
import Evals
import JSON

/// `gleu`: Google's BLEU for single sentences (Wu and others 2016, section 6): of all 1- to 4-grams of answer and
/// reference those that both have, over the larger of the two numbers; the minimum of precision and recall.
enum GLEUAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "gleu",
            summary:
                "Google's BLEU of the answer against a text, or the best of several, reaches the threshold "
                + "(default 0.5): the smaller of precision and recall over all 1- to 4-grams; words are what white "
                + "space separates, case and full stops at their ends do not count.",
            family: .similarity, example: "gleu: [The parcel arrives on Monday., It arrives on Monday.]",
            scoring: .higherIsBetter(threshold: 0.5), valueSchema: ReferenceTexts.schema, compile: compile)
    ]

    private static let longest = 4

    @Sendable
    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let references = try ReferenceTexts.texts(of: specification)
        let index = NGramIndex(references, longest: longest, rule: .spacedWithoutStops)
        guard !index.lengths.contains(0) else {
            throw ReferenceTexts.nothing("words", in: specification)
        }
        return try ScoreRule.assertion(
            specification, defaultThreshold: 0.5, expected: ReferenceTexts.display(references)
        ) { subject in
            let tally = index.tally(of: subject.output)
            guard tally.words > 0 else {
                return ScoreRule.Finding(score: 0, detail: "the answer has no words")
            }
            let answerTotal = total(words: tally.words)
            var best = ScoreRule.Finding(score: -1, detail: "")
            for reference in references.indices {
                var matches = 0
                for (gram, count) in tally.counts.enumerated() where count > 0 {
                    matches += min(count, index.count(of: gram, in: reference))
                }
                let referenceTotal = total(words: index.lengths[reference])
                let score = Double(matches) / Double(max(answerTotal, referenceTotal))
                guard score > best.score else { continue }
                best = ScoreRule.Finding(
                    score: score,
                    detail: "\(matches) n-grams in common, the answer has \(answerTotal) and the text "
                        + "\(referenceTotal)")
            }
            return best
        }
    }

    private static func total(words: Int) -> Int {
        (1...longest).reduce(0) { $0 + NGramIndex.total(order: $1, words: words) }
    }
}
