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

    private static func candidate(_ parts: String, _ rest: String = #""finishReason": "STOP""#) -> String {
        #"{"candidates": [{"content": {"parts": \#(parts), "role": "model"}, \#(rest)}]}"#
    }

    @Test(
        "A response becomes exactly this reply",
        arguments: [
            ReplyRow(
                "text, thoughts left out, counts added up", headers: ["x-gemini-service-tier": "FLEX"],
                """
                {"candidates": [{"content": {"parts": [{"text": "hm", "thought": true}, {"text": "ye"},
                  {"text": "s", "thoughtSignature": "x"}], "role": "model"}, "finishReason": "STOP", "index": 0}],
                 "usageMetadata": {"promptTokenCount": 10, "candidatesTokenCount": 2, "thoughtsTokenCount": 30,
                  "cachedContentTokenCount": 4, "toolUsePromptTokenCount": 5, "totalTokenCount": 47},
                 "modelVersion": "gemini-2.5-flash-001", "responseId": "r1"}
                """,
                Reply(
                    servedModel: "gemini-2.5-flash-001", content: "yes", finishReason: "stop",
                    usage: Usage(inputTokens: 15, outputTokens: 32, cacheReadTokens: 4, reasoningTokens: 30),
                    requestID: "r1", serviceTier: "flex")),
            ReplyRow(
                "no usage, the usual tier", headers: ["x-gemini-service-tier": "standard"],
                candidate(#"[{"text": "a"}]"#),
                Reply(content: "a", finishReason: "stop")),
            ReplyRow(
                "cut off", candidate(#"[{"text": "a"}]"#, #""finishReason": "MAX_TOKENS""#),
                Reply(content: "a", finishReason: "length")),
            ReplyRow(
                "an unknown reason is none", candidate(#"[{"text": "a"}]"#, #""finishReason": "NEW""#),
                Reply(content: "a")),
            ReplyRow(
                "tool calls, which end with STOP too",
                candidate(
                    #"[{"text": "", "thoughtSignature": "x"}, {"functionCall": {"name": "f", "args": {"a": 1}}}, {"functionCall": {"id": "z", "name": "g"}}]"#
                ),
                Reply(
                    content: nil, finishReason: "tool_calls",
                    toolCalls: [
                        ["id": "call_1", "name": "f", "arguments": ["a": 1]],
                        ["id": "z", "name": "g", "arguments": [:]],
                    ])),
            ReplyRow(
                "log probabilities",
                candidate(
                    #"[{"text": "ab"}]"#,
                    """
                    "finishReason": "STOP", "avgLogprobs": -0.2, "logprobsResult": {
                     "chosenCandidates": [{"token": "a", "tokenId": 1, "logProbability": -0.1}, {"token": "b", "tokenId": 2}],
                     "topCandidates": [{"candidates": [{"token": "a", "logProbability": -0.1}, {"token": "c", "logProbability": -3}]}]}
                    """),
                Reply(
                    content: "ab", finishReason: "stop",
                    logprobs: [
                        [
                            "token": "a", "logprob": -0.1,
                            "top_logprobs": [
                                ["token": "a", "logprob": -0.1], ["token": "c", "logprob": -3],
                            ],
                        ], ["token": "b", "logprob": 0],
                    ])),
            ReplyRow(
                "a blocked prompt",
                #"{"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}, "usageMetadata": {"promptTokenCount": 8}, "modelVersion": "m"}"#,
                Reply(
                    servedModel: "m", content: nil, finishReason: "content_filter",
                    refusal: "the provider blocked the prompt (PROHIBITED_CONTENT)",
                    usage: Usage(inputTokens: 8, outputTokens: 0))),
            ReplyRow(
                "an answer stopped for safety",
                #"{"candidates": [{"finishReason": "SAFETY", "finishMessage": "Blocked."}]}"#,
                Reply(
                    content: nil, finishReason: "content_filter",
                    refusal: "the provider stopped the answer (SAFETY): Blocked.")),
            ReplyRow(
                "an answer stopped in its middle",
                candidate(#"[{"text": "a"}]"#, #""finishReason": "RECITATION""#),
                Reply(
                    content: "a", finishReason: "content_filter",
                    refusal: "the provider stopped the answer (RECITATION)")),
            ReplyRow(
                "an answer that thinking used up", #"{"candidates": [{"finishReason": "MAX_TOKENS"}]}"#,
                Reply(content: "", finishReason: "length")),
            ReplyRow(
                "an empty text is an answer", candidate(#"[{"text": ""}]"#),
                Reply(content: "", finishReason: "stop")),
            ReplyRow(
                "nothing but an end", #"{"candidates": [{"finishReason": "STOP"}], "responseId": "r"}"#,
                fails: CallFailure(
                    .unreadable,
                    #"the response has no answer in it (the provider says: STOP): {"candidates": [{"finishReason": "STOP"}], "responseId": "r"}"#,
                    status: 200,
                    requestID: "r")),
            ReplyRow(
                "a call that can't be read",
                #"{"candidates": [{"finishReason": "MALFORMED_FUNCTION_CALL", "finishMessage": "print(f)"}]}"#,
                fails: CallFailure(
                    .unreadable,
                    #"the response has no answer in it (the provider says: MALFORMED_FUNCTION_CALL, print(f)): {"candidates": [{"finishReason": "MALFORMED_FUNCTION_CALL", "finishMessage": "print(f)"}]}"#,
                    status: 200, code: "MALFORMED_FUNCTION_CALL")),
            ReplyRow(
                "nothing at all", "{}",
                fails: CallFailure(
                    .unreadable,
                    "the response has neither a candidate nor a reason for blocking the prompt: {}",
                    status: 200)),
            ReplyRow(
                "an error with a good status",
                #"{"error": {"code": 503, "message": "busy", "status": "UNAVAILABLE"}}"#,
                fails: CallFailure(.unavailable, "busy", status: 503, code: "UNAVAILABLE")),
        ])
    func replies(_ row: ReplyRow) { row.check(api) }

    @Test(
        "A stream becomes exactly this reply",
        arguments: [
            ReplyRow(
                "text in pieces",
                stream: [
                    #"{"candidates": [{"content": {"parts": [{"text": "hm", "thought": true}]}}], "usageMetadata": {"promptTokenCount": 3}, "modelVersion": "m", "responseId": "r"}"#,
                    #"{"candidates": [{"content": {"parts": [{"text": "ye"}]}, "logprobsResult": {"chosenCandidates": [{"token": "ye", "logProbability": -1}]}}]}"#,
                    #"{"candidates": [{"content": {"parts": [{"text": "s"}]}, "finishReason": "STOP", "logprobsResult": {"chosenCandidates": [{"token": "s", "logProbability": -2}]}}], "usageMetadata": {"candidatesTokenCount": 2}}"#,
                ],
                .success(
                    Reply(
                        servedModel: "m", content: "yes", finishReason: "stop",
                        usage: Usage(inputTokens: 3, outputTokens: 2),
                        logprobs: [["token": "ye", "logprob": -1], ["token": "s", "logprob": -2]],
                        requestID: "r"))),
            ReplyRow(
                "a call, and the end alone",
                stream: [
                    #"{"candidates": [{"content": {"parts": [{"functionCall": {"name": "f", "args": {}}}]}}]}"#,
                    #"{"candidates": [{"finishReason": "STOP"}]}"#,
                ],
                .success(
                    Reply(
                        content: nil, finishReason: "tool_calls",
                        toolCalls: [["id": "call_1", "name": "f", "arguments": [:]]]))),
            ReplyRow(
                "a blocked prompt", stream: [#"{"promptFeedback": {"blockReason": "SAFETY"}}"#],
                .success(
                    Reply(
                        content: nil, finishReason: "content_filter",
                        refusal: "the provider blocked the prompt (SAFETY)"))),
            ReplyRow(
                "broken off",
                stream: [#"{"candidates": [{"content": {"parts": [{"text": "ye"}]}}], "responseId": "r"}"#],
                .failure(
                    CallFailure(
                        .connection, "the stream broke off before its end, after 1 events", status: 200,
                        requestID: "r"))),
            ReplyRow(
                "nothing", stream: [],
                .failure(
                    CallFailure(
                        .connection, "the stream broke off before its end, after 0 events", status: 200))),
            ReplyRow(
                "an error in the middle",
                stream: [
                    #"{"candidates": [{"content": {"parts": [{"text": "ye"}]}}]}"#,
                    #"{"error": {"code": 429, "message": "slow", "status": "RESOURCE_EXHAUSTED"}}"#,
                ],
                .failure(CallFailure(.rateLimited, "slow", status: 429, code: "RESOURCE_EXHAUSTED"))),
            ReplyRow(
                "no JSON", stream: ["{"],
                .failure(
                    CallFailure(
                        .unreadable,
                        "an event of the stream is no JSON object: {",
                        status: 200))),
        ])
    func streams(_ row: ReplyRow) { row.check(api) }

    private static func error(_ code: Int, _ status: String, _ message: String, _ details: String = "[]")
        -> String
    {
        #"{"error": {"code": \#(code), "message": "\#(message)", "status": "\#(status)", "details": \#(details)}}"#
    }
    private static let usual = "You exceeded your current quota, please check your plan and billing details."

    @Test(
        "An error becomes exactly this failure",
        arguments: [
            FailureRow(
                429,
                error(
                    429, "RESOURCE_EXHAUSTED", usual,
                    #"[{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "17.5s"}]"#),
                CallFailure(.rateLimited, usual, status: 429, code: "RESOURCE_EXHAUSTED", retryAfter: 17.5)),
            FailureRow(
                429,
                error(
                    429, "RESOURCE_EXHAUSTED", usual,
                    #"[{"violations": [{"quotaId": "GenerateRequestsPerDayPerProjectPerModel-FreeTier"}]}, {"retryDelay": "9s"}]"#
                ),
                CallFailure(.quota, usual, status: 429, code: "RESOURCE_EXHAUSTED")),
            FailureRow(
                429,
                error(
                    429, "RESOURCE_EXHAUSTED", usual,
                    #"[{"violations": [{"quotaId": "GenerateRequestsPerMinutePerProjectPerModel"}]}, {"retryDelay": "oops"}]"#
                ),
                CallFailure(.rateLimited, usual, status: 429, code: "RESOURCE_EXHAUSTED")),
            FailureRow(
                400,
                error(400, "INVALID_ARGUMENT", "API key not valid.", #"[{"reason": "API_KEY_INVALID"}]"#),
                CallFailure(.authentication, "API key not valid.", status: 400, code: "INVALID_ARGUMENT")),
            FailureRow(
                400, "[" + error(400, "FAILED_PRECONDITION", "Please enable billing.") + "]",
                CallFailure(.quota, "Please enable billing.", status: 400, code: "FAILED_PRECONDITION")),
            FailureRow(
                400, error(400, "INVALID_ARGUMENT", "Thinking level is not supported for this model."),
                CallFailure(
                    .unsupported, "Thinking level is not supported for this model.", status: 400,
                    code: "INVALID_ARGUMENT",
                    hint: "take 'reasoning_effort' out of the parameters of the prompt or the model")),
            FailureRow(
                400, error(400, "INVALID_ARGUMENT", "contents is not specified"),
                CallFailure(.rejected, "contents is not specified", status: 400, code: "INVALID_ARGUMENT")),
            FailureRow(
                403, error(403, "PERMISSION_DENIED", "no"),
                CallFailure(.authentication, "no", status: 403, code: "PERMISSION_DENIED")),
            FailureRow(
                404, error(404, "NOT_FOUND", "no such model"),
                CallFailure(.rejected, "no such model", status: 404, code: "NOT_FOUND")),
            FailureRow(
                503, error(503, "UNAVAILABLE", "overloaded"),
                CallFailure(.unavailable, "overloaded", status: 503, code: "UNAVAILABLE")),
            FailureRow(500, "", CallFailure(.unavailable, "status 500 without a message", status: 500)),
        ])
    func failures(_ row: FailureRow) {
        #expect(throws: row.failure) { try api.reply(from: row.response) }
    }

    @Test(
        "Only chunks with a piece of the answer are tokens",
        arguments: [
            (#"{"candidates": [{"content": {"parts": [{"text": "a", "thought": true}]}}]}"#, true),
            (#"{"candidates": [{"content": {"parts": [{"functionCall": {"name": "f"}}]}}]}"#, true),
            (#"{"candidates": [{"content": {"parts": [{"text": ""}]}, "finishReason": "STOP"}]}"#, false),
            (#"{"usageMetadata": {}}"#, false), ("oops", false),
        ])
    func tokens(_ data: String, _ isToken: Bool) {
        #expect(api.isToken(ServerSentEvent(data: data)) == isToken)
    }
}
