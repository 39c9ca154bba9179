import Evals
import HTTP
import JSON
import Models
import Testing

@Suite("Responses of Chat Completions")
struct OpenAIChatReplyTests {
    private static let id: HeaderFields = ["X-Request-ID": "req_1"]

    /// A body of one choice.
    private static func body(_ message: String, _ reason: String = "\"stop\"", _ rest: String = "") -> String
    {
        #"{"id": "chatcmpl-1", "model": "m-1", "choices": [{"index": 0, "message": \#(message), "finish_reason": \#(reason)}]\#(rest)}"#
    }

    private static func said(
        _ content: String?, _ reason: String? = "stop", toolCalls: [JSONValue] = [], refusal: String? = nil
    ) -> Reply {
        Reply(
            servedModel: "m-1", content: content, finishReason: reason, toolCalls: toolCalls,
            refusal: refusal,
            requestID: "chatcmpl-1")
    }

    @Test(
        "A response becomes exactly this reply",
        arguments: [
            ReplyRow(
                "a text with all that is told beside it", headers: id,
                body(
                    #"{"role": "assistant", "content": "yes", "refusal": null}"#, "\"stop\"",
                    #"""
                    , "service_tier": "flex", "usage": {"prompt_tokens": 20, "completion_tokens": 9, "total_tokens": 29,
                     "prompt_tokens_details": {"cached_tokens": 16, "cache_write_tokens": 2},
                     "completion_tokens_details": {"reasoning_tokens": 7}}
                    """#),
                Reply(
                    servedModel: "m-1", content: "yes", finishReason: "stop",
                    usage: Usage(
                        inputTokens: 20, outputTokens: 9, cacheReadTokens: 16, cacheWriteTokens: 2,
                        reasoningTokens: 7),
                    requestID: "req_1", serviceTier: "flex")),
            ReplyRow(
                "usage without details, DeepSeek's name, the usual tier",
                body(
                    #"{"content": "a"}"#, "\"stop\"",
                    #", "service_tier": "default", "usage": {"prompt_tokens": 4, "completion_tokens": 1, "prompt_cache_hit_tokens": 3, "prompt_tokens_details": null}"#
                ),
                Reply(
                    servedModel: "m-1", content: "a", finishReason: "stop",
                    usage: Usage(inputTokens: 4, outputTokens: 1, cacheReadTokens: 3), requestID: "chatcmpl-1"
                )),
            ReplyRow(
                "counts that no recording would take",
                body(
                    #"{"content": "a"}"#, "\"stop\"",
                    #", "usage": {"prompt_tokens": 9999999999999, "completion_tokens": -1}"#),
                said("a")),
            ReplyRow("no usage", body(#"{"content": "a"}"#, "\"stop\"", #", "usage": null"#), said("a")),
            ReplyRow(
                "half a usage", body(#"{"content": "a"}"#, "\"stop\"", #", "usage": {"prompt_tokens": 3}"#),
                said("a")),
            ReplyRow(
                "parts of a text, thoughts not among them",
                body(
                    #"{"content": [{"type": "thinking", "thinking": [], "text": "hm"}, {"type": "text", "text": "a"}, {"text": "b"}]}"#
                ), said("ab")),
            ReplyRow(
                "thoughts beside the text", body(#"{"content": "a", "reasoning_content": "hm"}"#), said("a")),
            ReplyRow("an empty text", body(#"{"content": ""}"#), said("")),
            ReplyRow(
                "a refusal", body(#"{"content": null, "refusal": "I can't."}"#),
                said(nil, refusal: "I can't.")),
            ReplyRow(
                "an empty refusal is none", body(#"{"content": "a", "refusal": ""}"#), said("a")),
            ReplyRow(
                "tool calls",
                body(
                    #"""
                    {"content": null, "tool_calls": [
                     {"id": "c1", "type": "function", "function": {"name": "find", "arguments": "{\"id\": 7}"}},
                     {"id": "c2", "type": "function", "function": {"name": "find", "arguments": "{id: 7"}},
                     {"type": "function", "function": {"name": "stop", "arguments": ""}},
                     {"id": "c4", "type": "function", "function": {"name": "all", "arguments": {"a": [1]}}}]}
                    """#, "\"tool_calls\""),
                said(
                    nil, "tool_calls",
                    toolCalls: [
                        ["id": "c1", "name": "find", "arguments": ["id": 7]],
                        ["id": "c2", "name": "find", "arguments": "{id: 7"],
                        ["id": "call_3", "name": "stop", "arguments": [:]],
                        ["id": "c4", "name": "all", "arguments": ["a": [1]]],
                    ])),
            ReplyRow(
                "a demanded call that ends with stop, an empty text beside it",
                body(
                    #"{"content": "", "tool_calls": [{"id": "c", "function": {"name": "f", "arguments": "{}"}}]}"#
                ),
                said(nil, "tool_calls", toolCalls: [["id": "c", "name": "f", "arguments": [:]]])),
            ReplyRow(
                "the older form of a call",
                body(
                    #"{"content": null, "function_call": {"name": "f", "arguments": "{}"}}"#,
                    "\"function_call\""),
                said(nil, "tool_calls", toolCalls: [["id": "call_1", "name": "f", "arguments": [:]]])),
            ReplyRow("cut off", body(#"{"content": "par"}"#, "\"length\""), said("par", "length")),
            ReplyRow(
                "an answer that thinking used up", body(#"{"content": null}"#, "\"length\""),
                said("", "length")),
            ReplyRow(
                "filtered away", body(#"{"content": null}"#, "\"content_filter\""),
                said(nil, "content_filter", refusal: "the provider filtered the answer")),
            ReplyRow(
                "filtered in the middle", body(#"{"content": "par"}"#, "\"content_filter\""),
                said("par", "content_filter")),
            ReplyRow("another server's word", body(#"{"content": "a"}"#, "\"eos\""), said("a")),
            ReplyRow("an unknown reason", body(#"{"content": "a"}"#, "\"bored\""), said("a", nil)),
            ReplyRow("no reason", body(#"{"content": "a"}"#, "null"), said("a", nil)),
            ReplyRow(
                "the first of several choices, wherever it stands",
                #"{"choices": [{"index": 1, "message": {"content": "b"}}, {"index": 0, "message": {"content": "a"}}]}"#,
                Reply(content: "a")),
            ReplyRow(
                "log probabilities",
                #"{"choices": [{"message": {"content": "a"}, "logprobs": {"content": [{"token": "a", "logprob": -0.5, "bytes": [97], "top_logprobs": [{"token": "b", "logprob": -1}]}]}}]}"#,
                Reply(
                    content: "a",
                    logprobs: [
                        ["token": "a", "logprob": -0.5, "top_logprobs": [["token": "b", "logprob": -1]]]
                    ])),
            ReplyRow(
                "no log probabilities", #"{"choices": [{"message": {"content": "a"}, "logprobs": null}]}"#,
                Reply(content: "a")),
        ])
    func replies(_ row: ReplyRow) { row.check(OpenAIChat(.openAI)) }

    @Test(
        "A response without an answer is a failure",
        arguments: [
            ReplyRow(
                "HTML", headers: id, "<html>",
                fails: CallFailure(
                    .unreadable,
                    "the response is no JSON (1:1: unexpected character where a value is expected): <html>",
                    status: 200, requestID: "req_1")),
            ReplyRow(
                "cut off JSON", #"{"choices": ["#,
                fails: CallFailure(
                    .unreadable,
                    #"the response is no JSON (1:14: the text ends where a value is expected): {"choices": ["#,
                    status: 200)),
            ReplyRow(
                "a list", "[]",
                fails: CallFailure(.unreadable, "the response is no JSON object: []", status: 200)),
            ReplyRow(
                "nothing", "{}",
                fails: CallFailure(.unreadable, "the response has no choice with a message: {}", status: 200)),
            ReplyRow(
                "no choice", #"{"choices": []}"#,
                fails: CallFailure(
                    .unreadable, #"the response has no choice with a message: {"choices": []}"#, status: 200)),
            ReplyRow(
                "no message", #"{"choices": [{"message": null}]}"#,
                fails: CallFailure(
                    .unreadable,
                    #"the response has no choice with a message: {"choices": [{"message": null}]}"#,
                    status: 200)),
            ReplyRow(
                "silence", #"{"choices": [{"message": {"content": null}, "finish_reason": "stop"}]}"#,
                fails: CallFailure(
                    .unreadable,
                    #"the response has no answer in it (the provider says: stop): {"choices": [{"message": {"content": null}, "finish_reason": "stop"}]}"#,
                    status: 200)),
            ReplyRow(
                "an error with a good status", headers: id,
                #"{"error": {"message": "slow down", "code": 429}}"#,
                fails: CallFailure(.rateLimited, "slow down", status: 429, code: "429", requestID: "req_1")),
            ReplyRow(
                "an error as a text", #"{"error": "overloaded"}"#,
                fails: CallFailure(.unavailable, "overloaded", status: 200)),
            ReplyRow(
                "an error in the choice",
                #"{"choices": [{"message": {"content": ""}, "error": {"message": "upstream", "code": 502}}]}"#,
                fails: CallFailure(.unavailable, "upstream", status: 502, code: "502")),
        ])
    func unreadable(_ row: ReplyRow) { row.check(OpenAIChat(.compatible)) }

    // MARK: - Errors

    @Test(
        "An error becomes exactly this failure",
        arguments: [
            FailureRow(
                401,
                #"{"error": {"message": "Bad key", "type": "invalid_request_error", "code": "invalid_api_key"}}"#,
                headers: id,
                CallFailure(
                    .authentication, "Bad key", status: 401, code: "invalid_api_key", requestID: "req_1")),
            FailureRow(403, "no", CallFailure(.authentication, "no", status: 403)),
            FailureRow(
                429,
                #"{"error": {"message": "Rate limit", "type": "requests", "code": "rate_limit_exceeded"}}"#,
                CallFailure(.rateLimited, "Rate limit", status: 429, code: "rate_limit_exceeded")),
            FailureRow(
                429,
                #"{"error": {"message": "You exceeded your current quota", "type": "insufficient_quota", "code": null}}"#,
                CallFailure(
                    .quota, "You exceeded your current quota", status: 429, code: "insufficient_quota")),
            FailureRow(402, "", CallFailure(.quota, "status 402 without a message", status: 402)),
            FailureRow(
                429,
                #"{"error": {"message": "litellm.RateLimitError: x", "type": "throttling_error", "param": null, "code": "429"}}"#,
                CallFailure(.rateLimited, "litellm.RateLimitError: x", status: 429, code: "429")),
            FailureRow(
                500, #"{"error": {"message": "litellm.APIError: x", "type": null, "code": "500"}}"#,
                CallFailure(.unavailable, "litellm.APIError: x", status: 500, code: "500")),
            FailureRow(
                500, #"{"error": {"message": "m", "code": "rate_limit_exceeded"}}"#,
                CallFailure(.unavailable, "m", status: 500, code: "rate_limit_exceeded")),
            FailureRow(
                400,
                #"{"error": {"message": "litellm.UnsupportedParamsError: m does not support parameters: ['top_k']", "code": "400"}}"#,
                CallFailure(
                    .unsupported, "litellm.UnsupportedParamsError: m does not support parameters: ['top_k']",
                    status: 400, code: "400",
                    hint: "take 'top_k' out of the parameters of the prompt or the model")),
            FailureRow(
                400,
                #"{"error": {"message": "Unsupported value", "param": "temperature", "code": "unsupported_value"}}"#,
                CallFailure(
                    .unsupported, "Unsupported value", status: 400, code: "unsupported_value",
                    hint: "take 'temperature' out of the parameters of the prompt or the model")),
            FailureRow(
                400,
                #"{"error": {"message": "Unsupported parameter", "param": "max_tokens", "code": "unsupported_parameter"}}"#,
                CallFailure(
                    .unsupported, "Unsupported parameter", status: 400, code: "unsupported_parameter",
                    hint: "take 'max_tokens' out of the parameters of the prompt or the model")),
            FailureRow(
                400, #"{"error": {"message": "too long", "code": "context_length_exceeded"}}"#,
                CallFailure(.rejected, "too long", status: 400, code: "context_length_exceeded")),
            FailureRow(
                404, #"{"error": {"message": "no such model", "code": "model_not_found"}}"#,
                CallFailure(.rejected, "no such model", status: 404, code: "model_not_found")),
            FailureRow(404, #"{"detail": "Not Found"}"#, CallFailure(.rejected, "Not Found", status: 404)),
            FailureRow(
                422, #"{"object": "error", "message": "bad", "type": "BadRequestError", "code": 400}"#,
                CallFailure(.rejected, "bad", status: 422, code: "400")),
            FailureRow(408, "", CallFailure(.unavailable, "status 408 without a message", status: 408)),
            FailureRow(409, "", CallFailure(.unavailable, "status 409 without a message", status: 409)),
            FailureRow(529, "{}", CallFailure(.unavailable, "{}", status: 529)),
            FailureRow(
                502, "<html><h1>Bad Gateway</h1></html>",
                CallFailure(.unavailable, "<html><h1>Bad Gateway</h1></html>", status: 502)),
            FailureRow(
                307, "", headers: ["Location": "https://elsewhere.example"],
                CallFailure(.rejected, "status 307 without a message", status: 307)),
        ])
    func failures(_ row: FailureRow) {
        for dialect in [OpenAIChat.Dialect.openAI, .azure, .compatible] {
            #expect(throws: row.failure) { try OpenAIChat(dialect).reply(from: row.response) }
        }
    }

    @Test("A long message is cut")
    func longMessage() {
        let text = String(repeating: "x", count: 5000)
        let failure = #expect(throws: CallFailure.self) {
            try OpenAIChat(.openAI).reply(from: response(#"{"error": {"message": "\#(text)"}}"#, status: 500))
        }
        #expect((failure?.message.count ?? 5000) <= 501)
    }

    private static let filtered =
        #"""
        {"error": {"message": "The response was filtered", "code": "content_filter", "param": "prompt", "status": 400,
         "innererror": {"code": "ResponsibleAIPolicyViolation", "content_filter_result":
         {"violence": {"filtered": true, "severity": "high"}, "hate": {"filtered": false}, "sexual": {"filtered": true}}}}}
        """#

    @Test(
        "A prompt that Azure filters is a refusal there, and nowhere else",
        arguments: [
            (filtered, "The response was filtered (sexual, violence)"),
            (#"{"error": {"message": "no", "code": "content_filter"}}"#, "no"),
            (
                #"{"error": {"innererror": {"code": "ResponsibleAIPolicyViolation"}}}"#,
                "the prompt was filtered"
            ),
        ])
    func azureFilter(body: String, refusal: String) throws {
        let reply = try OpenAIChat(.azure).reply(from: response(body, status: 400))
        #expect(
            reply
                == Reply(content: nil, finishReason: "content_filter", refusal: refusal, requestID: "req_1"))
        for dialect in [OpenAIChat.Dialect.openAI, .compatible] {
            let failure = #expect(throws: CallFailure.self) {
                try OpenAIChat(dialect).reply(from: response(body, status: 400))
            }
            #expect(failure?.kind == .rejected)
        }
        // Only the status of a filtered prompt makes it one.
        #expect(throws: CallFailure.self) { try OpenAIChat(.azure).reply(from: response(body, status: 500)) }
    }
}
