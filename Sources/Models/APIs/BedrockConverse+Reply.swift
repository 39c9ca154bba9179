public import Evals
import HTTP
import JSON

extension BedrockConverse {
    /// The text, calls and refusal of the model's message.
    public func reply(from response: APIResponse) throws(CallFailure) -> Reply {
        guard (200..<300).contains(response.status) else { throw BedrockErrors.failure(response) }
        guard response.events == nil else {
            throw response.unreadable("the response is a stream, and none was asked for")
        }
        let body = try response.object()
        var reply = Reply(content: nil)
        reply.requestID = response.requestID
        reply.servedModel = body["trace"]?["promptRouter"]?["invokedModelId"]?.string
        reply.usage = Self.usage(body["usage"])
        reply.serviceTier = ServiceTier.unusual(body["serviceTier"]?["type"]?.string)
        let blocks = body["output"]?["message"]?["content"]?.array ?? []
        let texts = blocks.flatMap(Self.texts)
        if !texts.isEmpty { reply.content = texts.joined() }
        let uses = blocks.compactMap { $0["toolUse"] }.filter { $0["type"]?.string != "server_tool_use" }
        reply.toolCalls = uses.enumerated().map { place, use in
            ToolCall(
                id: use["toolUseId"]?.string, name: use["name"]?.string, arguments: use["input"],
                number: place + 1
            ).json
        }
        let reason = body["stopReason"]?.string
        reply.finish(reason)
        if reply.finishReason == "content_filter" { Self.refuse(&reply, body, reason: reason ?? "") }
        try reply.breakSilence(in: response, reason: reason)
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

    /// Cached tokens stand beside the input and are added to it.
    private static func usage(_ usage: JSONValue?) -> Usage? {
        guard let usage, let fresh = TokenCount.count(usage["inputTokens"]),
            let output = TokenCount.count(usage["outputTokens"]),
            let read = TokenCount.optional(usage["cacheReadInputTokens"]),
            let written = TokenCount.optional(usage["cacheWriteInputTokens"]),
            let input = TokenCount.total(fresh, read, written)
        else { return nil }
        return Usage(
            inputTokens: input, outputTokens: output, cacheReadTokens: read, cacheWriteTokens: written)
    }
}
