import Evals
import JSON

/// Puts the chunks of a streamed Chat Completion together.
enum OpenAIChatStream {
    private struct PartialCall {
        var id: String?
        var name = ""
        var arguments = ""
    }

    /// The whole reply; a stream without its end is a failure.
    static func reply(_ events: [ServerSentEvent]) throws(CallFailure) -> Reply {
        var reply = Reply(content: nil)
        var (content, refusal): (String?, String?) = (nil, nil)
        var calls: [Int: PartialCall] = [:]
        var logprobs: [JSONValue] = []
        var hasEnded = false
        for event in events {
            if event.data == "[DONE]" {
                hasEnded = true
                break
            }
            guard let chunk = try? JSONParser().parse(event.data) else {
                throw CallFailure(.unreadable, "an event of the stream is no JSON", status: 200)
            }
            if let error = chunk["error"], !error.isNull {
                let status = error["code"]?.integer ?? Int(error["code"]?.string ?? "") ?? 500
                throw OpenAIErrors.failure(
                    APIResponse(status: status, body: JSONWriter.compact.bytes(of: chunk)))
            }
            OpenAIChat.describe(chunk, in: &reply)
            guard let choice = chunk["choices"]?.array?.first(where: { ($0["index"]?.integer ?? 0) == 0 })
            else {
                continue
            }
            if let reason = choice["finish_reason"]?.string {
                reply.finishReason = OpenAIChat.finishReason(reason)
                hasEnded = true
            }
            if let tokens = choice["logprobs"]?["content"]?.array { logprobs += tokens }
            let delta = choice["delta"]
            if let piece = delta?["content"]?.string { content = (content ?? "") + piece }
            if let piece = delta?["refusal"]?.string { refusal = (refusal ?? "") + piece }
            for call in delta?["tool_calls"]?.array ?? [] {
                let index = call["index"]?.integer ?? calls.count
                var partial = calls[index] ?? PartialCall()
                if let id = call["id"]?.string { partial.id = id }
                partial.name += call["function"]?["name"]?.string ?? ""
                partial.arguments += call["function"]?["arguments"]?.string ?? ""
                calls[index] = partial
            }
        }
        guard hasEnded else {
            throw CallFailure(.connection, "the stream broke off before its end", status: 200)
        }
        reply.toolCalls = calls.sorted { $0.key < $1.key }.map {
            OpenAIToolCalls.call(id: $0.value.id, $0.value.name, .string($0.value.arguments))
        }
        // A first chunk often says "" before refusals and tool calls.
        let isSilent = content?.isEmpty == true && (refusal != nil || !reply.toolCalls.isEmpty)
        reply.content = isSilent ? nil : content
        reply.refusal = refusal
        reply.logprobs = TokenLogprobs.normalized(logprobs)
        try OpenAIChat.check(reply, status: 200)
        return reply
    }
}
