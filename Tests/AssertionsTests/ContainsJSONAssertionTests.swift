import Assertions
import Diagnostics
import Evals
import JSON
import Testing

@Suite("contains-json")
struct ContainsJSONAssertionTests {
    private static let point: JSONValue = [
        "type": "object", "required": ["x"], "properties": ["x": ["type": "number"]],
    ]

    @Test(
        "judges",
        arguments: [
            ("{\"a\": 1}", true), ("Sure: [1, 2] done", true), ("[]", true), ("{}", true),
            ("```json\n{\"a\": \"}\"}\n```", true), ("```{\"a\": 1}```", true),
            ("{\"a\": \"b\" text {\"c\": 2}", true), ("{\"a\": \"see {\"b\": 1} there", true),
            ("brace in a string: {\"a\": \"{\"}", true), ("{a: 1} then {\"a\": 1}", true),
            ("[[[1, 2", false), ("x = {1, 2}", false), ("", false), ("5", false), ("\"text\"", false),
            ("true null", false), ("{'a': 1}", false), ("{a: 1}", false), ("{\"a\": 1,}", false),
            ("{\"a\": 1 // note\n}", false), ("{\"a\": \"b", false), ("[01]", false), ("[1.]", false),
            ("[+1]", false), ("[\"\\x\"]", false), ("[\"a\nb\"]", false), ("{\"a\" 1}", false),
            ("[1 2]", false),
            ("{]", false), ("[}", false), ("{\"a\": 1]", false), ("[tru]", false), ("[-1.5e+3]", true),
            ("[\"\\u00e9\\n\"]", true), ("[\"\\u00g9\"]", false),
        ])
    func judge(answer: String, passes: Bool) async throws {
        let result = try await Specimen(type: "contains-json", answer: answer).result()
        #expect(result.passed == passes, "\(result.reason)")
        #expect(result.error == nil)
        let opposite = try await Specimen(type: "contains-json", answer: answer, isNegated: true).result()
        #expect(opposite.passed != passes)
    }

    @Test(
        "checks the schema of each piece",
        arguments: [
            ("{\"y\": 1} and {\"x\": 2}", true), ("{\"x\": \"2\"}", false), ("[{\"x\": 1}]", false),
            ("none", false),
            ("{\"y\": {\"x\": 1}}", false), ("{\"y\": {\"x\": 1}", true),
        ])
    func schema(answer: String, passes: Bool) async throws {
        let result = try await Specimen(type: "contains-json", value: Self.point, answer: answer).result()
        #expect(result.passed == passes, "\(result.reason)")
        #expect(result.error == nil)
    }

    @Test("explains the nearest piece")
    func nearest() async throws {
        let answer = "{} {\"x\": \"near\"} {\"y\": 1}"
        let schema: JSONValue = ["required": ["x", "z"], "properties": ["x": ["type": "number"]]]
        let result = try await Specimen(type: "contains-json", value: schema, answer: answer).result()
        #expect(result.reason.contains("nearest of 3"), "\(result.reason)")
        #expect(result.reason.contains("near"), "\(result.reason)")
        let none = try await Specimen(type: "contains-json", answer: "so: {\"a\": 1, b}").result()
        #expect(none.reason.contains("line 1, column 14"), "\(none.reason)")
    }

    @Test(
        "what may be JSON but can't be read is an error, under not- as well",
        arguments: [
            String(repeating: "[", count: 3000), "[\"\\ud800\"]", "{\"a\": 1e99999999999}",
            String(repeating: "{\"a\":", count: 3000) + "1",
        ])
    func unreadable(answer: String) async throws {
        for isNegated in [false, true] {
            let result = try await Specimen(
                type: "contains-json", value: Self.point, answer: answer, isNegated: isNegated
            ).result()
            #expect(result.error?.kind == .assertion, "\(result.reason)")
            #expect(!result.passed)
        }
    }

    @Test(
        "takes hostile text of some size in its stride",
        arguments: [
            "{", "[", "{\"a\":", "[\"", "[\"[\",", "{\"a\": \"{", "]", "\"[", "[1,", "[[],", "\\\"[",
            "[\"\\\"[",
            "[\"{\\\"a\\\":", "[\",",
        ])
    func hostile(piece: String) async throws {
        let answer = String(repeating: piece, count: 400_000 / piece.utf8.count)
        let result = try await Specimen(type: "contains-json", value: Self.point, answer: answer).result()
        #expect(!result.passed)
    }

    @Test(
        "refuses",
        arguments: [
            (Specimen(type: "contains-json", value: 5), "bad-schema"),
            (Specimen(type: "contains-json", value: "[1]"), "bad-schema"),
            (Specimen(type: "contains-json", value: ["type": "no-such"]), "bad-schema"),
            (Specimen(type: "contains-json", value: .null), "missing-value"),
            (Specimen(type: "contains-json", options: ["format": "maybe"]), "bad-value"),
            (Specimen(type: "contains-json", threshold: 2), "bad-threshold"),
        ])
    func refuse(specimen: Specimen, id: String) {
        #expect(specimen.mistake()?.id == id)
    }

    @Test("says that a schema of scalars can never be met")
    func scalars() throws {
        var specimen = Specimen(type: "contains-json", value: ["type": "string"])
        let warnings = try AssertionCatalog.standard.compile(specimen.specification).warnings
        #expect(warnings.contains { $0.message.contains("never pass") })
        specimen.isNegated = true
        #expect(try specimen.vacuity()?.contains("objects and lists") == true)
    }
}
