import Diagnostics
import Evals
import JSON
import Testing

@Suite("Assertions that compare with a text")
struct SimilarityAssertionTests {
    @Test(
        "pass",
        arguments: [
            Specimen(type: "levenshtein", value: "test", answer: "tast"),
            Specimen(type: "levenshtein", value: "", answer: ""),
            Specimen(type: "levenshtein", value: "kitten", threshold: 3, answer: "sitting"),
            Specimen(type: "levenshtein", value: "a😀b", threshold: 1, answer: "a😁b"),
            Specimen(type: "levenshtein", value: "abcdef", threshold: 2.9, answer: "bcdefg"),
            Specimen(type: "levenshtein", value: "abc", threshold: 1e15, answer: "xyzxyz"),
            Specimen(type: "rouge-n", value: "The cat sat.", answer: "the CAT, sat down on a mat"),
            Specimen(type: "rouge-n", value: ["no", "yes please"], answer: "Yes, please!"),
            Specimen(type: "rouge", value: "a b c", options: ["n": 3], answer: "x a b c y"),
            Specimen(type: "rouge-n", value: "a b", threshold: 1, options: ["measure": "f1"], answer: "b a"),
            Specimen(type: "rouge-n", value: "it’s here", threshold: 1, answer: "It's here"),
            Specimen(type: "rouge-n", value: "包裹明天到", answer: "您的包裹明天到达"),
            Specimen(type: "rouge-l", value: "a b c d", threshold: 0.8, answer: "a x b c d"),
            Specimen(
                type: "rouge-l", value: "a b c", threshold: 1, options: ["measure": "recall"],
                answer: "x a y b z c"),
            Specimen(type: "bleu", value: "yes", threshold: 1, answer: "Yes"),
            Specimen(type: "bleu", value: "two words", threshold: 1, answer: " two\nwords "),
            Specimen(
                type: "bleu", value: ["other", "the cat sat on the mat"], answer: "the cat sat on the mat"),
            Specimen(type: "gleu", value: "The cat sat.", threshold: 1, answer: "the cat sat"),
            Specimen(type: "meteor", value: "connected words", threshold: 0.9, answer: "connecting word"),
            Specimen(type: "overlap", value: "a b c", threshold: 1, answer: "C, b; a!"),
            Specimen(
                type: "overlap", value: "a b c d", threshold: 0.6, options: ["method": "jaccard"],
                answer: "a b c e a a"),
            Specimen(
                type: "overlap", value: "The parcel", threshold: 0.99, options: ["method": "cosine"],
                answer: " the  PARCEL "),
            Specimen(
                type: "overlap", value: "ab", threshold: 1, options: ["method": "cosine", "n": 6],
                answer: "AB"),
        ])
    func pass(specimen: Specimen) async throws {
        let result = try await specimen.result()
        #expect(result.passed, "\(result.reason)")
        #expect(result.error == nil)
    }

    @Test(
        "fail",
        arguments: [
            (
                Specimen(type: "levenshtein", value: "kitten", threshold: 2, answer: "sitting"),
                "more than 2 edits"
            ),
            (
                Specimen(type: "levenshtein", value: "é", threshold: 0, answer: "e\u{301}"),
                "more than 0 edits"
            ),
            (Specimen(type: "levenshtein", value: "abc", answer: "0123456789"), "more than 5 edits"),
            (Specimen(type: "rouge-n", value: "a b c d", answer: "a b"), "2 of the text's 4 words"),
            (Specimen(type: "rouge-n", value: "the the", answer: "the"), "1 of the text's 2 words"),
            (Specimen(type: "rouge-n", value: "a", answer: ""), "0 of the text's 1 words"),
            (
                Specimen(type: "rouge-n", value: "a b c", options: ["n": 2], answer: "c b a"),
                "0 of the text's 2 2-grams"
            ),
            (Specimen(type: "rouge-l", value: "a b c", answer: "c b a"), "1 words stand in both"),
            (Specimen(type: "rouge-l", value: "a", answer: " ... "), "the answer 0"),
            (Specimen(type: "bleu", value: "the cat sat on the mat", answer: "the"), "brevity penalty"),
            (Specimen(type: "bleu", value: "the cat", answer: ""), "no words"),
            (Specimen(type: "gleu", value: "the cat", answer: " "), "no words"),
            (Specimen(type: "meteor", value: "the cat", answer: "!"), "no words"),
            (Specimen(type: "meteor", value: "the cat", answer: "a dog"), "0 words match in 0 runs"),
            (Specimen(type: "overlap", value: "a b c", answer: "x y z"), "the score 0 is below"),
            (
                Specimen(type: "overlap", value: "a b c", options: ["method": "cosine"], answer: ""),
                "the answer 0"
            ),
        ])
    func fail(specimen: Specimen, reason: String) async throws {
        let result = try await specimen.result()
        #expect(!result.passed)
        #expect(result.error == nil)
        #expect(result.reason.contains(reason), "\(result.reason)")
    }

    @Test(
        "are refused with a diagnostic",
        arguments: [
            (Specimen(type: "levenshtein", value: 123), "bad-value"),
            (Specimen(type: "levenshtein", value: ["a"]), "bad-value"),
            (Specimen(type: "levenshtein"), "missing-value"),
            (Specimen(type: "levenshtein", value: "a", threshold: -1), "bad-threshold"),
            (Specimen(type: "levenshtein", value: "a", threshold: .infinity), "bad-threshold"),
            (Specimen(type: "levenshtein", value: "a", threshold: .nan), "bad-threshold"),
            (Specimen(type: "rouge-n", value: ""), "bad-value"),
            (Specimen(type: "rouge-n", value: "…!"), "bad-value"),
            (Specimen(type: "rouge-n", value: "one", options: ["n": 2]), "bad-value"),
            (Specimen(type: "rouge-n", value: "a", options: ["n": 0]), "bad-value"),
            (Specimen(type: "rouge-n", value: "a", options: ["n": "1"]), "bad-value"),
            (Specimen(type: "rouge-l", value: "a", options: ["measure": "f2"]), "bad-value"),
            (Specimen(type: "rouge-l", value: .string(String(repeating: "a ", count: 16_385))), "bad-value"),
            (Specimen(type: "bleu", value: []), "empty-list"),
            (Specimen(type: "bleu", value: 42), "bad-value"),
            (Specimen(type: "bleu", value: ["a", 1]), "bad-value"),
            (Specimen(type: "gleu", value: ["a", " "]), "bad-value"),
            (Specimen(type: "meteor", value: ["a": "b"]), "bad-value"),
            (Specimen(type: "meteor", value: "a", threshold: 2), "bad-threshold"),
            (Specimen(type: "overlap", value: "a", options: ["method": "dice"]), "bad-value"),
            (Specimen(type: "overlap", value: "a", options: ["n": 7]), "bad-value"),
        ])
    func refused(specimen: Specimen, id: String) throws {
        let mistake = try #require(specimen.mistake())
        #expect(mistake.id == id)
        #expect(mistake.hint != nil)
    }

    @Test(
        "give scores from 0 to 1 for any texts", arguments: ["", " ", "a", "a a", "...", "日本", "a b c d e f"])
    func bounded(answer: String) async throws {
        for type in ["rouge-n", "rouge-l", "bleu", "gleu", "meteor", "overlap"] {
            for text in ["a", "a a", "日本", "a b c d e f g"] {
                let result = try await Specimen(
                    type: type, value: .string(text), threshold: 1, answer: answer
                ).result()
                #expect(result.error == nil)
                #expect((0...1).contains(result.score), "\(type): \(result.score)")
            }
        }
    }
}
