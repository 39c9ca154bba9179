import Diagnostics
import Evals
import JSON

/// `rouge-n`: how many of the reference's word sequences the answer has (Lin 2004).
enum ROUGENAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "rouge-n", aliases: ["rouge"],
            summary:
                "ROUGE-N of the answer against a text, or the best of several, reaches the threshold (default 0.75): "
                + "the share of the text's n-grams (default n: 1, so single words) that the answer has, each counted "
                + "as often as it stands there; words are letters and digits, case and punctuation do not count.",
            family: .similarity, example: "{rouge-n: The parcel arrives on Monday., n: 2, threshold: 0.5}",
            scoring: .higherIsBetter(threshold: 0.75), valueSchema: ReferenceTexts.schema,
            options: [
                AssertionDescriptor.Option(
                    name: "n", schema: ["type": "integer", "minimum": 1, "maximum": 10],
                    summary: "How many words an n-gram has, 1 to 10; default 1."),
                OverlapMeasure.option(standard: .recall),
            ],
            compile: compile)
    ]

    @Sendable
    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let references = try ReferenceTexts.texts(of: specification)
        let order = try OptionValue.integer("n", of: specification, in: 1...10, standard: 1)
        let measure = try OverlapMeasure(specification, standard: .recall)
        let index = NGramIndex(references, longest: order, rule: .letters)
        guard index.lengths.allSatisfy({ $0 >= order }) else {
            throw ReferenceTexts.nothing(order == 1 ? "words" : "\(order) words", in: specification)
        }
        return try ScoreRule.assertion(
            specification, defaultThreshold: 0.75, expected: ReferenceTexts.display(references)
        ) { subject in
            let tally = index.tally(of: subject.output)
            let answerTotal = NGramIndex.total(order: order, words: tally.words)
            var best = ScoreRule.Finding(score: -1, detail: "")
            for reference in references.indices {
                var matches = 0
                for (gram, count) in tally.counts.enumerated()
                where count > 0 && index.orders[gram] == order {
                    matches += min(count, index.count(of: gram, in: reference))
                }
                let total = NGramIndex.total(order: order, words: index.lengths[reference])
                let score = measure.score(common: matches, reference: total, answer: answerTotal)
                guard score > best.score else { continue }
                let things = order == 1 ? "words" : "\(order)-grams"
                best = ScoreRule.Finding(
                    score: score,
                    detail:
                        "\(matches) of the text's \(total) \(things) are among the answer's \(answerTotal)")
            }
            return best
        }
    }
}
