import Diagnostics
import Evals
import JSON

/// `bleu`: how many of the answer's word sequences stand in a reference (Papineni and others 2002), per answer.
///
/// The geometric mean of the clipped precisions of 1- to 4-grams, times the brevity penalty exp(1 − r/c) of an
/// answer of c words that is shorter than the closest reference of r words. Orders that the answer is too short
/// for are left out, so that an exact copy scores 1 whatever its length; a precision of 0 counts as 10⁻⁷.
enum BLEUAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "bleu",
            summary:
                "BLEU of the answer against a text, or the best of several, reaches the threshold (default 0.5): "
                + "clipped precision of 1- to 4-grams with a brevity penalty; words are what white space "
                + "separates, case does not count; a precision of 0 counts as 1e-7, and orders longer than the "
                + "answer are left out.",
            family: .similarity, example: "{bleu: The parcel arrives on Monday., threshold: 0.4}",
            scoring: .higherIsBetter(threshold: 0.5), valueSchema: ReferenceTexts.schema, compile: compile)
    ]

    private static let longest = 4
    /// What a precision of 0 counts as.
    private static let smallestPrecision = 1e-7

    @Sendable
    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let references = try ReferenceTexts.texts(of: specification)
        let index = NGramIndex(references, longest: longest, rule: .spaced)
        guard !index.lengths.contains(0) else {
            throw ReferenceTexts.nothing("words", in: specification)
        }
        // The count to which an n-gram of an answer is clipped: its highest in any reference.
        let limits = index.orders.indices.map { gram in
            references.indices.map { index.count(of: gram, in: $0) }.max() ?? 0
        }
        return try ScoreRule.assertion(
            specification, defaultThreshold: 0.5, expected: ReferenceTexts.display(references)
        ) { subject in
            let tally = index.tally(of: subject.output)
            guard tally.words > 0 else {
                return ScoreRule.Finding(score: 0, detail: "the answer has no words")
            }
            var matches = [Int](repeating: 0, count: longest + 1)
            for (gram, count) in tally.counts.enumerated() where count > 0 {
                matches[index.orders[gram]] += min(count, limits[gram])
            }
            let orders = min(longest, tally.words)
            var logarithms = 0.0
            var shown: [String] = []
            for order in 1...orders {
                let total = NGramIndex.total(order: order, words: tally.words)
                let precision = Double(matches[order]) / Double(total)
                logarithms += logarithm(max(precision, smallestPrecision))
                shown.append("\(matches[order])/\(total)")
            }
            let closest = closestLength(to: tally.words, among: index.lengths)
            let brevity =
                tally.words >= closest ? 1 : exponential(1 - Double(closest) / Double(tally.words))
            return ScoreRule.Finding(
                score: min(1, brevity * exponential(logarithms / Double(orders))),
                detail: "\(shown.joined(separator: ", ")) of the n-grams, brevity penalty "
                    + Threshold.text((brevity * 1000).rounded() / 1000))
        }
    }

    /// The length of the reference that is closest; the shorter one of two that are as close.
    private static func closestLength(to words: Int, among lengths: [Int]) -> Int {
        lengths.min { (abs($0 - words), $0) < (abs($1 - words), $1) } ?? words
    }
}
