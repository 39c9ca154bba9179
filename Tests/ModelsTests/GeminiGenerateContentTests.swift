import Evals
import HTTP
import JSON
import Models
import Testing

/// All bodies here were written for these tests, after the types of Google's own library.
@Suite("Gemini generateContent")
struct GeminiGenerateContentTests {
    private let api = GeminiGenerateContent()

    @Test(
        "Where requests go",
        arguments: [
            ("gemini-2.5-pro", false, "/models/gemini-2.5-pro:generateContent"),
            ("gemini-2.5-pro", true, "/models/gemini-2.5-pro:streamGenerateContent?alt=sse"),
            ("models/gemini-2.5-pro", false, "/models/gemini-2.5-pro:generateContent"),
            ("tunedModels/my one?", false, "/tunedModels/my%20one%3F:generateContent"),
        ])
    func address(_ model: String, _ streams: Bool, _ path: String) throws {
        #expect(api.defaultBaseURL == "https://generativelanguage.googleapis.com/v1beta")
        #expect(api.credential == .header("x-goog-api-key"))
        #expect(api.usualKeyVariables == ["GEMINI_API_KEY", "GOOGLE_API_KEY"])
        let call = try api.call(for: .of(model), images: .none, streams: streams)
        #expect(call.path == path)
        #expect(call.body["stream"] == JSONValue?.none)
    }

    private static let hi = #""contents": [{"role": "user", "parts": [{"text": "hi"}]}]"#

    @Test(
        "A request becomes exactly this body",
        arguments: [
            BodyRow("text", body: "{\(hi)}"),
            BodyRow(
                "instructions and turns, neighbors merged, an image",
                messages: [
                    .init(role: .system, text: "one"), .init(role: .system, text: "two"),
                    .init(role: .user, text: "a"),
                    .init(role: .assistant, text: "b"), .init(role: .user, text: "c"),
                    .init(role: .user, parts: [.image(path: "cat.png", sha256: "00")]),
                ],
                body: """
                    {"systemInstruction": {"parts": [{"text": "one"}, {"text": "two"}]}, "contents": [
                     {"role": "user", "parts": [{"text": "a"}]}, {"role": "model", "parts": [{"text": "b"}]},
                     {"role": "user", "parts": [{"text": "c"}, {"inlineData": {"mimeType": "image/png", "data": "YWJj"}}]}]}
                    """),
            BodyRow(
                "parameters under Google's names",
                """
                {"max_tokens": 10, "temperature": 1.5, "top_p": 0.9, "top_k": 5, "stop": "END", "seed": 7,
                 "presence_penalty": 0.1, "frequency_penalty": 0.2, "logprobs": true, "top_logprobs": 3,
                 "parallel_tool_calls": true, "thinking": {"thinkingBudget": 0, "includeThoughts": true},
                 "extra": {"safetySettings": [], "generationConfig": {"candidateCount": 1}}}
                """,
                body: """
                    {\(hi), "safetySettings": [], "generationConfig": {"maxOutputTokens": 10, "temperature": 1.5,
                     "topP": 0.9, "topK": 5, "stopSequences": ["END"], "seed": 7, "presencePenalty": 0.1,
                     "frequencyPenalty": 0.2, "responseLogprobs": true, "logprobs": 3, "candidateCount": 1,
                     "thinkingConfig": {"thinkingBudget": 0, "includeThoughts": true}}}
                    """),
            BodyRow(
                "no log probabilities, written", #"{"logprobs": false, "reasoning_effort": "low"}"#,
                body: """
                    {\(hi), "generationConfig": {"responseLogprobs": false, "thinkingConfig": {"thinkingLevel": "LOW"}}}
                    """),
            BodyRow(
                "no thinking", #"{"reasoning_effort": "none"}"#,
                body: #"{\#(hi), "generationConfig": {"thinkingConfig": {"thinkingBudget": 0}}}"#),
            BodyRow(
                "tools, called and answered", #"{"tool_choice": "weather"}"#, messages: Message.toolTalk,
                tools: """
                    [{"name": "weather", "description": "The sky.", "parameters": {"type": "object"}, "strict": false},
                     {"type": "function", "function": {"name": "time"}}]
                    """,
                body: """
                    {"tools": [{"functionDeclarations": [{"name": "weather", "description": "The sky.",
                      "parametersJsonSchema": {"type": "object"}}, {"name": "time"}]}],
                     "toolConfig": {"functionCallingConfig": {"mode": "ANY", "allowedFunctionNames": ["weather"]}},
                     "contents": [{"role": "user", "parts": [{"text": "weather?"}]},
                      {"role": "model", "parts": [
                       {"functionCall": {"id": "a", "name": "weather", "args": {"city": "Bonn"}},
                        "thoughtSignature": "skip_thought_signature_validator"},
                       {"functionCall": {"id": "b", "name": "weather", "args": {"city": "Ulm"}}}]},
                      {"role": "user", "parts": [
                       {"functionResponse": {"id": "a", "name": "weather", "response": {"output": "rain"}}},
                       {"functionResponse": {"id": "b", "name": "weather", "response": {"sky": "blue"}}},
                       {"text": "and?"}]}]}
                    """),
            BodyRow(
                "no tool must be called", #"{"tool_choice": "none"}"#, tools: #"[{"name": "f"}]"#,
                body: """
                    {\(hi), "tools": [{"functionDeclarations": [{"name": "f"}]}],
                     "toolConfig": {"functionCallingConfig": {"mode": "NONE"}}}
                    """),
            BodyRow(
                "a choice in Google's own words", #"{"tool_choice": {"mode": "VALIDATED"}}"#,
                tools: #"[{"name": "f"}]"#,
                body: """
                    {\(hi), "tools": [{"functionDeclarations": [{"name": "f"}]}],
                     "toolConfig": {"functionCallingConfig": {"mode": "VALIDATED"}}}
                    """),
            BodyRow(
                "a schema", schema: #"{"type": "object", "properties": {"a": {"type": "integer"}}}"#,
                body: """
                    {\(hi), "generationConfig": {"responseMimeType": "application/json",
                     "responseJsonSchema": {"type": "object", "properties": {"a": {"type": "integer"}}}}}
                    """),
            BodyRow("a schema of plain text is not sent", schema: #"{"type": "string"}"#, body: "{\(hi)}"),
            BodyRow(
                "an output format of the user's own",
                #"{"response_format": {"responseMimeType": "text/x.enum"}}"#,
                body: #"{\#(hi), "generationConfig": {"responseMimeType": "text/x.enum"}}"#),
        ])
    func bodies(_ row: BodyRow) throws {
        let call = try api.call(for: row.request(model: "gemini-3.5-flash"), images: .sample, streams: false)
        #expect(call.body == (try JSONParser().parse(row.body)))
        #expect(call.headers.fields.isEmpty)
    }

    @Test("Before Gemini 3, calls of tools need no signature")
    func unsigned() throws {
        let call = try api.call(
            for: .of("gemini-2.5-pro", messages: Message.toolTalk), images: .none, streams: false)
        #expect(!call.body.description.contains("thoughtSignature"))
    }

    @Test(
        "What Google rejects or ignores is said before",
        arguments: [
            ComplaintRow(
                "all is well", "gemini-3.5-flash",
                #"{"temperature": 0, "reasoning_effort": "high", "seed": 1}"#),
            ComplaintRow(
                "parameters that the API lacks", "gemini-3.5-flash",
                #"{"verbosity": "low", "parallel_tool_calls": false}"#,
                "error unsupported-parameter: gemini-3.5-flash takes no 'parallel_tool_calls': Google's API has nothing like it",
                "error unsupported-parameter: gemini-3.5-flash takes no 'verbosity'"),
            ComplaintRow(
                "fixed sampling and an answer begun", "gemini-3.8-flash", #"{"temperature": 0, "top_k": 1}"#,
                messages: [.init(role: .user, text: "a"), .init(role: .assistant, text: "b")],
                "warning ignored-parameter: gemini-3.8-flash ignores 'temperature'",
                "warning ignored-parameter: gemini-3.8-flash ignores 'top_k'",
                "warning unsupported-prefill: gemini-3.8-flash rejects messages that end"),
            ComplaintRow(
                "a level where there are budgets", "gemini-2.5-flash", #"{"reasoning_effort": "low"}"#,
                "warning unsupported-parameter: gemini-2.5-flash rejects 'reasoning_effort'"),
            ComplaintRow(
                "no thinking at all is a budget", "gemini-2.5-flash", #"{"reasoning_effort": "none"}"#),
            ComplaintRow(
                "a choice without tools", "gemini-3.5-flash", #"{"tool_choice": "auto"}"#,
                "warning idle-parameter: 'tool_choice' is not sent"),
            ComplaintRow(
                "an unreadable choice, and a strict tool", "gemini-3.5-flash", #"{"tool_choice": {"a": 1}}"#,
                tools: #"[{"name": "f", "strict": true}]"#,
                "warning ignored-parameter: 'strict' of the tool 'f' is not sent",
                #"error parameter-range: gemini-3.5-flash can't take a 'tool_choice' of {"a":1}"#),
            ComplaintRow(
                "another maker's output format", "gemini-3.5-flash",
                #"{"response_format": {"type": "json_object"}}"#,
                "error parameter-range: gemini-3.5-flash can't take a 'response_format'"),
            ComplaintRow(
                "a schema with keywords that are ignored", "gemini-3.5-flash", "{}",
                schema: #"{"type": "object", "properties": {"a": {"type": "string", "maxLength": 3}}}"#,
                "warning unsupported-schema: output_schema says what Google's API ignores in structured outputs: maxLength at /properties/a"
            ),
            ComplaintRow(
                "a result without a call", "gemini-3.5-flash", "{}",
                messages: [
                    .init(role: .user, text: "a"), .init(role: .tool, parts: [.text("b")], toolCallID: "x"),
                ],
                "error tool-result-without-call: a message of role 'tool' answers no call: no message of the assistant before it has one with the id 'x'"
            ),
        ])
    func complaints(_ row: ComplaintRow) throws { try row.check(api) }
}
