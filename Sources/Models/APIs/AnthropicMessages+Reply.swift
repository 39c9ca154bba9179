public import Evals
import HTTP
import JSON

extension AnthropicMessages {
    /// The text, calls and refusal of a message, or of a stream of its pieces.
    public func reply(from response: APIResponse) throws(CallFailure) -> Reply {
        guard (200..<300).contains(response.status) else { throw Self.failure(response) }
        let message: JSONValue
        if let events = response.events {
            message = try AnthropicStream.message(events, response)
        } else {
            message = try response.object()
        }
        guard let blocks = message["content"]?.array else {
            // Some gateways answer an error with a good status.
            if message["error"] != nil { throw Self.failure(message, response) }
            throw response.unreadable("the response has no content")
        }
        var reply = Reply(content: nil)
        reply.servedModel = message["model"]?.string
        reply.requestID = response.requestID ?? message["id"]?.string
        reply.usage = Self.usage(message["usage"])
        reply.serviceTier = ServiceTier.unusual(message["usage"]?["service_tier"]?.string)
        let texts = blocks.filter { $0["type"]?.string == "text" }.compactMap { $0["text"]?.string }
        reply.toolCalls = blocks.filter { $0["type"]?.string == "tool_use" }.enumerated().map {
            place, block in
            ToolCall(
                id: block["id"]?.string, name: block["name"]?.string, arguments: block["input"],
                number: place + 1
            ).json
        }
        if !texts.isEmpty { reply.content = texts.joined() }
        reply.finish(message["stop_reason"]?.string)
        if message["stop_reason"]?.string == "refusal" {
            reply.refusal = Self.refusal(message["stop_details"])
        }
        try reply.breakSilence(in: response, reason: message["stop_reason"]?.string)
        return reply
    }

    /// True for a piece of text, thinking or of a tool's arguments.
    public func isToken(_ event: ServerSentEvent) -> Bool {
        if let type = event.type, type != "content_block_delta" { return false }
        guard let delta = (try? JSONParser().parse(event.data))?["delta"] else { return false }
        switch delta["type"]?.string {
        case "text_delta": return delta["text"]?.string?.isEmpty == false
        case "thinking_delta": return delta["thinking"]?.string?.isEmpty == false
        case "input_json_delta": return delta["partial_json"]?.string?.isEmpty == false
        default: return false
        }
    }

    /// The failure that a body with an error tells, by its type; the status decides where the type is unknown.
    static func failure(_ body: JSONValue?, _ response: APIResponse) -> CallFailure {
        let said = ErrorBody(body)
        var failure = said.failure(of: response)
        failure.code = body?["error"]?["details"]?["error_code"]?.string ?? said.type
        failure.requestID = failure.requestID ?? body?["request_id"]?.string
        if let kind = kind(type: said.type) { failure.kind = kind }
        let text = (said.message ?? "").lowercased()
        if text.contains("credit balance") || text.contains("usage limits")
            || failure.code?.contains("spend_limit") == true
        {
            failure.kind = .quota
        } else if failure.kind == .rejected, let parameter = said.unsupportedParameter(parameterNames) {
            failure.blame(parameter: parameter)
        }
        return failure
    }

    private static func failure(_ response: APIResponse) -> CallFailure {
        failure(try? JSONParser().parse(bytes: response.body), response)
    }

    private static func kind(type: String?) -> CallFailure.Kind? {
        switch type {
        case "rate_limit_error": .rateLimited
        case "overloaded_error", "api_error", "timeout_error", "conflict_error": .unavailable
        case "authentication_error", "permission_error": .authentication
        case "billing_error": .quota
        case "not_found_error", "invalid_request_error", "request_too_large": .rejected
        default: nil
        }
    }

    private static let parameterNames: [(api: String, file: String)] = [
        ("temperature", "temperature"), ("top_p", "top_p"), ("top_k", "top_k"),
        ("budget_tokens", "thinking"), ("thinking", "thinking"), ("effort", "reasoning_effort"),
        ("output_config.format", "output_schema"), ("output_format", "output_schema"),
        ("structured output", "output_schema"), ("tool_choice", "tool_choice"), ("stop_sequences", "stop"),
    ]

    private static func refusal(_ details: JSONValue?) -> String {
        if let explanation = details?["explanation"]?.string, !explanation.isEmpty { return explanation }
        let category = details?["category"]?.string.map { " (\($0))" } ?? ""
        return "the provider's safety system refused the request" + category
    }

    /// Cached tokens stand beside the input and are added to it; thinking is a part of the output already.
    private static func usage(_ usage: JSONValue?) -> Usage? {
        guard let usage, let fresh = TokenCount.count(usage["input_tokens"]),
            let output = TokenCount.count(usage["output_tokens"]),
            let read = TokenCount.optional(usage["cache_read_input_tokens"]),
            let written = TokenCount.optional(usage["cache_creation_input_tokens"]),
            let thinking = TokenCount.optional("thinking_tokens", in: usage["output_tokens_details"]),
            let input = TokenCount.total(fresh, read, written)
        else { return nil }
        return Usage(
            inputTokens: input, outputTokens: output, cacheReadTokens: read, cacheWriteTokens: written,
            reasoningTokens: thinking)
    }
}
