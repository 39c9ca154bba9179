import Assertions
import Diagnostics
import Evals
import JSON
import Testing

@Suite("Assertions on tool calls")
struct ToolAssertionTests {
    private static let tools: [JSONValue] = [
        [
            "name": "get_weather",
            "parameters": [
                "type": "object", "required": ["city"],
                "properties": ["city": ["type": "string"], "days": ["type": "integer", "maximum": 7]],
            ],
        ],
        ["type": "function", "function": ["name": "refund", "parameters": ["type": "object"]]],
        ["functionDeclarations": [["name": "ping"]]],
    ]

    private static let weather: JSONValue = [
        "name": "get_weather", "arguments": "{\"city\": \"Berlin\", \"days\": 2}",
    ]
    private static let refund: JSONValue = [
        "name": "refund", "arguments": ["order": 7, "note": ["a": 1, "b": 2]],
    ]
    private static let ping: JSONValue = ["name": "ping", "arguments": ""]

    private static func result(
        _ type: String, _ value: JSONValue? = nil, options: JSONObject = [:], calls: [JSONValue],
        text: String? = nil,
        isNegated: Bool = false
    ) async throws -> AssertionResult {
        let specimen = Specimen(type: type, value: value, options: options, isNegated: isNegated)
        let assertion = try AssertionCatalog.standard.compile(specimen.specification)
        let subject = Subject(reply: Reply(content: text, toolCalls: calls), tools: tools)
        return await AssertionEvaluation.evaluate(assertion, on: subject)
    }

    /// A row of the table: type, value, options, calls, and whether it passes.
    struct Row: Sendable {
        let type: String
        var value: JSONValue?
        var options: JSONObject = [:]
        let calls: [JSONValue]
        let passes: Bool
    }

    @Test(
        "pass and fail",
        arguments: [
            Row(type: "tool-called", value: "refund", calls: [weather, refund], passes: true),
            Row(
                type: "tool-called", value: ["refund", "get_weather"], calls: [weather, refund], passes: true),
            Row(type: "tool-called", value: "refund, ping", calls: [weather, refund], passes: false),
            Row(type: "tool-called", value: "refund", calls: [], passes: false),
            Row(type: "tool-called", value: ["refund", "refund"], calls: [refund], passes: false),
            Row(
                type: "tool-called", value: ["refund", "refund"], calls: [refund, ping, refund], passes: true),
            Row(
                type: "tool-called", value: ["get_weather", "refund"], options: ["order": true],
                calls: [weather, ping, refund], passes: true),
            Row(
                type: "tool-called", value: ["refund", "get_weather"], options: ["order": true],
                calls: [weather, ping, refund], passes: false),
            Row(
                type: "tool-args-match", value: ["name": "get_weather", "args": ["city": "Berlin"]],
                calls: [weather],
                passes: true),
            Row(
                type: "tool-args-match", value: ["name": "get_weather", "args": ["city": "Berlin"]],
                options: ["match": "exact"], calls: [weather], passes: false),
            Row(
                type: "tool-args-match",
                value: ["name": "get_weather", "args": ["city": "Berlin", "days": 2.0]],
                options: ["match": "exact"], calls: [refund, weather], passes: true),
            Row(
                type: "tool-args-match", value: ["name": "refund", "args": ["note": ["b": 2]]],
                calls: [refund],
                passes: true),
            Row(
                type: "tool-args-match", value: ["name": "refund", "args": ["note": ["b": 3]]],
                calls: [refund],
                passes: false),
            Row(
                type: "tool-args-match", value: ["name": "ping", "args": ["x": 1]], calls: [ping],
                passes: false),
            Row(
                type: "tool-args-match", value: ["name": "ping", "args": ["x": 1]], calls: [weather],
                passes: false),
            Row(type: "tool-call-f1", value: ["refund"], calls: [refund, refund], passes: true),
            Row(type: "tool-call-f1", value: ["refund", "ping"], calls: [refund], passes: false),
            Row(type: "is-valid-function-call", calls: [weather, refund, ping], passes: true),
            Row(
                type: "is-valid-function-call", calls: [["name": "get_weather", "arguments": "{}"]],
                passes: false),
            Row(
                type: "is-valid-function-call", calls: [["name": "get_weather", "arguments": "{"]],
                passes: false),
            Row(
                type: "is-valid-function-call", calls: [["name": "get_weather", "arguments": "[]"]],
                passes: false),
            Row(
                type: "is-valid-function-call", calls: [["name": "delete", "arguments": "{}"]], passes: false),
            Row(type: "is-valid-function-call", calls: [], passes: false),
            Row(type: "is-valid-openai-tools-call", calls: [weather], passes: true),
            Row(
                type: "is-valid-openai-tools-call",
                calls: [weather, ["name": "get_weather", "arguments": ["city": "X", "days": 8]]],
                passes: false),
        ])
    func calls(row: Row) async throws {
        for isNegated in [false, true] {
            let result = try await Self.result(
                row.type, row.value, options: row.options, calls: row.calls, isNegated: isNegated)
            #expect(result.error == nil)
            #expect(result.passed == (row.passes != isNegated), "\(result.reason)")
            #expect(!result.reason.isEmpty)
        }
    }

    @Test(
        "are refused with a diagnostic",
        arguments: [
            (Specimen(type: "tool-called"), "missing-value"),
            (Specimen(type: "tool-called", value: []), "empty-list"),
            (Specimen(type: "tool-called", value: ["a", ""]), "bad-value"),
            (Specimen(type: "tool-called", value: "a", options: ["order": "yes"]), "bad-value"),
            (Specimen(type: "tool-args-match", value: "get_weather"), "bad-value"),
            (Specimen(type: "tool-args-match", value: ["name": "x"]), "bad-value"),
            (Specimen(type: "tool-args-match", value: ["name": "x", "args": [1]]), "bad-value"),
            (Specimen(type: "tool-args-match", value: ["name": "x", "args": [:], "arg": 1]), "unknown-key"),
            (
                Specimen(
                    type: "tool-args-match", value: ["name": "x", "args": [:]], options: ["match": "all"]),
                "bad-value"
            ),
            (Specimen(type: "tool-call-f1", value: ""), "empty-list"),
            (Specimen(type: "tool-call-f1", value: "a", threshold: 2), "bad-threshold"),
        ])
    func refuse(specimen: Specimen, id: String) {
        #expect(specimen.mistake()?.id == id)
        #expect(specimen.mistake()?.hint?.isEmpty == false)
    }

    @Test(
        "calls are found in the text in every provider's spelling, and nowhere else",
        arguments: [
            (#"{"output":[{"type":"function_call","name":"ping","arguments":"{}"}]}"#, true),
            (#"{"content":[{"type":"text","text":"x"},{"type":"tool_use","name":"ping","input":{}}]}"#, true),
            (#"{"candidates":[{"content":{"parts":[{"functionCall":{"name":"ping","args":{}}}]}}]}"#, true),
            (
                #"{"choices":[{"message":{"tool_calls":[{"type":"function","function":{"name":"ping"}}]}}]}"#,
                true
            ),
            (#"{"toolUse":{"name":"ping","input":{}}}"#, true),
            ("Let me see.\n{\"type\":\"tool_use\",\"name\":\"ping\",\"input\":{}}", true),
            (#"{"name":"ping"}"#, true),
            (#"{"type":"text","name":"ping"}"#, false),
            ("My name is {\"name\": \"ping\"}", false),
            ("x\n{\"name\": \"ping\"}", false),
            ("For example {\"type\":\"tool_use\",\"name\":\"ping\"}", false),
            ("```\n{\"type\":\"tool_use\",\"name\":\"ping\"}\n```", false),
            ("~~~~\n```\n{\"type\":\"tool_use\",\"name\":\"ping\"}\n", false),
            ("ping()", false),
        ])
    func textualCalls(text: String, isCall: Bool) async throws {
        let result = try await Self.result("tool-called", "ping", calls: [], text: text)
        #expect(result.passed == isCall, "\(result.reason)")
    }

    @Test(
        "What remote tools said decides where there is no call",
        arguments: [
            ("MCP Tool Result (search): found", true),
            ("MCP Tool Error (search): down\nMCP Tool Result (x): y", false),
            ("I saw MCP Tool Result (search): found", false),
        ])
    func remoteTools(text: String, passes: Bool) async throws {
        for type in ["is-valid-function-call", "is-valid-openai-tools-call"] {
            #expect(try await Self.result(type, calls: [], text: text).passed == passes)
        }
    }

    @Test(
        "Hostile text takes no more than a pass over it",
        arguments: ["{", "[", "[]", "{}", "\n{", "\n[{", "x {\n"])
    func hostileText(piece: String) async throws {
        let text = String(repeating: piece, count: 200_000)
        #expect(try await !Self.result("tool-called", "ping", calls: [], text: text).passed)
    }

    @Test("A tool whose parameters are no schema can't be checked")
    func brokenSchema() async throws {
        let assertion = try AssertionCatalog.standard.compile(
            Specimen(type: "is-valid-function-call").specification)
        let subject = Subject(
            reply: Reply(content: nil, toolCalls: [["name": "x", "arguments": "{}"]]),
            tools: [["name": "x", "parameters": ["type": "strnig"]]])
        let result = await AssertionEvaluation.evaluate(assertion, on: subject)
        #expect(result.error?.kind == .assertion)
    }
}
