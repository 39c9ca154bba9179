public import Evals
import HTTP
import JSON

extension AnthropicMessages {
    /// The text, calls and refusal of a message, or of a stream of its pieces.
    public func reply(from response: APIResponse) throws(CallFailure) -> Reply {
        if response.status >= 400 { throw Self.failure(response) }
        let message: JSONValue
        if let events = response.events {
            message = try AnthropicStream.message(events, response)
        } else {
            message = try ProviderTrouble.json(of: response)
        }
        guard let blocks = message["content"]?.array else {
            // Some gateways answer an error with a good status.
            if message["error"] != nil { throw Self.failure(message, response) }
            throw CallFailure(
                .unreadable, "the response has no content", status: response.status,
                requestID: Self.requestID(response))
        }
        var reply = Reply(content: nil)
        reply.servedModel = message["model"]?.string
        reply.requestID = Self.requestID(response) ?? message["id"]?.string
        reply.finishReason = Self.finishReason(message["stop_reason"]?.string)
        reply.usage = Self.usage(message["usage"])
        if let tier = message["usage"]?["service_tier"]?.string, tier != "standard" {
            reply.serviceTier = tier
        }
        let texts = blocks.filter { $0["type"]?.string == "text" }.compactMap { $0["text"]?.string }
        reply.toolCalls = blocks.filter { $0["type"]?.string == "tool_use" }.map(Self.toolCall)
        if !texts.isEmpty { reply.content = texts.joined() }
        if message["stop_reason"]?.string == "refusal" {
            reply.refusal = Self.refusal(message["stop_details"])
            if reply.content?.isEmpty == true { reply.content = nil }
        }
        guard reply.content == nil, reply.toolCalls.isEmpty, reply.refusal == nil else { return reply }
        // All tokens may have gone into thinking: then the answer is there, and empty.
        guard reply.finishReason == "length" else {
            throw CallFailure(
                .unreadable, "the response has neither text nor tool calls nor a refusal",
                status: response.status, requestID: reply.requestID)
        }
        reply.content = ""
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
        let error = body?["error"]
        let type = error?["type"]?.string
        let text = error?["message"]?.string ?? error?.string ?? body?["message"]?.string
        let code = error?["details"]?["error_code"]?.string
        var failure = CallFailure(
            kind(type: type, status: response.status), ProviderTrouble.message(text, of: response),
            status: response.status, code: code ?? type,
            requestID: requestID(response) ?? body?["request_id"]?.string)
        let said = (text ?? "").lowercased()
        if said.contains("credit balance") || said.contains("usage limits")
            || code?.contains("spend_limit") == true
        {
            failure.kind = .quota
        } else if failure.kind == .rejected,
            let parameter = ProviderTrouble.unsupportedParameter(in: said, names: parameterNames)
        {
            failure.kind = .unsupported
            failure.hint = ProviderTrouble.hint(toDrop: parameter)
        }
        return failure
    }

    private static func failure(_ response: APIResponse) -> CallFailure {
        failure(try? JSONParser().parse(bytes: response.body), response)
    }

    private static func kind(type: String?, status: Int) -> CallFailure.Kind {
        switch type {
        case "rate_limit_error": .rateLimited
        case "overloaded_error", "api_error", "timeout_error", "conflict_error": .unavailable
        case "authentication_error", "permission_error": .authentication
        case "billing_error": .quota
        case "not_found_error", "invalid_request_error", "request_too_large": .rejected
        // An error with a good status can only be the provider's trouble.
        default: status < 400 ? .unavailable : ProviderTrouble.kind(ofStatus: status)
        }
    }

    private static let parameterNames: [(api: String, file: String)] = [
        ("temperature", "temperature"), ("top_p", "top_p"), ("top_k", "top_k"),
        ("budget_tokens", "thinking"), ("thinking", "thinking"), ("effort", "reasoning_effort"),
        ("output_config.format", "output_schema"), ("output_format", "output_schema"),
        ("structured output", "output_schema"), ("tool_choice", "tool_choice"), ("stop_sequences", "stop"),
    ]

    private static func requestID(_ response: APIResponse) -> String? { response.headers["request-id"] }

    /// The shared name of a reason; an unknown one is left out rather than passed off as another.
    private static func finishReason(_ reason: String?) -> String? {
        switch reason {
        case "end_turn", "stop_sequence": "stop"
        // A paused turn is one that its limits cut off.
        case "max_tokens", "model_context_window_exceeded", "pause_turn": "length"
        case "tool_use": "tool_calls"
        case "refusal": "content_filter"
        default: nil
        }
    }

    private static func refusal(_ details: JSONValue?) -> String {
        if let explanation = details?["explanation"]?.string, !explanation.isEmpty { return explanation }
        let category = details?["category"]?.string.map { " (\($0))" } ?? ""
        return "the provider's safety system refused the request" + category
    }

    private static func toolCall(_ block: JSONValue) -> JSONValue {
        var call = JSONObject()
        if let id = block["id"] { call["id"] = id }
        call["name"] = block["name"] ?? ""
        call["arguments"] = block["input"] ?? [:]
        return .object(call)
    }

    /// Cached tokens stand beside the input and are added to it; thinking is a part of the output already.
    private static func usage(_ usage: JSONValue?) -> Usage? {
        guard let usage, usage["input_tokens"]?.integer != nil || usage["output_tokens"]?.integer != nil
        else {
            return nil
        }
        let read = ProviderTrouble.count(usage["cache_read_input_tokens"])
        let written = ProviderTrouble.count(usage["cache_creation_input_tokens"])
        return Usage(
            inputTokens: ProviderTrouble.count(usage["input_tokens"]) + read + written,
            outputTokens: ProviderTrouble.count(usage["output_tokens"]), cacheReadTokens: read,
            cacheWriteTokens: written,
            reasoningTokens: ProviderTrouble.count(usage["output_tokens_details"]?["thinking_tokens"]))
    }
}
