import Evals
import HTTP
import JSON
import Models
import Testing

@Suite("Responses of Anthropic")
struct AnthropicReplyTests {
    private let api = AnthropicMessages()

    private static let text = #"[{"type": "text", "text": "yes"}]"#
    private static let id: HeaderFields = ["request-id": "req_1"]

    @Test(
        "A response becomes exactly this reply",
        arguments: [
            ReplyRow(
                "text, thoughts left out, cached tokens added", headers: id,
                """
                {"id": "msg_1", "model": "claude-haiku-4-5-20251001", "stop_reason": "end_turn", "unknown": [1],
                 "content": [{"type": "thinking", "thinking": "hm", "signature": "s"},
                  {"type": "text", "text": "yes, "}, {"type": "text", "text": "no", "citations": []}],
                 "usage": {"input_tokens": 5, "output_tokens": 7, "cache_read_input_tokens": 100,
                  "cache_creation_input_tokens": 20, "service_tier": "priority",
                  "output_tokens_details": {"thinking_tokens": 3}}}
                """,
                Reply(
                    servedModel: "claude-haiku-4-5-20251001", content: "yes, no", finishReason: "stop",
                    usage: Usage(
                        inputTokens: 125, outputTokens: 7, cacheReadTokens: 100, cacheWriteTokens: 20,
                        reasoningTokens: 3),
                    requestID: "req_1", serviceTier: "priority")),
            ReplyRow(
                "no usage, no header",
                #"{"id": "msg_1", "content": \#(text), "stop_reason": "stop_sequence"}"#,
                Reply(content: "yes", finishReason: "stop", requestID: "msg_1")),
            ReplyRow(
                "an unknown reason is none, and a count beyond all bounds unknown",
                #"{"content": \#(text), "stop_reason": "new", "usage": {"input_tokens": 1, "output_tokens": 99999999999999999999}}"#,
                Reply(content: "yes")),
            ReplyRow(
                "tool calls",
                """
                {"content": [{"type": "tool_use", "id": "t1", "name": "f", "input": {"a": [1]}},
                 {"type": "server_tool_use", "id": "t2", "name": "web_search", "input": {}}], "stop_reason": "tool_use",
                 "usage": {"input_tokens": 1, "output_tokens": 2, "service_tier": "standard"}}
                """,
                Reply(
                    content: nil, finishReason: "tool_calls",
                    toolCalls: [["id": "t1", "name": "f", "arguments": ["a": [1]]]],
                    usage: Usage(inputTokens: 1, outputTokens: 2))),
            ReplyRow(
                "a refusal with its explanation",
                #"{"content": [], "stop_reason": "refusal", "stop_details": {"type": "refusal", "category": "bio", "explanation": "Not this."}}"#,
                Reply(content: nil, finishReason: "content_filter", refusal: "Not this.")),
            ReplyRow(
                "a refusal after some text",
                #"{"content": \#(text), "stop_reason": "refusal", "stop_details": {"type": "refusal", "category": "cyber"}}"#,
                Reply(
                    content: "yes", finishReason: "content_filter",
                    refusal: "the provider's safety system refused the request (cyber)")),
            ReplyRow(
                "an answer that thinking used up",
                #"{"content": [{"type": "thinking", "thinking": "hm"}], "stop_reason": "max_tokens"}"#,
                Reply(content: "", finishReason: "length")),
            ReplyRow(
                "nothing at all", headers: id, #"{"content": [], "stop_reason": "end_turn"}"#,
                fails: CallFailure(
                    .unreadable,
                    #"the response has no answer in it (the provider says: end_turn): {"content": [], "stop_reason": "end_turn"}"#,
                    status: 200,
                    requestID: "req_1")),
            ReplyRow(
                "another shape", #"{"choices": []}"#,
                fails: CallFailure(.unreadable, #"the response has no content: {"choices": []}"#, status: 200)
            ),
            ReplyRow(
                "an error with a good status",
                #"{"type": "error", "error": {"type": "overloaded_error", "message": "busy"}}"#,
                fails: CallFailure(.unavailable, "busy", status: 200, code: "overloaded_error")),
            ReplyRow(
                "HTML", "<html>",
                fails: CallFailure(
                    .unreadable,
                    "the response is no JSON (1:1: unexpected character where a value is expected): <html>",
                    status: 200)),
        ])
    func replies(_ row: ReplyRow) { row.check(api) }

    private static let start =
        #"{"type": "message_start", "message": {"id": "msg_1", "model": "m", "content": [], "stop_reason": null, "usage": {"input_tokens": 9, "cache_read_input_tokens": 1, "output_tokens": 1, "service_tier": "batch"}}}"#
    private static let stop = #"{"type": "message_stop"}"#

    @Test(
        "A stream becomes exactly this reply",
        arguments: [
            ReplyRow(
                "text behind thoughts",
                stream: [
                    start, #"{"type": "ping"}"#,
                    #"{"type": "content_block_start", "index": 0, "content_block": {"type": "thinking", "thinking": ""}}"#,
                    #"{"type": "content_block_delta", "index": 0, "delta": {"type": "thinking_delta", "thinking": "hm"}}"#,
                    #"{"type": "content_block_stop", "index": 0}"#,
                    #"{"type": "content_block_start", "index": 1, "content_block": {"type": "text", "text": ""}}"#,
                    #"{"type": "content_block_delta", "index": 1, "delta": {"type": "text_delta", "text": "ye"}}"#,
                    #"{"type": "content_block_delta", "index": 1, "delta": {"type": "text_delta", "text": "s"}}"#,
                    #"{"type": "content_block_stop", "index": 1}"#,
                    #"{"type": "message_delta", "delta": {"stop_reason": "end_turn", "stop_details": null}, "usage": {"output_tokens": 12}}"#,
                    stop,
                ],
                .success(
                    Reply(
                        servedModel: "m", content: "yes", finishReason: "stop",
                        usage: Usage(inputTokens: 10, outputTokens: 12, cacheReadTokens: 1),
                        requestID: "msg_1",
                        serviceTier: "batch"))),
            ReplyRow(
                "tool calls, without and with arguments, cut off, and no count at the end", headers: id,
                stream: [
                    start,
                    #"{"type": "content_block_start", "index": 0, "content_block": {"type": "tool_use", "id": "a", "name": "f", "input": {}}}"#,
                    #"{"type": "content_block_start", "index": 1, "content_block": {"type": "tool_use", "id": "b", "name": "g", "input": {}}}"#,
                    #"{"type": "content_block_delta", "index": 1, "delta": {"type": "input_json_delta", "partial_json": "{\"x\""}}"#,
                    #"{"type": "content_block_delta", "index": 1, "delta": {"type": "input_json_delta", "partial_json": ": 1}"}}"#,
                    #"{"type": "content_block_start", "index": 2, "content_block": {"type": "tool_use", "id": "c", "name": "h", "input": {}}}"#,
                    #"{"type": "content_block_delta", "index": 2, "delta": {"type": "input_json_delta", "partial_json": "{\"x"}}"#,
                    #"{"type": "message_delta", "delta": {"stop_reason": "tool_use"}}"#, stop,
                ],
                .success(
                    Reply(
                        servedModel: "m", content: nil, finishReason: "tool_calls",
                        toolCalls: [
                            ["id": "a", "name": "f", "arguments": [:]],
                            ["id": "b", "name": "g", "arguments": ["x": 1]],
                            ["id": "c", "name": "h", "arguments": "{\"x"],
                        ],
                        requestID: "req_1",
                        serviceTier: "batch"))),
            ReplyRow(
                "broken off", headers: id, stream: [start],
                .failure(
                    CallFailure(
                        .connection, "the stream broke off before its end, after 1 events", status: 200,
                        requestID: "req_1"))),
            ReplyRow(
                "an error in the middle",
                stream: [
                    start,
                    #"{"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}, "request_id": "req_2"}"#,
                ],
                .failure(
                    CallFailure(
                        .unavailable, "Overloaded", status: 200, code: "overloaded_error", requestID: "req_2")
                )),
            ReplyRow(
                "a piece of nothing",
                stream: [
                    #"{"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "x"}}"#
                ],
                .failure(
                    CallFailure(
                        .unreadable, "the stream has a piece of a block that never began", status: 200))),
            ReplyRow(
                "no JSON", stream: ["oops"],
                .failure(
                    CallFailure(
                        .unreadable,
                        "an event of the stream is no JSON object: oops",
                        status: 200))),
        ])
    func streams(_ row: ReplyRow) { row.check(api) }

    @Test(
        "An error becomes exactly this failure",
        arguments: [
            FailureRow(
                429,
                #"{"type": "error", "error": {"type": "rate_limit_error", "message": "slow"}, "request_id": "r"}"#,
                CallFailure(.rateLimited, "slow", status: 429, code: "rate_limit_error", requestID: "r")),
            FailureRow(
                529, #"{"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}"#,
                headers: id,
                CallFailure(
                    .unavailable, "Overloaded", status: 529, code: "overloaded_error", requestID: "req_1")),
            FailureRow(
                401,
                #"{"type": "error", "error": {"type": "authentication_error", "message": "invalid x-api-key"}}"#,
                CallFailure(.authentication, "invalid x-api-key", status: 401, code: "authentication_error")),
            FailureRow(
                400,
                #"{"type": "error", "error": {"type": "invalid_request_error", "message": "Your credit balance is too low"}}"#,
                CallFailure(
                    .quota, "Your credit balance is too low", status: 400, code: "invalid_request_error")),
            FailureRow(
                402,
                #"{"type": "error", "error": {"type": "billing_error", "message": "spent", "details": {"error_code": "enforced_spend_limit_reached"}}}"#,
                CallFailure(.quota, "spent", status: 402, code: "enforced_spend_limit_reached")),
            FailureRow(
                400,
                #"{"type": "error", "error": {"type": "invalid_request_error", "message": "`temperature` is deprecated for this model."}}"#,
                CallFailure(
                    .unsupported, "`temperature` is deprecated for this model.", status: 400,
                    code: "invalid_request_error",
                    hint: "take 'temperature' out of the parameters of the prompt or the model")),
            FailureRow(
                400,
                #"{"type": "error", "error": {"type": "invalid_request_error", "message": "max_tokens: too large"}}"#,
                CallFailure(.rejected, "max_tokens: too large", status: 400, code: "invalid_request_error")),
            FailureRow(
                404, #"{"type": "error", "error": {"type": "not_found_error", "message": "model: nope"}}"#,
                CallFailure(.rejected, "model: nope", status: 404, code: "not_found_error")),
            FailureRow(413, "", CallFailure(.rejected, "status 413 without a message", status: 413)),
            FailureRow(
                502, "<html>bad gateway</html>",
                CallFailure(.unavailable, "<html>bad gateway</html>", status: 502)),
        ])
    func failures(_ row: FailureRow) {
        #expect(throws: row.failure) { try api.reply(from: row.response) }
    }

    @Test(
        "Only pieces of the answer are tokens",
        arguments: [
            (#"{"type": "content_block_delta", "delta": {"type": "text_delta", "text": "a"}}"#, true),
            (#"{"type": "content_block_delta", "delta": {"type": "thinking_delta", "thinking": "a"}}"#, true),
            (
                #"{"type": "content_block_delta", "delta": {"type": "input_json_delta", "partial_json": "{"}}"#,
                true
            ),
            (#"{"type": "content_block_delta", "delta": {"type": "text_delta", "text": ""}}"#, false),
            (
                #"{"type": "content_block_delta", "delta": {"type": "signature_delta", "signature": "a"}}"#,
                false
            ),
            (#"{"type": "ping"}"#, false), ("oops", false),
        ])
    func tokens(_ data: String, _ isToken: Bool) {
        #expect(api.isToken(ServerSentEvent(data: data)) == isToken)
        #expect(!api.isToken(ServerSentEvent(type: "ping", data: data)))
    }
}
