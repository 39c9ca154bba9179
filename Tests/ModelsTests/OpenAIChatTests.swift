import Evals
import HTTP
import JSON
import Models
import Testing

@Suite("Chat Completions")
struct OpenAIChatTests {
    private static let hi = #""messages": [{"role": "user", "content": "hi"}]"#
    private static let strict =
        #"{"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"], "additionalProperties": false}"#
    private static let tool =
        #"{"name": "find", "description": "Finds.", "parameters": {"type": "object"}, "strict": false}"#

    // MARK: - Requests

    @Test(
        "A request becomes exactly this body",
        arguments: [
            BodyRow("plain", body: #"{"model": "gpt-4o", \#(hi)}"#),
            BodyRow(
                "instructions and few-shot pairs stay messages in their order",
                messages: [
                    Message(role: .system, text: "Be brief."), Message(role: .user, text: "A?"),
                    Message(role: .assistant, text: "a"), Message(role: .user, text: "B?"),
                ],
                body: """
                    {"model": "gpt-4o", "messages": [
                     {"role": "system", "content": "Be brief."}, {"role": "user", "content": "A?"},
                     {"role": "assistant", "content": "a"}, {"role": "user", "content": "B?"}]}
                    """),
            BodyRow(
                "several parts and an image are a list",
                messages: [Message(role: .user, parts: [.text("x"), .image(path: "p.png", sha256: "00")])],
                body: """
                    {"model": "gpt-4o", "messages": [{"role": "user", "content": [{"type": "text", "text": "x"},
                     {"type": "image_url", "image_url": {"url": "data:image/png;base64,YWJj"}}]}]}
                    """),
            BodyRow(
                "calls of tools and their results", messages: Message.toolTalk,
                body: #"""
                    {"model": "gpt-4o", "messages": [{"role": "user", "content": "weather?"},
                     {"role": "assistant", "content": null, "tool_calls": [
                      {"id": "a", "type": "function", "function": {"name": "weather", "arguments": "{\"city\":\"Bonn\"}"}},
                      {"id": "b", "type": "function", "function": {"name": "weather", "arguments": "{\"city\":\"Ulm\"}"}}]},
                     {"role": "tool", "tool_call_id": "a", "content": "rain"},
                     {"role": "tool", "tool_call_id": "b", "content": "{\"sky\": \"blue\"}"},
                     {"role": "user", "content": "and?"}]}
                    """#),
            BodyRow(
                "calls without ids are numbered past those that have one, and a text beside calls stays",
                messages: [
                    Message(
                        role: .assistant, parts: [.text("Let me see.")],
                        toolCalls: [
                            ["name": "a"],
                            ["id": "call_2", "function": ["name": "b", "arguments": "oops"]],
                            ["id": "", "name": "c", "arguments": [1]],
                        ]),
                    Message(role: .tool, text: "1"), Message(role: .tool, text: "2"),
                    Message(role: .tool, parts: [.text("3")], toolCallID: "call_3"),
                    Message(role: .assistant, parts: [.text("")], toolCalls: [["name": "d"]]),
                    Message(role: .tool, text: "4"),
                ],
                body: #"""
                    {"model": "gpt-4o", "messages": [{"role": "assistant", "content": "Let me see.", "tool_calls": [
                      {"id": "call_1", "type": "function", "function": {"name": "a", "arguments": "{}"}},
                      {"id": "call_2", "type": "function", "function": {"name": "b", "arguments": "oops"}},
                      {"id": "call_3", "type": "function", "function": {"name": "c", "arguments": "[1]"}}]},
                     {"role": "tool", "tool_call_id": "call_1", "content": "1"},
                     {"role": "tool", "tool_call_id": "call_2", "content": "2"},
                     {"role": "tool", "tool_call_id": "call_3", "content": "3"},
                     {"role": "assistant", "content": null, "tool_calls": [
                      {"id": "call_4", "type": "function", "function": {"name": "d", "arguments": "{}"}}]},
                     {"role": "tool", "tool_call_id": "call_4", "content": "4"}]}
                    """#),
            BodyRow(
                "tools in both spellings, one of them demanded by its name",
                #"{"tool_choice": "look", "parallel_tool_calls": false}"#,
                tools: #"[\#(tool), {"type": "function", "function": {"name": "look"}, "strict": true}]"#,
                body: """
                    {"model": "gpt-4o", \(hi), "parallel_tool_calls": false,
                     "tools": [{"type": "function", "function": \(tool)},
                      {"type": "function", "function": {"name": "look", "strict": true}}],
                     "tool_choice": {"type": "function", "function": {"name": "look"}}}
                    """),
            BodyRow(
                "some tool must be called, in another API's word", #"{"tool_choice": {"type": "any"}}"#,
                tools: "[\(tool)]",
                body:
                    #"{"model": "gpt-4o", \#(hi), "tool_choice": "required", "tools": [{"type": "function", "function": \#(tool)}]}"#
            ),
            BodyRow(
                "a choice in the API's own form",
                #"{"tool_choice": {"type": "allowed_tools", "mode": "auto"}}"#,
                tools: "[\(tool)]",
                body:
                    #"{"model": "gpt-4o", \#(hi), "tool_choice": {"type": "allowed_tools", "mode": "auto"}, "tools": [{"type": "function", "function": \#(tool)}]}"#
            ),
            BodyRow(
                "a schema that strict mode takes", schema: strict,
                body: """
                    {"model": "gpt-4o", \(hi), "response_format": {"type": "json_schema",
                     "json_schema": {"name": "answer", "schema": \(strict), "strict": true}}}
                    """),
            BodyRow(
                "a schema that strict mode rejects, under its title",
                schema: #"{"type": "object", "title": "An answer!"}"#,
                body: """
                    {"model": "gpt-4o", \(hi), "response_format": {"type": "json_schema", "json_schema":
                     {"name": "An_answer_", "schema": {"type": "object", "title": "An answer!"}, "strict": false}}}
                    """),
            BodyRow(
                "a schema of a text is not sent", schema: #"{"type": "string", "enum": ["a"]}"#,
                body: #"{"model": "gpt-4o", \#(hi)}"#),
            BodyRow(
                "a schema without an object at its root is not sent", schema: #"{"type": "array"}"#,
                body: #"{"model": "gpt-4o", \#(hi)}"#),
            BodyRow(
                "an own format wins over the schema", #"{"response_format": {"type": "json_object"}}"#,
                schema: strict,
                body: #"{"model": "gpt-4o", \#(hi), "response_format": {"type": "json_object"}}"#),
            BodyRow(
                "every parameter",
                """
                {"temperature": 0.5, "max_tokens": 10, "max_completion_tokens": 10, "top_p": 0.9, "stop": ["a", "b"],
                 "seed": -1, "presence_penalty": 1, "frequency_penalty": -1, "logprobs": true, "top_logprobs": 2,
                 "reasoning_effort": "low", "verbosity": "high", "tool_choice": "none", "parallel_tool_calls": true,
                 "response_format": {"type": "text"}, "extra": {"store": false, "tools": [{"type": "custom"}]}}
                """,
                body: """
                    {"model": "gpt-4o", \(hi), "temperature": 0.5, "max_completion_tokens": 10, "top_p": 0.9,
                     "stop": ["a", "b"], "seed": -1, "presence_penalty": 1, "frequency_penalty": -1, "logprobs": true,
                     "top_logprobs": 2, "reasoning_effort": "low", "verbosity": "high", "tool_choice": "none",
                     "parallel_tool_calls": true, "response_format": {"type": "text"}, "store": false,
                     "tools": [{"type": "custom"}]}
                    """),
            BodyRow(
                "extra reaches into objects, and replaces what is none",
                #"{"temperature": 1, "extra": {"response_format": {"json_schema": {"strict": false}}, "temperature": null}}"#,
                schema: strict,
                body: """
                    {"model": "gpt-4o", \(hi), "temperature": null, "response_format": {"type": "json_schema",
                     "json_schema": {"name": "answer", "schema": \(strict), "strict": false}}}
                    """),
        ])
    func bodies(_ row: BodyRow) throws {
        for dialect in [OpenAIChat.Dialect.openAI, .azure] {
            let call = try OpenAIChat(dialect).call(
                for: row.request(model: "gpt-4o"), images: .sample, streams: false)
            #expect(try call == APICall(path: "/chat/completions", body: JSONParser().parse(row.body)))
        }
    }

    @Test("A compatible server gets every parameter under its own name")
    func compatible() throws {
        let row = BodyRow(
            "every parameter",
            """
            {"temperature": 0.5, "max_tokens": 10, "max_completion_tokens": 20, "top_k": 3, "stop": "a", "seed": 1,
             "thinking": {"type": "enabled"}, "parallel_tool_calls": true, "min_p": 0.1,
             "extra": {"guided_regex": "a+", "chat_template_kwargs": {"x": 1}}}
            """, schema: Self.strict,
            body: """
                {"model": "org/m", \(Self.hi), "temperature": 0.5, "max_tokens": 10, "max_completion_tokens": 20,
                 "top_k": 3, "stop": "a", "seed": 1, "thinking": {"type": "enabled"}, "parallel_tool_calls": true,
                 "min_p": 0.1, "guided_regex": "a+", "chat_template_kwargs": {"x": 1}, "response_format":
                 {"type": "json_schema", "json_schema": {"name": "answer", "schema": \(Self.strict), "strict": true}}}
                """)
        let request = try row.request(model: "org/m")
        let api = OpenAIChat(.compatible)
        #expect(api.complaints(about: request) == [])
        let call = try api.call(for: request, images: .none, streams: false)
        #expect(try call == APICall(path: "/chat/completions", body: JSONParser().parse(row.body)))
    }

    @Test("A stream is asked for with its usage, unless the prompt says otherwise")
    func streamed() throws {
        let plain = try OpenAIChat(.openAI).call(for: specimen(), images: .none, streams: true).body
        #expect(plain["stream"] == true)
        #expect(plain["stream_options"] == ["include_usage": true])
        let without = specimen(
            "m", [], ["extra": ["stream_options": ["include_usage": false], "stream": false]])
        let body = try OpenAIChat(.compatible).call(for: without, images: .none, streams: true).body
        #expect(body["stream"] == true)
        #expect(body["stream_options"] == ["include_usage": false])
    }

    @Test(
        "Where requests go, and with which key",
        arguments: [
            (
                OpenAIChat(.openAI), "/chat/completions", "https://api.openai.com/v1", .bearer,
                ["OPENAI_API_KEY"]
            ),
            (OpenAIChat(.compatible), "/chat/completions", nil, .bearer, []),
            (OpenAIChat(.azure), "/chat/completions", nil, .header("api-key"), ["AZURE_OPENAI_API_KEY"]),
            (
                OpenAIChat(.azure, apiVersion: "2024-10-21"),
                "/openai/deployments/my%20gpt%2F4/chat/completions?api-version=2024-10-21", nil,
                .header("api-key"), ["AZURE_OPENAI_API_KEY"]
            ),
        ] as [(OpenAIChat, String, String?, CredentialPlacement, [String])])
    func places(
        api: OpenAIChat, path: String, base: String?, credential: CredentialPlacement, variables: [String]
    ) throws {
        #expect(try api.call(for: specimen("my gpt/4"), images: .none, streams: false).path == path)
        #expect(api.defaultBaseURL == base)
        #expect(api.credential == credential)
        #expect(api.usualKeyVariables == variables)
        #expect(api.canStream)
    }

    @Test(
        "What would be rejected is told before",
        arguments: [
            ComplaintRow("nothing", "gpt-4o", #"{"temperature": 0, "stop": "a", "logprobs": true}"#),
            ComplaintRow(
                "what the API lacks", "gpt-4o", #"{"top_k": 1, "thinking": {}, "min_p": 1}"#,
                "error unsupported-parameter: gpt-4o takes no 'top_k': OpenAI's Chat Completions has nothing like it",
                "error unsupported-parameter: gpt-4o takes no 'thinking'",
                "error unsupported-parameter: gpt-4o takes no 'min_p'"),
            ComplaintRow(
                "two bounds", "gpt-4o", #"{"max_tokens": 1, "max_completion_tokens": 2}"#,
                "error conflicting-parameters: 'max_tokens' and 'max_completion_tokens' are the same bound"),
            ComplaintRow(
                "a model that reasons", "gpt-5-mini", #"{"temperature": 0, "stop": "a", "max_tokens": 5}"#,
                "warning unsupported-parameter: gpt-5-mini reasons, and takes no temperature but 1",
                "warning unsupported-parameter: gpt-5-mini is a reasoning model, and takes no 'stop'"),
            ComplaintRow(
                "a schema beyond strict mode", "gpt-4o", "{}", schema: #"{"type": "object"}"#,
                "warning strict-schema: the output_schema has an object that allows further properties"),
            ComplaintRow(
                "an own format instead of the schema", "gpt-4o",
                #"{"response_format": {"type": "json_object"}}"#,
                schema: #"{"type": "object"}"#),
            ComplaintRow(
                "a strict tool", "gpt-4o", "{}",
                tools: #"[{"name": "t", "strict": true, "parameters": {"type": "object"}}]"#,
                "warning strict-schema: the schema of the tool 't' has an object"),
            ComplaintRow(
                "a choice among no tools", "gpt-4o", #"{"tool_choice": "auto", "parallel_tool_calls": true}"#,
                "warning idle-parameter: 'parallel_tool_calls' is not sent",
                "warning idle-parameter: 'tool_choice' is not sent"),
            ComplaintRow(
                "a tool that is not there", "gpt-4o", #"{"tool_choice": "nope"}"#, tools: #"[{"name": "t"}]"#,
                #"error parameter-range: gpt-4o can't take a 'tool_choice' of "nope""#),
            ComplaintRow(
                "a result without a call", "gpt-4o", "{}", messages: [Message(role: .tool, text: "x")],
                "error tool-result-without-call: a message of role 'tool' answers no call"),
            ComplaintRow(
                "a call without a result", "gpt-4o", "{}",
                messages: [Message(role: .assistant, parts: [], toolCalls: [["name": "f"]])],
                "warning tool-call-without-result: the messages call the tool 'f'"),
        ])
    func complaints(_ row: ComplaintRow) throws { try row.check(OpenAIChat(.openAI)) }

    @Test("An image that can't be read refuses the call")
    func unreadableImage() {
        let request = specimen("m", [Message(role: .user, parts: [.image(path: "a.txt", sha256: "0")])])
        #expect(OpenAIChat(.openAI).complaints(about: request) == [])
        #expect(throws: EvaluationError(.provider, "a.txt is no image")) {
            try OpenAIChat(.openAI).call(for: request, images: .sample, streams: false)
        }
    }
}
