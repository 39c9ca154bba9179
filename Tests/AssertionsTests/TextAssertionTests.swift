import Diagnostics
import Evals
import JSON
import Testing

@Suite("Assertions on texts")
struct TextAssertionTests {
    @Test(
        "pass",
        arguments: [
            Specimen(type: "equals", value: "a b", answer: "a b"),
            Specimen(
                type: "equals", value: ["x": 1, "y": [true, nil]], answer: " {\"y\":[true,null],\"x\":1.0} "),
            Specimen(type: "equals", value: [1, 2], answer: "[1, 2]"),
            Specimen(type: "equals", value: 42, answer: "42.0\n"),
            Specimen(type: "equals", value: true, answer: "true"),
            Specimen(type: "equals", value: "", answer: ""),
            Specimen(type: "contains", value: "ell", answer: "hello"),
            Specimen(type: "contains", value: 0, answer: "0 errors"),
            Specimen(type: "contains", value: 1.0, answer: "1"),
            Specimen(type: "contains", value: "aab", answer: "aaab"),
            Specimen(type: "contains", value: "abcabd", answer: "abcabcabd"),
            Specimen(type: "icontains", value: "ÄRGER", answer: "kein ärger"),
            Specimen(type: "icontains", value: "οδος", answer: "ΟΔΟΣ"),
            Specimen(type: "contains-any", value: "x, \"b, c\"", answer: "a b, c"),
            Specimen(type: "contains-any", value: ["x", 7], answer: "7"),
            Specimen(type: "icontains-any", value: "  HELLO  ", answer: "hello"),
            Specimen(type: "contains-all", value: ["a", "b"], answer: "b a"),
            Specimen(type: "icontains-all", value: "A,B", answer: "b a"),
            Specimen(type: "starts-with", value: "He", answer: "Hello"),
            Specimen(type: "ends-with", value: "lo", answer: "Hello"),
            Specimen(type: "regex", value: "\\d{3}", answer: "ab 123"),
            Specimen(type: "regex", value: "(?i)HELLO", answer: "hello"),
            Specimen(type: "word-count", value: 3, answer: " a\u{3000}b\n\tc "),
            Specimen(type: "word-count", value: ["min": 1, "max": 1], answer: "a"),
            Specimen(type: "word-count", value: 0, answer: " \n"),
            Specimen(type: "character-count", value: " 7 ", answer: "👨‍👩‍👧‍👦"),
            Specimen(type: "character-count", value: ["max": 2], answer: "ab"),
        ])
    func pass(specimen: Specimen) async throws {
        let result = try await specimen.result()
        #expect(result.passed)
        #expect(result.score == 1)
        #expect(!result.reason.isEmpty)
    }

    @Test(
        "fail",
        arguments: [
            (Specimen(type: "equals", value: "a", answer: "a "), "white space"),
            (Specimen(type: "equals", value: "é", answer: "e\u{301}"), "from character 1 on"),
            (Specimen(type: "equals", value: "abc", answer: "abd"), "from character 3 on"),
            (Specimen(type: "equals", value: ["x": [1, 2]], answer: "{\"x\": [1, 3]}"), "at /x/1"),
            (Specimen(type: "equals", value: ["x": 1], answer: "{\"x\": 1, \"y\": 2}"), "at /y"),
            (Specimen(type: "equals", value: ["x": "é"], answer: "{\"x\": \"e\u{301}\"}"), "at /x"),
            (Specimen(type: "equals", value: ["x": 1], answer: "hello"), "not JSON"),
            (Specimen(type: "equals", value: ["x": 1], answer: "```json\n{\"x\":1}\n```"), "code fence"),
            (Specimen(type: "equals", value: 42, answer: "43"), "differs"),
            (Specimen(type: "contains", value: "é", answer: "e\u{301}"), "does not contain \"é\""),
            (Specimen(type: "contains", value: "A", answer: "a"), "does not contain"),
            (Specimen(type: "contains-any", value: ["x", "y"], answer: "z"), "none of \"x\", \"y\""),
            (Specimen(type: "contains-all", value: ["a", "b", "c"], answer: "b"), "\"a\", \"c\""),
            (Specimen(type: "starts-with", value: "lo", answer: "Hello"), "does not begin"),
            (Specimen(type: "ends-with", value: "He", answer: "Hello"), "does not end"),
            (Specimen(type: "regex", value: "^b", answer: "ab"), "matches nowhere"),
            (Specimen(type: "word-count", value: ["min": 2], answer: "a"), "1 words, not at least 2"),
            (Specimen(type: "character-count", value: 1, answer: "é!"), "2 characters"),
        ])
    func fail(specimen: Specimen, reason: String) async throws {
        let result = try await specimen.result()
        #expect(!result.passed)
        #expect(result.score == 0)
        #expect(result.error == nil)
        #expect(result.reason.contains(reason), "\(result.reason)")
    }

    @Test(
        "are refused with a diagnostic at the value",
        arguments: [
            (Specimen(type: "equals"), "missing-value"),
            (Specimen(type: "contains", value: nil), "missing-value"),
            (Specimen(type: "contains", value: .null), "missing-value"),
            (Specimen(type: "contains", value: ["a"]), "bad-value"),
            (Specimen(type: "contains", value: "a", threshold: 1.5), "bad-threshold"),
            (Specimen(type: "contains", value: "a", threshold: .nan), "bad-threshold"),
            (Specimen(type: "contains-any", value: []), "empty-list"),
            (Specimen(type: "contains-any", value: " , ,"), "empty-list"),
            (Specimen(type: "contains-any", value: "\"a"), "bad-value"),
            (Specimen(type: "contains-any", value: "\"a\" b"), "bad-value"),
            (Specimen(type: "contains-all", value: ["a", .null]), "bad-value"),
            (Specimen(type: "contains-all", value: ["a": 1]), "bad-value"),
            (Specimen(type: "regex", value: "a("), "bad-pattern"),
            (Specimen(type: "regex", value: [0, 9]), "bad-value"),
            (Specimen(type: "word-count", value: -1), "bad-value"),
            (Specimen(type: "word-count", value: 2.5), "bad-value"),
            (Specimen(type: "word-count", value: "many"), "bad-value"),
            (Specimen(type: "word-count", value: [:]), "bad-value"),
            (Specimen(type: "word-count", value: ["min": 3, "max": 2]), "bad-value"),
            (Specimen(type: "word-count", value: ["mni": 3]), "unknown-key"),
            (Specimen(type: "contains", value: "a", select: "label"), "bad-select"),
        ])
    func refuse(specimen: Specimen, id: String) {
        let mistake = specimen.mistake()
        #expect(mistake?.id == id)
        #expect(mistake?.mark?.line == 3)
        #expect(mistake?.hint?.isEmpty == false)
    }

    @Test("A pattern's mistake names the place in the pattern")
    func patternPlace() {
        let mistake = Specimen(type: "regex", value: "ab(").mistake()
        #expect(mistake?.message.contains("at character") == true, "\(mistake?.message ?? "")")
        #expect(mistake?.mark?.column == 15)
    }

    @Test("A pattern that takes too long is an error, under not- too", arguments: [false, true])
    func patternLimit(isNegated: Bool) async throws {
        let result = try await Specimen(
            type: "regex", value: "^(a|a)*$", answer: String(repeating: "a", count: 200) + "!",
            isNegated: isNegated
        ).result()
        #expect(!result.passed)
        #expect(result.error?.kind == .assertion)
        #expect(result.score == 0)
    }

    @Test("Long answers are cut for display, between two scalars")
    func excerpts() async throws {
        let result = try await Specimen(
            type: "contains", value: "x", answer: String(repeating: "é", count: 5000)
        ).result()
        let actual = try #require(result.actual)
        #expect(actual.utf8.count <= 2048)
        #expect(actual.utf8.count > 2000)
        #expect(actual.unicodeScalars.dropLast().allSatisfy { $0 == "é" })
        #expect(actual.hasSuffix("…"))
    }
}
