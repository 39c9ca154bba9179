public import Evals
import HTTP
import JSON

extension BedrockConverse {
    /// The text, calls and refusal of the model's message.
    public func reply(from response: APIResponse) throws(CallFailure) -> Reply {
        if response.status >= 400 { throw BedrockErrors.failure(response) }
        let requestID = response.headers["x-amzn-requestid"]
        guard response.events == nil else {
            throw CallFailure(
                .unreadable, "the response is a stream, and none was asked for", status: response.status,
                requestID: requestID)
        }
        let body = try ProviderTrouble.json(of: response)
        var reply = Reply(content: nil)
        reply.requestID = requestID
        reply.servedModel = body["trace"]?["promptRouter"]?["invokedModelId"]?.string
        reply.usage = Self.usage(body["usage"])
        if let tier = body["serviceTier"]?["type"]?.string, tier != "default" { reply.serviceTier = tier }
        let blocks = body["output"]?["message"]?["content"]?.array ?? []
        let texts = blocks.flatMap(Self.texts)
        if !texts.isEmpty { reply.content = texts.joined() }
        reply.toolCalls = blocks.compactMap { block in
            guard let use = block["toolUse"], use["type"]?.string != "server_tool_use" else { return nil }
            return Self.toolCall(use)
        }
        let reason = body["stopReason"]?.string
        reply.finishReason = Self.finishReason(reason)
        if reply.finishReason == "content_filter" { Self.refuse(&reply, body, reason: reason ?? "") }
        guard reply.content == nil, reply.toolCalls.isEmpty, reply.refusal == nil else { return reply }
        // All tokens may have gone into reasoning: then the answer is there, and empty.
        guard reply.finishReason == "length" else {
            let why = reason.map { ": the provider says \($0)" } ?? ""
            throw CallFailure(
                .unreadable,
                ProviderTrouble.excerpt("the response has neither text nor tool calls" + why),
                status: response.status, requestID: requestID)
        }
        reply.content = ""
        return reply
    }

    /// False: the answer comes in one piece.
    public func isToken(_ event: ServerSentEvent) -> Bool { false }

    /// The text of a block; a text with sources is a list of its own.
    private static func texts(_ block: JSONValue) -> [String] {
        if let text = block["text"]?.string { return [text] }
        return (block["citationsContent"]?["content"]?.array ?? []).compactMap { $0["text"]?.string }
    }

    /// Makes a refusal of a filtered answer: the text is then the guardrail's, not the model's.
    ///
    /// A guardrail that only masks personal data leaves an answer, which its trace tells, if it was asked for.
    private static func refuse(_ reply: inout Reply, _ body: JSONValue, reason: String) {
        let isGuardrail = reason == "guardrail_intervened"
        if isGuardrail, let trace = body["trace"]?["guardrail"], reply.content?.isEmpty == false {
            let actions = actions(in: trace)
            if actions.contains("ANONYMIZED"), !actions.contains("BLOCKED") { return }
        }
        let text = reply.content ?? ""
        if isGuardrail, !text.isEmpty {
            reply.refusal = text
            reply.content = nil
        } else {
            reply.refusal = "the provider filtered the answer (\(reason))"
            if text.isEmpty { reply.content = nil }
        }
    }

    /// What the policies of a guardrail did, wherever they say so.
    private static func actions(in value: JSONValue, depth: Int = 0) -> Set<String> {
        guard depth < 16 else { return [] }
        var found: Set<String> = []
        for (name, member) in value.object ?? [:] {
            if name == "action", let action = member.string { found.insert(action) }
            found.formUnion(actions(in: member, depth: depth + 1))
        }
        for element in value.array ?? [] { found.formUnion(actions(in: element, depth: depth + 1)) }
        return found
    }

    /// The shared name of a reason; an unknown one is left out rather than passed off as another.
    private static func finishReason(_ reason: String?) -> String? {
        switch reason {
        case "end_turn", "stop_sequence": "stop"
        case "max_tokens", "model_context_window_exceeded": "length"
        case "tool_use": "tool_calls"
        case "guardrail_intervened", "content_filtered": "content_filter"
        default: nil
        }
    }

    private static func toolCall(_ use: JSONValue) -> JSONValue {
        var call = JSONObject()
        if let id = use["toolUseId"] { call["id"] = id }
        call["name"] = use["name"] ?? ""
        call["arguments"] = use["input"] ?? [:]
        return .object(call)
    }

    /// Cached tokens stand beside the input and are added to it.
    private static func usage(_ usage: JSONValue?) -> Usage? {
        guard let usage, usage["inputTokens"]?.integer != nil || usage["outputTokens"]?.integer != nil else {
            return nil
        }
        let read = ProviderTrouble.count(usage["cacheReadInputTokens"])
        let written = ProviderTrouble.count(usage["cacheWriteInputTokens"])
        return Usage(
            inputTokens: ProviderTrouble.count(usage["inputTokens"]) + read + written,
            outputTokens: ProviderTrouble.count(usage["outputTokens"]), cacheReadTokens: read,
            cacheWriteTokens: written)
    }
}
