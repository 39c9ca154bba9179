import Evals
import HTTP
import JSON
import Models
import Testing

@Suite("Responses of Gemini")
struct GeminiReplyTests {
    private let api = GeminiGenerateContent()

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
                #"{"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}, "usageMetadata": {"promptTokenCount": 8, "totalTokenCount": 8}, "modelVersion": "m"}"#,
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
