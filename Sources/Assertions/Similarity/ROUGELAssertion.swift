import Diagnostics
import Evals
import JSON

/// `rouge-l`: the longest sequence of words that answer and reference have in the same order (Lin 2004).
enum ROUGELAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "rouge-l",
            summary:
                "ROUGE-L of the answer against a text, or the best of several, reaches the threshold (default 0.75): "
                + "the longest common subsequence of words, as F1 of its shares in both (or their recall or "
                + "precision); words are letters and digits, case and punctuation do not count; texts have at most "
                + "16,384 words.",
            family: .similarity, example: "{rouge-l: The parcel arrives on Monday., measure: recall}",
            scoring: .higherIsBetter(threshold: 0.75), valueSchema: ReferenceTexts.schema,
            options: [OverlapMeasure.option(standard: .f1)], compile: compile)
    ]

    @Sendable
    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let texts = try ReferenceTexts.texts(of: specification)
        let measure = try OverlapMeasure(specification, standard: .f1)
        let rule = Words(rule: .letters)
        var references: [CommonSubsequence] = []
        for text in texts {
            let words = rule.list(of: text)
            guard !words.isEmpty else { throw ReferenceTexts.nothing("words", in: specification) }
            guard words.count <= CommonSubsequence.longestReference else {
                throw DiagnosticError(
                    Diagnostic(
                        "bad-value",
                        "the text of '\(specification.writtenType)' has \(words.count) words, more than "
                            + "\(CommonSubsequence.longestReference)",
                        at: specification.valueMark, hint: "use rouge-n for texts of that length"))
            }
            references.append(CommonSubsequence(words))
        }
        let prepared = references
        return try ScoreRule.assertion(
            specification, defaultThreshold: 0.75, expected: ReferenceTexts.display(texts)
        ) { (subject: Subject) throws(EvaluationError) in
            var best = ScoreRule.Finding(score: -1, detail: "")
            for reference in prepared {
                guard let (common, words) = reference.length(with: subject.output, rule: rule) else {
                    throw EvaluationError(
                        .assertion,
                        "the answer is too long to be compared with a text of \(reference.length) words",
                        hint: "use rouge-n, or put max-length before it")
                }
                let score = measure.score(common: common, reference: reference.length, answer: words)
                guard score > best.score else { continue }
                best = ScoreRule.Finding(
                    score: score,
                    detail:
                        "\(common) words stand in both in the same order, the text has \(reference.length) and "
                        + "the answer \(words)")
            }
            return best
        }
    }
}
