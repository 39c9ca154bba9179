import Assertions
import Evals
import JSON
import Testing

@Suite("select")
struct SelectionTests {
    private static let document: JSONValue = [
        "a": ["b c": [1, ["id": 2], ["id": 3]], "": "empty"], "n": nil, "a/b": 9, "0": "zero", "it's": 8,
        "ü": 1,
    ]

    @Test(
        "finds",
        arguments: [
            ("$.a['b c'][0]", 1), ("$.a[\"b c\"][1].id", 2), ("$['a']['b c'][-1]['id']", 3),
            ("$.a['b c'][*].id", [2, 3]), ("$.n", nil), ("$['it\\'s']", 8), ("$.ü", 1),
            ("/a/b c/1/id", 2), ("/a~1b", 9), ("/0", "zero"), ("$.a['']", "empty"),
            ("$.a.*", [[1, ["id": 2], ["id": 3]], "empty"]),
        ] as [(String, JSONValue)])
    func find(path: String, value: JSONValue) throws {
        #expect(try Selection(path).value(in: Self.document) == value)
    }

    @Test(
        "finds nothing",
        arguments: ["$.x", "$.a[0]", "$.a['b c'][3]", "$.a['b c'][-4]", "$.n.x", "$.n[*]", "/a/b c/01", "/x"])
    func nothing(path: String) throws {
        #expect(try Selection(path).value(in: Self.document) == nil)
    }

    @Test(
        "refuses",
        arguments: [
            "", "label", "$x", "$.", "$..a", "$.a.", "$[", "$[]", "$['a", "$['a'", "$[1:2]", "$[0,1]",
            "$[?(@.a)]", "$.a b", "/a~2", "$[99999999999999999999]", "$[-]", "$['a\\n']",
        ])
    func refuse(path: String) {
        #expect(throws: SelectionError.self) { try Selection(path) }
    }

    @Test("A selected text is the output, another value is compact JSON")
    func output() async throws {
        let answer = "{\"label\": \"late\", \"list\": [1, {\"x\": 2}]}"
        for (type, value, select) in [
            ("equals", "late", "$.label"), ("equals", "[1,{\"x\":2}]", "/list"),
            ("equals", [1, ["x": 2]], "$.list"), ("contains", "2", "$.list[1].x"),
        ] as [(String, JSONValue, String)] {
            let result = try await Specimen(type: type, value: value, select: select, answer: answer).result()
            #expect(result.passed, "\(select): \(result.reason)")
        }
    }

    @Test(
        "Where there is nothing to look at the expectation fails, under not- too",
        arguments: ["{\"b\": 1}", "no JSON", ""], [false, true])
    func missing(answer: String, isNegated: Bool) async throws {
        let result = try await Specimen(
            type: "contains", value: "x", select: "$.a", answer: answer, isNegated: isNegated
        ).result()
        #expect(!result.passed)
        #expect(result.score == 0)
        #expect(result.error == nil)
        #expect(result.reason.contains("$.a"), "\(result.reason)")
    }
}
