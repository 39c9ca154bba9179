import Evals
import HTTP
import JSON
import Models
import Testing

/// All bodies here were written for these tests, after botocore's description of the service.
@Suite("Bedrock Converse")
struct BedrockConverseTests {
    private let api = BedrockConverse()
    private static let haiku = "us.anthropic.claude-haiku-4-5-20251001-v1:0"

    @Test(
        "Where requests go, streams too",
        arguments: [
            (
                "anthropic.claude-haiku-4-5-20251001-v1:0",
                "/model/anthropic.claude-haiku-4-5-20251001-v1%3A0/converse"
            ),
            (
                "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.amazon.nova-lite-v1:0",
                "/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Ainference-profile%2Fus.amazon.nova-lite-v1%3A0/converse"
            ), ("ä", "/model/%C3%A4/converse"),
        ])
    func address(_ model: String, _ path: String) throws {
        #expect(api.defaultBaseURL == nil)
        #expect(api.credential == .aws)
        #expect(api.usualKeyVariables == ["AWS_BEARER_TOKEN_BEDROCK"])
        let plain = try api.call(for: .of(model), images: .none, streams: false)
        #expect(plain.path == path)
        #expect(try api.call(for: .of(model), images: .none, streams: true) == plain)
    }

    private static let hi = #""messages": [{"role": "user", "content": [{"text": "hi"}]}]"#

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
                    {"system": [{"text": "one"}, {"text": "two"}], "messages": [
                     {"role": "user", "content": [{"text": "a"}]}, {"role": "assistant", "content": [{"text": "b"}]},
                     {"role": "user", "content": [{"text": "c"}, {"image": {"format": "png", "source": {"bytes": "YWJj"}}}]}]}
                    """),
            BodyRow(
                "parameters under Bedrock's names, and the maker's own",
                """
                {"max_tokens": 10, "temperature": 0.5, "top_p": 0.9, "stop": "END", "top_k": 5, "logprobs": false,
                 "parallel_tool_calls": true, "reasoning_effort": "low", "thinking": {"type": "adaptive"},
                 "extra": {"guardrailConfig": {"trace": "enabled"}, "additionalModelRequestFields": {"x": 1}}}
                """,
                body: """
                    {\(hi), "inferenceConfig": {"maxTokens": 10, "temperature": 0.5, "topP": 0.9, "stopSequences": ["END"]},
                     "outputConfig": {"effort": "low"}, "guardrailConfig": {"trace": "enabled"},
                     "additionalModelRequestFields": {"top_k": 5, "thinking": {"type": "adaptive"}, "x": 1}}
                    """),
            BodyRow(
                "tools, called and answered", #"{"tool_choice": "required"}"#, messages: Message.toolTalk,
                tools: """
                    [{"name": "weather", "description": "The sky.", "parameters": {"type": "object"}, "strict": false},
                     {"type": "function", "function": {"name": "time"}}]
                    """,
                body: """
                    {"toolConfig": {"tools": [{"toolSpec": {"name": "weather", "description": "The sky.",
                       "inputSchema": {"json": {"type": "object"}}, "strict": false}},
                      {"toolSpec": {"name": "time", "inputSchema": {"json": {"type": "object"}}}}],
                      "toolChoice": {"any": {}}},
                     "messages": [{"role": "user", "content": [{"text": "weather?"}]},
                      {"role": "assistant", "content": [
                       {"toolUse": {"toolUseId": "a", "name": "weather", "input": {"city": "Bonn"}}},
                       {"toolUse": {"toolUseId": "b", "name": "weather", "input": {"city": "Ulm"}}}]},
                      {"role": "user", "content": [
                       {"toolResult": {"toolUseId": "a", "content": [{"text": "rain"}]}},
                       {"toolResult": {"toolUseId": "b", "content": [{"text": "{\\"sky\\": \\"blue\\"}"}]}},
                       {"text": "and?"}]}]}
                    """),
            BodyRow(
                "one tool by name", #"{"tool_choice": "f"}"#, tools: #"[{"name": "f"}]"#,
                body: """
                    {\(hi), "toolConfig": {"tools": [{"toolSpec": {"name": "f", "inputSchema": {"json": {"type": "object"}}}}],
                     "toolChoice": {"tool": {"name": "f"}}}}
                    """),
            BodyRow(
                "a schema, sent as a text",
                schema: #"{"title": "An answer", "type": "object", "additionalProperties": false}"#,
                body: """
                    {\(hi), "outputConfig": {"textFormat": {"type": "json_schema", "structure": {"jsonSchema": {
                     "name": "An_answer", "schema": "{\\"title\\":\\"An answer\\",\\"type\\":\\"object\\",\\"additionalProperties\\":false}"}}}}}
                    """),
            BodyRow("a schema of plain text is not sent", schema: #"{"type": "string"}"#, body: "{\(hi)}"),
            BodyRow(
                "an output format of the user's own", #"{"response_format": {"type": "x"}}"#,
                body: #"{\#(hi), "outputConfig": {"textFormat": {"type": "x"}}}"#),
        ])
    func bodies(_ row: BodyRow) throws {
        let call = try api.call(for: row.request(model: Self.haiku), images: .sample, streams: false)
        #expect(call.body == (try JSONParser().parse(row.body)))
    }

    @Test("Amazon's own models have other names for what Converse lacks")
    func nova() throws {
        let call = try api.call(
            for: .of("us.amazon.nova-2-lite-v1:0", #"{"top_k": 5, "thinking": {"type": "enabled"}}"#),
            images: .none, streams: false)
        #expect(
            call.body["additionalModelRequestFields"]
                == ["inferenceConfig": ["topK": 5], "reasoningConfig": ["type": "enabled"]])
    }

    @Test(
        "What Bedrock rejects is said before",
        arguments: [
            ComplaintRow(
                "all is well", "amazon.nova-micro-v1:0", #"{"temperature": 0, "top_p": 0.5, "top_k": 1}"#),
            ComplaintRow(
                "parameters that the API lacks", "meta.llama3-1-8b-instruct-v1:0",
                #"{"seed": 1, "top_k": 3, "logprobs": true, "parallel_tool_calls": false}"#,
                "error unsupported-parameter: meta.llama3-1-8b-instruct-v1:0 takes no 'top_k': Bedrock's Converse API",
                "error unsupported-parameter: meta.llama3-1-8b-instruct-v1:0 takes no 'seed'",
                "error unsupported-parameter: meta.llama3-1-8b-instruct-v1:0 takes no 'parallel_tool_calls'",
                "error unsupported-parameter: meta.llama3-1-8b-instruct-v1:0 takes no 'logprobs'"),
            ComplaintRow(
                "temperature out of range", "amazon.nova-micro-v1:0", #"{"temperature": -0.1}"#,
                "error parameter-range: 'temperature' is -0.1 for amazon.nova-micro-v1:0"),
            ComplaintRow(
                "sampling where there is none, and an answer begun", "us.anthropic.claude-opus-4-8",
                #"{"temperature": 0}"#,
                messages: [.init(role: .user, text: "a"), .init(role: .assistant, text: "b")],
                "warning unsupported-parameter: us.anthropic.claude-opus-4-8 rejects 'temperature'",
                "warning unsupported-prefill: us.anthropic.claude-opus-4-8 rejects messages"),
            ComplaintRow(
                "no tool at all", "amazon.nova-micro-v1:0", #"{"tool_choice": "none"}"#,
                tools: #"[{"name": "f"}]"#,
                "error unsupported-parameter: amazon.nova-micro-v1:0 can't take a 'tool_choice' of none"),
            ComplaintRow(
                "a choice without tools", "amazon.nova-micro-v1:0", #"{"tool_choice": "auto"}"#,
                "warning idle-parameter: 'tool_choice' is not sent"),
            ComplaintRow(
                "a schema beyond structured outputs", haiku, "{}",
                schema:
                    #"{"type": "array", "maxItems": 3, "items": {"type": "number", "minimum": 0, "maximum": 1, "multipleOf": 2, "exclusiveMinimum": 0, "exclusiveMaximum": 1}}"#,
                "warning unsupported-schema: output_schema says what Bedrock's Converse API rejects in structured outputs: maxItems at the top, minimum at /items, maximum at /items, multipleOf at /items, exclusiveMinimum at /items and 1 more"
            ),
        ])
    func complaints(_ row: ComplaintRow) throws { try row.check(api) }

    private static let id: HeaderFields = ["x-amzn-RequestId": "q"]

    private static func answer(
        _ content: String, _ stop: String, _ rest: String = #""metrics": {"latencyMs": 5}"#
    ) -> String {
        #"{"output": {"message": {"role": "assistant", "content": \#(content)}}, "stopReason": "\#(stop)", \#(rest)}"#
    }

    @Test(
        "A response becomes exactly this reply",
        arguments: [
            ReplyRow(
                "text, reasoning left out, cached tokens added", headers: id,
                answer(
                    #"[{"reasoningContent": {"reasoningText": {"text": "hm"}}}, {"text": "ye"}, {"citationsContent": {"content": [{"text": "s"}]}}]"#,
                    "end_turn",
                    #""usage": {"inputTokens": 5, "outputTokens": 7, "totalTokens": 42, "cacheReadInputTokens": 20, "cacheWriteInputTokens": 10}, "serviceTier": {"type": "priority"}, "trace": {"promptRouter": {"invokedModelId": "arn:x"}}"#
                ),
                Reply(
                    servedModel: "arn:x", content: "yes", finishReason: "stop",
                    usage: Usage(inputTokens: 35, outputTokens: 7, cacheReadTokens: 20, cacheWriteTokens: 10),
                    requestID: "q", serviceTier: "priority")),
            ReplyRow(
                "no usage, the usual tier",
                answer(#"[{"text": "a"}]"#, "max_tokens", #""serviceTier": {"type": "default"}"#),
                Reply(content: "a", finishReason: "length")),
            ReplyRow("an unknown reason is none", answer(#"[{"text": "a"}]"#, "new"), Reply(content: "a")),
            ReplyRow(
                "tool calls",
                answer(
                    #"[{"toolUse": {"toolUseId": "t", "name": "f", "input": {"a": 1}}}, {"toolUse": {"toolUseId": "s", "name": "g", "input": {}, "type": "server_tool_use"}}]"#,
                    "tool_use"),
                Reply(
                    content: nil, finishReason: "tool_calls",
                    toolCalls: [["id": "t", "name": "f", "arguments": ["a": 1]]])),
            ReplyRow(
                "a guardrail's own text is a refusal",
                answer(#"[{"text": "Sorry."}]"#, "guardrail_intervened"),
                Reply(content: nil, finishReason: "content_filter", refusal: "Sorry.")),
            ReplyRow(
                "so it is when the trace says so",
                answer(
                    #"[{"text": "Sorry."}]"#, "guardrail_intervened",
                    #""trace": {"guardrail": {"inputAssessment": {"g": {"topicPolicy": {"topics": [{"action": "BLOCKED"}]}, "sensitiveInformationPolicy": {"piiEntities": [{"action": "ANONYMIZED"}]}}}}}"#
                ), Reply(content: nil, finishReason: "content_filter", refusal: "Sorry.")),
            ReplyRow(
                "a masked answer is an answer",
                answer(
                    #"[{"text": "I am {NAME}."}]"#, "guardrail_intervened",
                    #""trace": {"guardrail": {"outputAssessments": {"g": [{"sensitiveInformationPolicy": {"piiEntities": [{"action": "ANONYMIZED"}]}}]}}}"#
                ), Reply(content: "I am {NAME}.", finishReason: "content_filter")),
            ReplyRow(
                "a filtered answer", answer("[]", "content_filtered"),
                Reply(
                    content: nil, finishReason: "content_filter",
                    refusal: "the provider filtered the answer (content_filtered)")),
            ReplyRow(
                "an answer filtered in its middle", answer(#"[{"text": "a"}]"#, "content_filtered"),
                Reply(
                    content: "a", finishReason: "content_filter",
                    refusal: "the provider filtered the answer (content_filtered)")),
            ReplyRow(
                "an answer that reasoning used up", answer("[]", "max_tokens"),
                Reply(content: "", finishReason: "length")
            ),
            ReplyRow(
                "a call that can't be read", headers: id, answer("[]", "malformed_tool_use"),
                fails: CallFailure(
                    .unreadable,
                    "the response has no answer in it (the provider says: malformed_tool_use): "
                        + answer("[]", "malformed_tool_use"),
                    status: 200, code: "malformed_tool_use", requestID: "q")),
            ReplyRow(
                "nothing at all", "{}",
                fails: CallFailure(.unreadable, "the response has no answer in it: {}", status: 200)),
            ReplyRow(
                "a stream, which was not asked for", stream: [],
                .failure(
                    CallFailure(.unreadable, "the response is a stream, and none was asked for", status: 200))
            ),
        ])
    func replies(_ row: ReplyRow) {
        row.check(api)
        #expect(!api.isToken(ServerSentEvent(data: #"{"text": "a"}"#)))
    }

    private static func type(_ name: String) -> HeaderFields {
        ["x-amzn-errortype": name, "x-amzn-requestid": "q"]
    }

    @Test(
        "An error becomes exactly this failure",
        arguments: [
            FailureRow(
                429, #"{"message": "Too many requests"}"#,
                headers: type("ThrottlingException:http://internal/"),
                CallFailure(
                    .rateLimited, "Too many requests", status: 429, code: "ThrottlingException",
                    requestID: "q")),
            FailureRow(
                429, #"{"message": "Too many tokens per day, please wait"}"#,
                headers: type("ThrottlingException"),
                CallFailure(
                    .quota, "Too many tokens per day, please wait", status: 429, code: "ThrottlingException",
                    requestID: "q")),
            FailureRow(
                429, #"{"message": "loading"}"#, headers: type("ModelNotReadyException"),
                CallFailure(
                    .unavailable, "loading", status: 429, code: "ModelNotReadyException", requestID: "q")),
            FailureRow(
                424, #"{"message": "model broke"}"#, headers: type("ModelErrorException"),
                CallFailure(
                    .unavailable, "model broke", status: 424, code: "ModelErrorException", requestID: "q")),
            FailureRow(
                408, #"{"message": "slow"}"#, headers: type("ModelTimeoutException"),
                CallFailure(.unavailable, "slow", status: 408, code: "ModelTimeoutException", requestID: "q")),
            FailureRow(
                403, #"{"Message": "no", "__type": "com.amazon.coral.service#AccessDeniedException"}"#,
                CallFailure(.authentication, "no", status: 403, code: "AccessDeniedException")),
            FailureRow(
                400, #"{"message": "expired"}"#, headers: type("ExpiredTokenException"),
                CallFailure(
                    .authentication, "expired", status: 400, code: "ExpiredTokenException", requestID: "q")),
            FailureRow(
                400, #"{"message": "`temperature` is deprecated for this model."}"#,
                headers: type("ValidationException"),
                CallFailure(
                    .unsupported, "`temperature` is deprecated for this model.", status: 400,
                    code: "ValidationException",
                    hint: "take 'temperature' out of the parameters of the prompt or the model",
                    requestID: "q")),
            FailureRow(
                400, #"{"message": "Invocation with on-demand throughput isn’t supported."}"#,
                headers: type("ValidationException"),
                CallFailure(
                    .rejected, "Invocation with on-demand throughput isn’t supported.", status: 400,
                    code: "ValidationException",
                    hint:
                        "use the id of an inference profile, such as `us.` or `global.` before the model's id",
                    requestID: "q")),
            FailureRow(
                400, #"{"message": "bad"}"#, headers: type("ValidationException"),
                CallFailure(.rejected, "bad", status: 400, code: "ValidationException", requestID: "q")),
            FailureRow(
                404, #"{"message": "no model"}"#, headers: type("ResourceNotFoundException"),
                CallFailure(
                    .rejected, "no model", status: 404, code: "ResourceNotFoundException", requestID: "q")),
            FailureRow(503, "oops", CallFailure(.unavailable, "oops", status: 503)),
        ])
    func failures(_ row: FailureRow) {
        #expect(throws: row.failure) { try api.reply(from: row.response) }
    }
}
