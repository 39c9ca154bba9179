import Assertions
import Evals
import JSON
import Testing

@Suite("select")
struct SelectTests {
    @Test("A path that multiplies what it looks at is an error, under not- too", arguments: [false, true])
    func tooManySteps(isNegated: Bool) async throws {
        let deep = String(repeating: "[", count: 900) + "1" + String(repeating: "]", count: 900)
        let result = try await Specimen(
            type: "contains", value: "x", select: "$..*..*..*..*", answer: deep, isNegated: isNegated
        ).result()
        #expect(result.error?.kind == .assertion, "\(result.reason)")
        #expect(!result.passed)
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
