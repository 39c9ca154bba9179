import Evals
import HTTP
import JSON
import Models
import Testing

@Suite("Responses of the Responses API")
struct OpenAIResponsesReplyTests {
    private let api = OpenAIResponses()

    private static func message(_ parts: String, _ rest: String = "") -> String {
        #"{"id": "resp_1", "model": "m-1", "status": "completed", "output": [{"type": "reasoning", "summary": []},"#
            + #"{"type": "message", "role": "assistant", "content": [\#(parts)]}]\#(rest)}"#
    }

    @Test(
        "reads",
        arguments: [
            (
                message(#"{"type": "output_text", "text": "a"}, {"type": "output_text", "text": "b"}"#),
                Reply(servedModel: "m-1", content: "ab", finishReason: "stop", requestID: "req_1")
            ),
            (
                message(
                    #"{"type": "output_text", "text": "a", "logprobs": [{"token": "a", "logprob": -0.5, "bytes": [97], "#
                        + #""top_logprobs": [{"token": "b", "logprob": -1, "bytes": [98]}]}]}"#,
                    #", "service_tier": "flex", "usage": {"input_tokens": 10, "output_tokens": 5, "total_tokens": 15, "#
                        + #""input_tokens_details": {"cached_tokens": 4, "cache_write_tokens": 2}, "#
                        + #""output_tokens_details": {"reasoning_tokens": 3}}"#),
                Reply(
                    servedModel: "m-1", content: "a", finishReason: "stop",
                    usage: Usage(
                        inputTokens: 10, outputTokens: 5, cacheReadTokens: 4, cacheWriteTokens: 2,
                        reasoningTokens: 3),
                    logprobs: [
                        ["token": "a", "logprob": -0.5, "top_logprobs": [["token": "b", "logprob": -1]]]
                    ], requestID: "req_1", serviceTier: "flex")
            ),
            (
                message(
                    #"{"type": "refusal", "refusal": "I can't."}"#,
                    #", "service_tier": "default", "usage": null"#),
                Reply(
                    servedModel: "m-1", content: nil, finishReason: "stop", refusal: "I can't.",
                    requestID: "req_1")
            ),
            (
                #"{"output": [{"type": "function_call", "call_id": "c1", "name": "look", "arguments": "{\"id\": 7}"}, "#
                    + #"{"type": "function_call", "call_id": "c2", "name": "look", "arguments": "{id: 7"}, "#
                    + #"{"type": "function_call", "call_id": "c3", "name": "stop", "arguments": ""}]}"#,
                Reply(
                    content: nil, finishReason: "tool_calls",
                    toolCalls: [
                        ["id": "c1", "name": "look", "arguments": ["id": 7]],
                        ["id": "c2", "name": "look", "arguments": "{id: 7"],
                        ["id": "c3", "name": "stop", "arguments": [:]],
                    ], requestID: "req_1")
            ),
            (
                #"{"status": "incomplete", "incomplete_details": {"reason": "max_output_tokens"}, "output": []}"#,
                Reply(content: "", finishReason: "length", requestID: "req_1")
            ),
            (
                #"{"status": "incomplete", "incomplete_details": {"reason": "content_filter"}, "output": [{"type": "#
                    + #""message", "content": [{"type": "output_text", "text": "par"}]}]}"#,
                Reply(content: "par", finishReason: "content_filter", requestID: "req_1")
            ),
            (
                message(#"{"type": "output_text", "text": ""}"#),
                Reply(servedModel: "m-1", content: "", finishReason: "stop", requestID: "req_1")
            ),
        ])
    func read(body: String, reply: Reply) throws {
        #expect(try api.reply(from: response(body)) == reply)
    }

    @Test(
        "fails with",
        arguments: [
            (
                401, #"{"error": {"message": "Bad key", "code": "invalid_api_key"}}"#, .authentication,
                "Bad key", nil
            ),
            (403, "{}", .authentication, "{}", nil),
            (500, "", .unavailable, "status 500 without a message", nil),
            (
                429,
                #"{"error": {"message": "m", "type": "insufficient_quota", "code": "insufficient_quota"}}"#,
                .quota, "m", nil
            ),
            (429, #"{"error": {"message": "m", "code": "429"}}"#, .rateLimited, "m", nil),
            (429, #"{"error": {"message": "m", "code": 429}}"#, .rateLimited, "m", nil),
            (
                400, #"{"error": {"message": "m", "param": "temperature", "code": "unsupported_value"}}"#,
                .unsupported, "m", "take 'temperature' out of the parameters of the prompt or the model"
            ),
            (400, #"{"error": {"message": "m", "code": "context_length_exceeded"}}"#, .rejected, "m", nil),
            (404, #"{"error": {"message": "m", "code": "model_not_found"}}"#, .rejected, "m", nil),
            (409, "x", .unavailable, "x", nil), (503, "<html>", .unavailable, "<html>", nil),
            (302, "", .rejected, "status 302 without a message", nil),
            (
                200, "<html>", .unreadable,
                "the response is no JSON (1:1: unexpected character where a value is expected): <html>", nil
            ),
            (
                200, "{\"output\": [", .unreadable,
                "the response is no JSON (1:13: the text ends where a value is expected): {\"output\": [", nil
            ),
            (200, "{}", .unreadable, "the response has no answer in it: {}", nil),
            (
                200, #"{"status": "queued"}"#, .unreadable,
                #"the response has the status 'queued' and no answer yet: {"status": "queued"}"#, nil
            ),
            (
                200, #"{"status": "failed", "error": {"code": "server_error", "message": "m"}}"#,
                .unavailable, "m", nil
            ),
            (
                200, #"{"status": "failed", "error": {"code": "rate_limit_exceeded", "message": "m"}}"#,
                .rateLimited,
                "m", nil
            ),
            (
                200, #"{"status": "failed", "error": {"code": "invalid_prompt", "message": "m"}}"#, .rejected,
                "m", nil
            ),
            (
                200, #"{"status": "failed", "error": {"code": "bio_policy", "message": "m"}}"#, .rejected,
                "m", nil
            ),
            (
                200, #"{"status": "cancelled", "error": null}"#, .unavailable,
                "the response has the status 'cancelled'",
                nil
            ),
        ] as [(Int, String, CallFailure.Kind, String, String?)])
    func fail(status: Int, body: String, kind: CallFailure.Kind, message: String, hint: String?) {
        let failure = #expect(throws: CallFailure.self) {
            try api.reply(from: response(body, status: status))
        }
        #expect(failure?.kind == kind)
        #expect(failure?.message == message)
        #expect(failure?.hint == hint)
        #expect(failure?.status == status)
        #expect(failure?.requestID == "req_1")
    }

    // MARK: - Streams

    private func streamed(_ events: [(String?, String)]) throws(CallFailure) -> Reply {
        try api.reply(
            from: APIResponse(
                status: 200, headers: ["x-request-id": "req_1"],
                events: events.map { ServerSentEvent(type: $0.0, data: $0.1) }))
    }

    private static let delta = (
        "response.output_text.delta" as String?,
        #"{"type": "response.output_text.delta", "output_index": 0, "delta": "He"}"#
    )

    @Test("The last event of a stream has the whole answer; where it has none, the events before do")
    func assemble() throws {
        let whole = Self.message(#"{"type": "output_text", "text": "Hello"}"#)
        let reply = Reply(servedModel: "m-1", content: "Hello", finishReason: "stop", requestID: "req_1")
        #expect(
            try streamed([
                ("response.created", #"{"response": {"status": "in_progress", "output": []}}"#), Self.delta,
                ("response.completed", #"{"response": \#(whole)}"#),
            ]) == reply)
        #expect(
            try streamed([
                (nil, Self.delta.1), (nil, #"{"type": "response.output_text.delta", "delta": "llo"}"#),
                (nil, #"{"type": "response.completed", "response": {"model": "m-1", "output": []}}"#),
                (nil, "[DONE]"),
            ]) == reply)
        #expect(
            try streamed([
                (
                    "response.output_item.done",
                    #"{"output_index": 1, "item": {"type": "function_call", "call_id": "c", "name": "n", "arguments": "{}"}}"#
                ),
                Self.delta,
                (
                    "response.incomplete",
                    #"{"response": {"status": "incomplete", "incomplete_details": {"reason": "max_output_tokens"}}}"#
                ),
            ])
                == Reply(
                    content: "He", finishReason: "length",
                    toolCalls: [["id": "c", "name": "n", "arguments": [:]]],
                    requestID: "req_1"))
    }

    @Test(
        "A stream without its end, or with an error, is a failure",
        arguments: [
            ([delta], .connection, "the stream broke off before its end, after 1 events"),
            ([], .connection, "the stream broke off before its end, after 0 events"),
            ([delta, ("error", #"{"code": "server_error", "message": "m"}"#)], .unavailable, "m"),
            (
                [(nil, #"{"type": "error", "error": {"code": "rate_limit_exceeded", "message": "m"}}"#)],
                .rateLimited, "m"
            ),
            (
                [
                    (
                        "response.failed",
                        #"{"response": {"status": "failed", "error": {"code": "invalid_prompt", "message": "m"}}}"#
                    )
                ],
                .rejected, "m"
            ),
            (
                [("response.output_text.delta", "{")], .unreadable,
                "an event of the stream is no JSON object: {"
            ),
        ] as [([(String?, String)], CallFailure.Kind, String)])
    func brokenStream(events: [(String?, String)], kind: CallFailure.Kind, message: String) {
        let failure = #expect(throws: CallFailure.self) { try streamed(events) }
        #expect(failure?.kind == kind)
        #expect(failure?.message == message)
    }

    @Test(
        "Pieces of the answer are tokens, and nothing else is",
        arguments: [
            (ServerSentEvent(type: "response.output_text.delta", data: ""), true),
            (ServerSentEvent(data: #"{"type": "response.function_call_arguments.delta"}"#), true),
            (ServerSentEvent(type: "response.reasoning_summary_text.delta", data: ""), true),
            (ServerSentEvent(type: "response.created", data: "{}"), false),
            (ServerSentEvent(type: "response.completed", data: "{}"), false),
            (ServerSentEvent(data: "[DONE]"), false),
        ])
    func token(event: ServerSentEvent, isToken: Bool) {
        #expect(api.isToken(event) == isToken)
    }
}
