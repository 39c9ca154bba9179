public import Evals
import HTTP
import JSON

extension OpenAIChat {
    /// The first choice of the response, or the pieces of a stream.
    public func reply(from response: APIResponse) throws(CallFailure) -> Reply {
        guard (200..<300).contains(response.status) else {
            if dialect == .azure, let filtered = AzureFilter.reply(response) { return filtered }
            throw OpenAIErrors.failure(response)
        }
        if let events = response.events { return try OpenAIChatStream.reply(events, response) }
        let body = try response.object()
        // Some gateways answer an error with a good status.
        try OpenAIErrors.check(body, response)
        guard let choice = Self.choice(in: body), let message = choice["message"], message.object != nil
        else {
            throw response.unreadable("the response has no choice with a message")
        }
        try OpenAIErrors.check(choice, response)
        var reply = Reply(content: Self.text(in: message["content"]))
        reply.refusal = message["refusal"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        reply.toolCalls = Self.toolCalls(in: message)
        reply.logprobs = choice["logprobs"]?["content"]?.array.flatMap(TokenLogprobs.normalized)
        Self.describe(body, in: &reply)
        reply.requestID = response.requestID ?? reply.requestID
        let reason = choice["finish_reason"]?.string
        reply.finish(reason)
        try reply.breakSilence(in: response, reason: reason)
        return reply
    }

    /// The choice that counts where several were asked for.
    static func choice(in body: JSONValue) -> JSONValue? {
        body["choices"]?.array?.first { ($0["index"]?.integer ?? 0) == 0 }
    }

    /// Sets what a body or chunk says beside its choices.
    static func describe(_ body: JSONValue, in reply: inout Reply) {
        if let model = body["model"]?.string, !model.isEmpty { reply.servedModel = model }
        if let id = body["id"]?.string, !id.isEmpty { reply.requestID = id }
        if let tier = ServiceTier.unusual(body["service_tier"]?.string) { reply.serviceTier = tier }
        // Some servers count with every chunk: the last word holds, even when it can't be read.
        if let usage = body["usage"], !usage.isNull { reply.usage = OpenAIUsage.normalized(usage) }
    }

    /// A text, or those of a list of parts; nil when there is none.
    ///
    /// What a model thought is no part of it.
    static func text(in content: JSONValue?) -> String? {
        guard let parts = content?.array else { return content?.string }
        let texts = parts.compactMap { part -> String? in
            switch part["type"]?.string {
            case nil, "text", "output_text": part["text"]?.string ?? part.string
            default: nil
            }
        }
        return texts.isEmpty ? nil : texts.joined()
    }

    /// The calls of a message, the one of the older `function_call` among them.
    private static func toolCalls(in message: JSONValue) -> [JSONValue] {
        var written = message["tool_calls"]?.array ?? []
        if let function = message["function_call"], !function.isNull {
            written.append(["function": function])
        }
        return written.enumerated().map { ToolCall($1, number: $0 + 1).json }
    }

    /// True for a chunk with text, reasoning or a piece of a tool call.
    public func isToken(_ event: ServerSentEvent) -> Bool {
        guard event.data.hasPrefix("{"), let chunk = try? JSONParser().parse(event.data),
            let delta = Self.choice(in: chunk)?["delta"]
        else { return false }
        let texts = ["reasoning", "reasoning_content", "refusal"]
        return Self.text(in: delta["content"])?.isEmpty == false
            || texts.contains { delta[$0]?.string?.isEmpty == false }
            || delta["tool_calls"]?.array?.isEmpty == false || delta["function_call"]?.object != nil
    }
}
