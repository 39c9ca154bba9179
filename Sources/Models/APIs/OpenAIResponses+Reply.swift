import Diagnostics
import HTTP
public import Evals
import JSON

/// What responses of the API mean.
extension OpenAIResponses {
    /// Reads a whole response, or the events of a stream.
    public func reply(from response: APIResponse) throws(CallFailure) -> Reply {
        guard (200..<300).contains(response.status) else { throw Self.failure(response) }
        if let events = response.events {
            return try Self.reply(
                try ResponsesStream.response(events, requestID: Self.requestID(response)), response)
        }
        guard let body = try? JSONParser().parse(bytes: response.body), body.object != nil else {
            throw ErrorResponse.unreadable("the response is no JSON object", response)
        }
        return try Self.reply(body, response)
    }

    /// True for pieces of text, refusal, reasoning and arguments.
    public func isToken(_ event: ServerSentEvent) -> Bool {
        guard let type = event.type ?? (try? JSONParser().parse(event.data))?["type"]?.string else {
            return false
        }
        return ResponsesStream.tokenTypes.contains(type)
    }

    private static func requestID(_ response: APIResponse) -> String? { response.headers["x-request-id"] }

    private static func reply(_ body: JSONValue, _ response: APIResponse) throws(CallFailure) -> Reply {
        let status = body["status"]?.string ?? "completed"
        switch status {
        case "completed", "incomplete": break
        case "failed", "cancelled":
            throw failure(
                body["error"] ?? .null, else: "the response has the status '\(status)'", requestID(response))
        default:
            throw ErrorResponse.unreadable(
                "the response has the status '\(TerminalText.excerpt(status, limit: 40))' and no answer yet",
                response)
        }
        var reply = Reply(
            servedModel: body["model"]?.string, content: nil, usage: usage(body["usage"]),
            requestID: requestID(response) ?? body["id"]?.string,
            serviceTier: tier(body["service_tier"]?.string))
        read(body["output"]?.array ?? [], into: &reply)
        if status == "incomplete" {
            let reason = body["incomplete_details"]?["reason"]?.string
            reply.finishReason = reason == "max_output_tokens" ? "length" : reason
        } else {
            guard reply.content != nil || reply.refusal != nil || !reply.toolCalls.isEmpty else {
                throw ErrorResponse.unreadable("the response has no answer in it", response)
            }
            reply.finishReason = reply.toolCalls.isEmpty ? "stop" : "tool_calls"
        }
        return reply
    }

    private static func read(_ output: [JSONValue], into reply: inout Reply) {
        var logprobs: [JSONValue] = []
        for item in output {
            switch item["type"]?.string {
            case "message":
                for part in item["content"]?.array ?? [] {
                    if let text = part["text"]?.string, part["type"]?.string == "output_text" {
                        reply.content = (reply.content ?? "") + text
                        logprobs += part["logprobs"]?.array ?? []
                    } else if let refusal = part["refusal"]?.string {
                        reply.refusal = (reply.refusal ?? "") + refusal
                    }
                }
            case "function_call":
                reply.toolCalls.append([
                    "id": item["call_id"] ?? item["id"] ?? .null, "name": item["name"] ?? .null,
                    "arguments": ToolCallArguments.value(item["arguments"]),
                ])
            default: break
            }
        }
        reply.logprobs = TokenLogprobs.normalized(logprobs)
    }

    private static func usage(_ usage: JSONValue?) -> Usage? {
        guard let input = usage?["input_tokens"]?.integer, let output = usage?["output_tokens"]?.integer
        else {
            return nil
        }
        let details = usage?["input_tokens_details"]
        return Usage(
            inputTokens: input, outputTokens: output,
            cacheReadTokens: details?["cached_tokens"]?.integer ?? 0,
            cacheWriteTokens: details?["cache_write_tokens"]?.integer ?? 0,
            reasoningTokens: usage?["output_tokens_details"]?["reasoning_tokens"]?.integer ?? 0)
    }

    private static func tier(_ tier: String?) -> String? {
        switch tier {
        case "default", "auto", "standard": nil
        default: tier
        }
    }

    // MARK: - Failures

    /// The failure that a status of no success tells.
    private static func failure(_ response: APIResponse) -> CallFailure {
        var failure = ErrorResponse.failure(response)
        let error = (try? JSONParser().parse(bytes: response.body))?["error"]
        if let kind = kind(code: failure.code) ?? kind(code: error?["type"]?.string) {
            // A gateway's 5xx that speaks of a limit is trouble all the same: the status decides but for these.
            if kind == .quota || failure.kind == .rejected { failure.kind = kind }
        }
        if failure.kind == .unsupported, let parameter = error?["param"]?.string {
            failure.hint =
                "take '\(TerminalText.excerpt(parameter, limit: 60))' out of the parameters of the prompt or the model"
        }
        return failure
    }

    /// The failure of a response with a good status that holds an error.
    static func failure(_ error: JSONValue, else message: String, _ requestID: String?) -> CallFailure {
        let code = error["code"]?.string ?? error["type"]?.string
        let text = error["message"]?.string ?? error.string ?? message
        return CallFailure(
            kind(code: code) ?? .unavailable, TerminalText.excerpt(text, limit: 500), status: 200, code: code,
            requestID: requestID)
    }

    private static func kind(code: String?) -> CallFailure.Kind? {
        switch code {
        case "insufficient_quota", "billing_hard_limit_reached", "billing_not_active": .quota
        case "unsupported_value", "unsupported_parameter", "unknown_parameter": .unsupported
        case "rate_limit_exceeded": .rateLimited
        case "invalid_api_key": .authentication
        case "server_error", "vector_store_timeout", nil: nil
        case let code?
        where code.hasPrefix("invalid_") || code.hasPrefix("image_") || code.hasSuffix("_policy")
            || code.hasSuffix("_policy_violation"):
            .rejected
        default: nil
        }
    }
}
