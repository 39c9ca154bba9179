import Evals
import HTTP
import JSON
import Models
import Testing

/// All bodies here were written for these tests, after the types of Anthropic's own library.
@Suite("Anthropic Messages")
struct AnthropicMessagesTests {
    private let api = AnthropicMessages()

    @Test("Where requests go, with which key and version")
    func address() throws {
        #expect(api.defaultBaseURL == "https://api.anthropic.com/v1")
        #expect(api.credential == .header("x-api-key"))
        #expect(api.usualKeyVariables == ["ANTHROPIC_API_KEY"])
        let call = try api.call(for: .of("m", #"{"max_tokens": 1}"#), images: .none, streams: true)
        #expect(call.method == "POST")
        #expect(call.path == "/messages")
        #expect(call.headers == ["anthropic-version": "2023-06-01"])
        #expect(call.body["stream"] == true)
    }

    @Test(
        "A request becomes exactly this body",
        arguments: [
            BodyRow(
                "text", #"{"max_tokens": 10}"#,
                body:
                    #"{"model": "claude-haiku-4-5", "max_tokens": 10, "messages": [{"role": "user", "content": "hi"}]}"#
            ),
            BodyRow(
                "instructions and turns, neighbors merged",
                #"{"max_completion_tokens": 10, "temperature": 0.5, "top_p": 0.9, "top_k": 5, "stop": "END", "logprobs": false}"#,
                messages: [
                    .init(role: .system, text: "rules"), .init(role: .user, text: "a"),
                    .init(role: .assistant, text: "b"), .init(role: .user, text: "c"),
                    .init(role: .user, text: "d"),
                ],
                body: """
                    {"model": "claude-haiku-4-5", "max_tokens": 10, "temperature": 0.5, "top_p": 0.9, "top_k": 5,
                     "stop_sequences": ["END"], "system": "rules", "messages": [
                      {"role": "user", "content": "a"}, {"role": "assistant", "content": "b"},
                      {"role": "user", "content": [{"type": "text", "text": "c"}, {"type": "text", "text": "d"}]}]}
                    """),
            BodyRow(
                "two instructions, an empty one, an image", #"{"max_tokens": 10, "stop": ["a", "b"]}"#,
                messages: [
                    .init(role: .system, text: "one"), .init(role: .system, text: ""),
                    .init(role: .system, text: "two"),
                    .init(role: .user, parts: [.text("look"), .image(path: "cat.png", sha256: "00")]),
                ],
                body: """
                    {"model": "claude-haiku-4-5", "max_tokens": 10, "stop_sequences": ["a", "b"],
                     "system": [{"type": "text", "text": "one"}, {"type": "text", "text": "two"}],
                     "messages": [{"role": "user", "content": [{"type": "text", "text": "look"},
                      {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "YWJj"}}]}]}
                    """),
            BodyRow(
                "tools in both spellings, called and answered",
                #"{"max_tokens": 10, "tool_choice": "required", "parallel_tool_calls": false}"#,
                messages: Message.toolTalk,
                tools: """
                    [{"name": "weather", "description": "The sky.", "parameters": {"type": "object"}, "strict": false},
                     {"type": "function", "function": {"name": "time"}}]
                    """,
                body: """
                    {"model": "claude-haiku-4-5", "max_tokens": 10,
                     "tools": [{"name": "weather", "description": "The sky.", "input_schema": {"type": "object"},
                      "strict": false}, {"name": "time", "input_schema": {"type": "object"}}],
                     "tool_choice": {"type": "any", "disable_parallel_tool_use": true},
                     "messages": [{"role": "user", "content": "weather?"},
                      {"role": "assistant", "content": [
                       {"type": "tool_use", "id": "a", "name": "weather", "input": {"city": "Bonn"}},
                       {"type": "tool_use", "id": "b", "name": "weather", "input": {"city": "Ulm"}}]},
                      {"role": "user", "content": [
                       {"type": "tool_result", "tool_use_id": "a", "content": "rain"},
                       {"type": "tool_result", "tool_use_id": "b", "content": "{\\"sky\\": \\"blue\\"}"},
                       {"type": "text", "text": "and?"}]}]}
                    """),
            BodyRow(
                "one tool by name",
                #"{"max_tokens": 10, "tool_choice": {"type": "function", "function": {"name": "f"}}}"#,
                tools: #"[{"name": "f"}]"#,
                body: """
                    {"model": "claude-haiku-4-5", "max_tokens": 10, "messages": [{"role": "user", "content": "hi"}],
                     "tools": [{"name": "f", "input_schema": {"type": "object"}}], "tool_choice": {"type": "tool", "name": "f"}}
                    """),
            BodyRow(
                "several calls at once, which is the default, written",
                #"{"max_tokens": 10, "parallel_tool_calls": true}"#,
                tools: #"[{"name": "f"}]"#,
                body: """
                    {"model": "claude-haiku-4-5", "max_tokens": 10, "messages": [{"role": "user", "content": "hi"}],
                     "tools": [{"name": "f", "input_schema": {"type": "object"}}],
                     "tool_choice": {"type": "auto", "disable_parallel_tool_use": false}}
                    """),
            BodyRow(
                "a schema beside effort, thinking and own members",
                """
                {"max_tokens": 4000, "reasoning_effort": "low", "thinking": {"type": "enabled", "budget_tokens": 2000},
                 "extra": {"metadata": {"user_id": "u"}, "output_config": {"more": 1}}}
                """,
                schema: #"{"type": "object", "properties": {}, "additionalProperties": false}"#,
                body: """
                    {"model": "claude-haiku-4-5", "max_tokens": 4000, "messages": [{"role": "user", "content": "hi"}],
                     "thinking": {"type": "enabled", "budget_tokens": 2000}, "metadata": {"user_id": "u"},
                     "output_config": {"effort": "low", "more": 1, "format": {"type": "json_schema",
                      "schema": {"type": "object", "properties": {}, "additionalProperties": false}}}}
                    """),
            BodyRow(
                "a schema of plain text is not sent", #"{"max_tokens": 4}"#,
                schema: #"{"type": "string", "enum": ["a"]}"#,
                body:
                    #"{"model": "claude-haiku-4-5", "max_tokens": 4, "messages": [{"role": "user", "content": "hi"}]}"#
            ),
            BodyRow(
                "an output format of the user's own", #"{"max_tokens": 4, "response_format": {"type": "x"}}"#,
                body: """
                    {"model": "claude-haiku-4-5", "max_tokens": 4, "messages": [{"role": "user", "content": "hi"}],
                     "output_config": {"format": {"type": "x"}}}
                    """),
        ])
    func bodies(_ row: BodyRow) throws {
        let call = try api.call(for: row.request(model: "claude-haiku-4-5"), images: .sample, streams: false)
        #expect(call.body == (try JSONParser().parse(row.body)))
    }

    @Test("A call without max_tokens is refused; the plan's check speaks of it, so the API's does not")
    func missingLimit() throws {
        let request = try ModelRequest.of("claude-haiku-4-5")
        #expect(api.complaints(about: request).isEmpty)
        #expect(
            throws: EvaluationError(
                .provider, "claude-haiku-4-5 needs 'max_tokens', which its API demands",
                hint: "add `parameters: {max_tokens: …}` to the prompt or the model")
        ) {
            try api.call(for: request, images: .none, streams: false)
        }
    }

    @Test("An image that can't be read stops the call")
    func unreadableImage() throws {
        let request = try ModelRequest.of(
            "m", #"{"max_tokens": 1}"#,
            messages: [.init(role: .user, parts: [.image(path: "cat.txt", sha256: "00")])])
        #expect(throws: EvaluationError(.provider, "cat.txt is no image")) {
            try api.call(for: request, images: .sample, streams: false)
        }
    }

    @Test(
        "What Anthropic rejects is said before",
        arguments: [
            ComplaintRow("all is well", "claude-haiku-4-5", #"{"max_tokens": 9, "temperature": 1}"#),
            ComplaintRow(
                "parameters that the API lacks", "claude-haiku-4-5",
                #"{"max_tokens": 9, "seed": 7, "logprobs": true, "verbosity": "low"}"#,
                "error unsupported-parameter: claude-haiku-4-5 takes no 'seed': Anthropic's API has nothing like it",
                "error unsupported-parameter: claude-haiku-4-5 takes no 'logprobs'",
                "error unsupported-parameter: claude-haiku-4-5 takes no 'verbosity'"),
            ComplaintRow(
                "temperature out of range", "claude-haiku-4-5", #"{"max_tokens": 9, "temperature": 1.2}"#,
                "error parameter-range: 'temperature' is 1.2 for claude-haiku-4-5"),
            ComplaintRow(
                "sampling where there is none", "claude-opus-4-7",
                #"{"max_tokens": 9, "temperature": 0, "top_p": 0.5}"#,
                "warning unsupported-parameter: claude-opus-4-7 rejects 'temperature'",
                "warning unsupported-parameter: claude-opus-4-7 rejects 'top_p'"),
            ComplaintRow(
                "a temperature of 1 is always taken", "claude-sonnet-5",
                #"{"max_tokens": 9, "temperature": 1}"#),
            ComplaintRow(
                "two samplings at once", "claude-sonnet-4-5",
                #"{"max_tokens": 9, "temperature": 0, "top_p": 0.5}"#,
                "warning conflicting-parameters: claude-sonnet-4-5 rejects 'temperature' beside 'top_p'"),
            ComplaintRow(
                "two bounds", "m", #"{"max_tokens": 9, "max_completion_tokens": 8}"#,
                "error conflicting-parameters: 'max_tokens' and 'max_completion_tokens'"),
            ComplaintRow(
                "an answer begun", "claude-opus-4-6", #"{"max_tokens": 9}"#,
                messages: [.init(role: .user, text: "a"), .init(role: .assistant, text: "b")],
                "warning unsupported-prefill: claude-opus-4-6 rejects messages that end with one of the assistant"
            ),
            ComplaintRow(
                "thinking with too small a budget and beside temperature", "claude-haiku-4-5",
                #"{"max_tokens": 2000, "temperature": 0, "thinking": {"type": "enabled", "budget_tokens": 100}}"#,
                "warning parameter-range: claude-haiku-4-5 rejects a thinking budget of 100 tokens",
                "warning conflicting-parameters: claude-haiku-4-5 rejects 'temperature' beside 'thinking'"),
            ComplaintRow(
                "an unknown effort", "claude-opus-4-6", #"{"max_tokens": 9, "reasoning_effort": "none"}"#,
                #"warning parameter-range: claude-opus-4-6 knows no 'reasoning_effort' of "none""#),
            ComplaintRow(
                "choices without tools", "claude-haiku-4-5",
                #"{"max_tokens": 9, "parallel_tool_calls": false}"#,
                "warning idle-parameter: 'parallel_tool_calls' is not sent"),
            ComplaintRow(
                "a choice of a tool that is not there", "claude-haiku-4-5",
                #"{"max_tokens": 9, "tool_choice": "g"}"#,
                tools: #"[{"name": "f"}]"#,
                #"error parameter-range: claude-haiku-4-5 can't take a 'tool_choice' of "g""#),
            ComplaintRow(
                "a schema beyond structured outputs", "claude-haiku-4-5", #"{"max_tokens": 9}"#,
                schema: #"{"type": "object", "properties": {"n": {"type": "integer", "minimum": 1}}}"#,
                "warning unsupported-schema: output_schema says what Anthropic's API rejects in structured outputs: no additionalProperties: false at the top, minimum at /properties/n"
            ),
            ComplaintRow(
                "a schema that is no object", "claude-haiku-4-5", #"{"max_tokens": 9}"#, schema: "true",
                "error unsupported-schema: output_schema is true for claude-haiku-4-5"),
            ComplaintRow(
                "a strict tool", "claude-haiku-4-5", #"{"max_tokens": 9}"#,
                tools: #"[{"name": "f", "strict": true, "parameters": {"type": "array", "maxItems": 3}}]"#,
                "warning unsupported-schema: the strict tool 'f' says what Anthropic's API rejects"),
            ComplaintRow(
                "a result without a call", "m", #"{"max_tokens": 9}"#,
                messages: [.init(role: .user, text: "a"), .init(role: .tool, text: "b")],
                "error tool-result-without-call: a message of role 'tool' answers no call"),
            ComplaintRow(
                "a call without a result, and a late instruction", "m", #"{"max_tokens": 9}"#,
                messages: [
                    .init(role: .user, text: "a"),
                    .init(role: .assistant, parts: [], toolCalls: [["name": "f", "arguments": "{}"]]),
                    .init(role: .system, text: "s"), .init(role: .user, text: "c"),
                ],
                "warning system-message-moved: ",
                "warning tool-call-without-result: the messages call the tool 'f'"),
            ComplaintRow(
                "arguments that are no object", "m", #"{"max_tokens": 9}"#,
                messages: [
                    .init(role: .user, text: "a"),
                    .init(
                        role: .assistant, parts: [], toolCalls: [["id": "x", "name": "f", "arguments": "{"]]),
                    .init(role: .tool, parts: [.text("r")], toolCallID: "x"),
                ],
                "error tool-call-arguments: the arguments of a call of the tool 'f' are no object"),
        ])
    func complaints(_ row: ComplaintRow) throws { try row.check(api) }
}
