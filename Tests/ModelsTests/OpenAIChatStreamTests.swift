import Evals
import HTTP
import JSON
import Models
import Testing

@Suite("Streams of Chat Completions")
struct OpenAIChatStreamTests {
    private let api = OpenAIChat(.compatible)
    private static let id: HeaderFields = ["x-request-id": "req_1"]

    /// A chunk with a delta.
    private static func chunk(_ delta: String, _ reason: String = "null") -> String {
        #"{"id": "c1", "model": "m-1", "choices": [{"index": 0, "delta": \#(delta), "finish_reason": \#(reason)}]}"#
    }

    private static let end = #"{"id": "c1", "choices": [{"delta": {}, "finish_reason": "stop"}]}"#

    private static func said(
        _ content: String?, _ reason: String? = "stop", toolCalls: [JSONValue] = [], refusal: String? = nil,
        usage: Usage? = nil
    ) -> Result<Reply, CallFailure> {
        .success(
            Reply(
                servedModel: "m-1", content: content, finishReason: reason, toolCalls: toolCalls,
                refusal: refusal,
                usage: usage, requestID: "c1"))
    }

    @Test(
        "A stream becomes exactly this reply",
        arguments: [
            ReplyRow(
                "a call with an absurd number, and a piece behind it without one",
                stream: [
                    chunk(
                        #"{"tool_calls": [{"index": 9223372036854775807, "id": "a", "function": {"name": "f", "arguments": "{"}}]}"#
                    ),
                    chunk(#"{"tool_calls": [{"id": "b", "function": {"name": "g", "arguments": "{}"}}]}"#),
                    chunk(
                        #"{"tool_calls": [{"index": -1, "function": {"arguments": ""}}]}"#, "\"tool_calls\""),
                ],
                said(
                    nil, "tool_calls",
                    toolCalls: [
                        ["id": "a", "name": "f", "arguments": "{"],
                        ["id": "b", "name": "g", "arguments": [:]],
                    ])),
            ReplyRow(
                "pieces, and the usage behind the end",
                stream: [
                    chunk(#"{"role": "assistant", "content": ""}"#), chunk(#"{"content": "He"}"#),
                    chunk(#"{"content": "llo"}"#), chunk("{}", "\"stop\""),
                    #"{"id": "c1", "choices": [], "usage": {"prompt_tokens": 3, "completion_tokens": 2}}"#,
                    "[DONE]",
                ], said("Hello", usage: Usage(inputTokens: 3, outputTokens: 2))),
            ReplyRow(
                "no [DONE], but a reason", stream: [chunk(#"{"content": "a"}"#), chunk("{}", "\"length\"")],
                said("a", "length")),
            ReplyRow(
                "no reason, but [DONE]", stream: [chunk(#"{"content": "a"}"#), "[DONE]"], said("a", nil)),
            ReplyRow(
                "what stands behind [DONE] is nothing",
                stream: [chunk(#"{"content": "a"}"#, "\"stop\""), "[DONE]", "x"],
                said("a")),
            ReplyRow(
                "parts of a text", stream: [chunk(#"{"content": [{"type": "text", "text": "a"}]}"#), end],
                said("a")),
            ReplyRow(
                "another choice beside",
                stream: [
                    #"{"id": "c1", "model": "m-1", "choices": [{"index": 1, "delta": {"content": "b"}, "finish_reason": "length"}]}"#,
                    chunk(#"{"content": "a"}"#), end,
                ], said("a")),
            ReplyRow(
                "a refusal in pieces",
                stream: [
                    chunk(#"{"content": ""}"#), chunk(#"{"refusal": "I "}"#),
                    chunk(#"{"refusal": "can't."}"#), end,
                ],
                said(nil, refusal: "I can't.")),
            ReplyRow(
                "calls in pieces that mix",
                stream: [
                    chunk(
                        #"{"content": null, "tool_calls": [{"index": 0, "id": "a", "function": {"name": "f", "arguments": ""}}]}"#
                    ),
                    chunk(
                        #"{"tool_calls": [{"index": 1, "id": "b", "function": {"name": "g", "arguments": "{\"y\""}}]}"#
                    ),
                    chunk(
                        #"{"tool_calls": [{"index": 0, "function": {"arguments": "{\"x\": 1}"}}, {"index": 1, "function": {"arguments": ": 2}"}}]}"#
                    ),
                    chunk("{}", "\"tool_calls\""), "[DONE]",
                ],
                said(
                    nil, "tool_calls",
                    toolCalls: [
                        ["id": "a", "name": "f", "arguments": ["x": 1]],
                        ["id": "b", "name": "g", "arguments": ["y": 2]],
                    ])),
            ReplyRow(
                "calls without numbers, without an id, cut off",
                stream: [
                    chunk(#"{"tool_calls": [{"id": "a", "function": {"name": "f", "arguments": "{}"}}]}"#),
                    chunk(#"{"tool_calls": [{"id": "b", "function": {"name": "g"}}]}"#),
                    chunk(#"{"tool_calls": [{"function": {"arguments": "{\"x"}}]}"#),
                    chunk("{}", "\"length\""),
                ],
                said(
                    nil, "length",
                    toolCalls: [
                        ["id": "a", "name": "f", "arguments": [:]],
                        ["id": "b", "name": "g", "arguments": "{\"x"],
                    ])),
            ReplyRow(
                "the older form of a call",
                stream: [
                    chunk(#"{"function_call": {"name": "f", "arguments": "{\"a\""}}"#),
                    chunk(#"{"function_call": {"arguments": ": 1}"}}"#), chunk("{}", "\"function_call\""),
                ],
                said(nil, "tool_calls", toolCalls: [["id": "call_1", "name": "f", "arguments": ["a": 1]]])),
            ReplyRow(
                "an answer that thinking used up",
                stream: [chunk(#"{"reasoning_content": "hm"}"#), chunk("{}", "\"length\"")],
                said("", "length")),
            ReplyRow(
                "log probabilities, a tier, and the header's id", headers: id,
                stream: [
                    #"{"id": "c1", "service_tier": "priority", "choices": [{"delta": {"content": "a"}, "logprobs": {"content": [{"token": "a", "logprob": -1}]}}]}"#,
                    #"{"choices": [{"delta": {"content": "b"}, "logprobs": {"content": [{"token": "b", "logprob": -2}]}, "finish_reason": "stop"}]}"#,
                ],
                .success(
                    Reply(
                        content: "ab", finishReason: "stop",
                        logprobs: [["token": "a", "logprob": -1], ["token": "b", "logprob": -2]],
                        requestID: "req_1",
                        serviceTier: "priority"))),
        ])
    func streams(_ row: ReplyRow) { row.check(api) }

    @Test(
        "A stream without its end, or with an error, is a failure",
        arguments: [
            ReplyRow(
                "cut off", headers: id, stream: [chunk(#"{"content": "a"}"#)],
                .failure(
                    CallFailure(
                        .connection, "the stream broke off before its end, after 1 events", status: 200,
                        requestID: "req_1"))),
            ReplyRow(
                "empty", stream: [],
                .failure(
                    CallFailure(
                        .connection, "the stream broke off before its end, after 0 events", status: 200))),
            ReplyRow(
                "a chunk that is cut off", stream: [#"{"choices": ["#],
                .failure(
                    CallFailure(
                        .unreadable, #"an event of the stream is no JSON object: {"choices": ["#, status: 200)
                )),
            ReplyRow(
                "an error with a status",
                stream: [chunk(#"{"content": "a"}"#), #"{"error": {"message": "busy", "code": 503}}"#],
                .failure(CallFailure(.unavailable, "busy", status: 503, code: "503"))),
            ReplyRow(
                "an error with a text of a status",
                stream: [#"{"error": {"message": "slow", "code": "429"}}"#],
                .failure(CallFailure(.rateLimited, "slow", status: 429, code: "429"))),
            ReplyRow(
                "an error with a word",
                stream: [#"{"error": {"message": "slow", "code": "rate_limit_exceeded"}}"#],
                .failure(CallFailure(.rateLimited, "slow", status: 200, code: "rate_limit_exceeded"))),
            ReplyRow(
                "an error with neither", stream: [#"{"error": {"message": "boom"}}"#],
                .failure(CallFailure(.unavailable, "boom", status: 200))),
            ReplyRow(
                "nothing said", stream: [end, "[DONE]"],
                .failure(
                    CallFailure(
                        .unreadable, "the response has no answer in it (the provider says: stop)",
                        status: 200,
                        requestID: "c1"))),
        ])
    func broken(_ row: ReplyRow) { row.check(api) }

    @Test(
        "Chunks with a piece of the answer are tokens",
        arguments: [
            (chunk(#"{"content": "a"}"#), true), (chunk(#"{"content": [{"text": "a"}]}"#), true),
            (chunk(#"{"reasoning": "a"}"#), true), (chunk(#"{"reasoning_content": "a"}"#), true),
            (chunk(#"{"refusal": "a"}"#), true), (chunk(#"{"tool_calls": [{"index": 0}]}"#), true),
            (chunk(#"{"function_call": {"name": "f"}}"#), true),
            (chunk(#"{"role": "assistant", "content": ""}"#), false), (chunk("{}", "\"stop\""), false),
            (chunk(#"{"tool_calls": [], "content": null}"#), false),
            (#"{"choices": [], "usage": {}}"#, false),
            ("[DONE]", false), ("oops", false), ("", false),
        ])
    func tokens(data: String, isToken: Bool) {
        #expect(api.isToken(ServerSentEvent(data: data)) == isToken)
    }
}
