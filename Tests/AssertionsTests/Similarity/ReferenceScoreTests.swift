import Evals
import JSON
import Testing

/// Scores of NLTK 3.10: METEOR with Porter's original stemmer and without synonyms, and BLEU with zeros as 1e-7 and
/// the orders that the answer has.
@Suite("Scores that NLTK gives too")
struct ReferenceScoreTests {
    /// One answer with its scores against several texts.
    struct Row: Sendable {
        /// The answer.
        var answer: String
        /// What it is compared with.
        var texts: [String]
        /// `meteor_score`.
        var meteor: Double
        /// `sentence_gleu`, without full stops.
        var gleu: Double
        /// `sentence_bleu`.
        var bleu: Double
    }

    static let rows = [
        Row(
            answer:
                "It is a guide to action which ensures that the military always obeys the commands of the party",
            texts: [
                "It is a guide to action that ensures that the military will forever heed Party commands",
                "It is the guiding principle which guarantees the military forces always being under the command of the Party",
                "It is the practical guide for the army always to heed the directions of the party",
            ],
            meteor: 0.694444444444, gleu: 0.454545454545, bleu: 0.504566684006),
        Row(
            answer: "The parcels are arriving on Monday, thanks for waiting patiently.",
            texts: ["Your parcel will arrive on Monday. Thank you for your patience and waiting."],
            meteor: 0.499758958702, gleu: 0.0652173913043, bleu: 2.78592329211e-6),
        Row(
            answer: "We connected the connections while connecting.",
            texts: ["The connection was connected by connectors."],
            meteor: 0.25, gleu: 0.111111111111, bleu: 4.27287006396e-6),
        Row(
            answer: "the the the the the the the",
            texts: ["the cat is on the mat", "there is a cat on the mat"],
            meteor: 0.16393442623, gleu: 0.0909090909091, bleu: 4.11133616901e-6),
        Row(
            answer: "on Monday the parcel arrives",
            texts: ["the parcel arrives on Monday"],
            meteor: 0.968, gleu: 0.642857142857, bleu: 0.0125743342968),
        Row(
            answer: "The cat was sitting on the mat.",
            texts: ["The cat sat on the mat.", "There is a cat on the mat.", "A cat is sitting on the mat."],
            meteor: 0.793442622951, gleu: 0.5, bleu: 0.488923022435),
        Row(
            answer: "A short answer to a long question that asks about refunds and returns",
            texts: [
                "A short answer to a long question that asked about the refunds and returning goods within thirty days of the purchase"
            ],
            meteor: 0.642392641631, gleu: 0.384615384615, bleu: 0.338464806976),
        Row(
            answer: "refund",
            texts: ["refund"],
            meteor: 0.5, gleu: 1, bleu: 1),
        Row(
            answer: "Please send me the order number so that I can look into it for you.",
            texts: ["Please send me your order number so I can look into this for you right away."],
            meteor: 0.740740740741, gleu: 0.431034482759, bleu: 0.29130553755),
    ]

    @Test("are the same", arguments: rows)
    func same(row: Row) async throws {
        for (type, score) in [("meteor", row.meteor), ("gleu", row.gleu), ("bleu", row.bleu)] {
            let result = try await Specimen(
                type: type, value: .array(row.texts.map { .string($0) }), answer: row.answer
            ).result()
            #expect(abs(result.score - score) < 1e-9, "\(type): \(result.score) instead of \(score)")
        }
    }
}
