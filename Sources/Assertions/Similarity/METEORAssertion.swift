import Diagnostics
import Evals
import JSON
import Stemming

/// `meteor`: words of answer and reference that are the same, or have the same stem, and how far they stand in the
/// same order (Lavie and Agarwal 2007).
enum METEORAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "meteor",
            summary:
                "METEOR of the answer against a text, or the best of several, reaches the threshold (default 0.5): "
                + "words are matched exactly, then by Porter's English stems, and words in another order cost "
                + "something (alpha 0.9, beta 3, gamma 0.5, as in NLTK); synonyms are not used; words are letters and "
                + "digits, case and punctuation do not count.",
            family: .similarity, example: "{meteor: The parcel arrives on Monday., threshold: 0.7}",
            scoring: .higherIsBetter(threshold: 0.5), valueSchema: ReferenceTexts.schema, compile: compile)
    ]

    @Sendable
    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let texts = try ReferenceTexts.texts(of: specification)
        let references = texts.map { Words(rule: .letters).list(of: $0) }
        guard references.allSatisfy({ !$0.isEmpty }) else {
            throw ReferenceTexts.nothing("words", in: specification)
        }
        return try ScoreRule.assertion(
            specification, defaultThreshold: 0.5, expected: ReferenceTexts.display(texts)
        ) { (subject: Subject) throws(EvaluationError) in
            let words = try words(of: subject.output)
            guard !words.isEmpty else {
                return ScoreRule.Finding(score: 0, detail: "the answer has no words")
            }
            var best = ScoreRule.Finding(score: -1, detail: "")
            for reference in references {
                let alignment: WordAlignment
                do throws(StemmerError) {
                    alignment = try WordAlignment(of: words, with: reference)
                } catch {
                    throw EvaluationError(.assertion, "stems can't be had: \(error.message)")
                }
                let score = alignment.meteor
                guard score > best.score else { continue }
                best = ScoreRule.Finding(
                    score: score,
                    detail: "\(alignment.pairs.count) words match in \(alignment.chunks) runs, the text has "
                        + "\(reference.count) words and the answer \(words.count)")
            }
            return best
        }
    }

    /// The most words of an answer that are aligned.
    private static let mostWords = 1_000_000

    private static func words(of text: String) throws(EvaluationError) -> [String] {
        var words: [String] = []
        Words(rule: .letters).scan(
            text,
            while: { word in
                words.append(word)
                return words.count <= mostWords
            })
        guard words.count <= mostWords else {
            throw EvaluationError(
                .assertion, "the answer has more than a million words, too many to align",
                hint: "use rouge-n, or put max-length before it")
        }
        return words
    }
}
