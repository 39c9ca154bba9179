import Evals
import JSON

/// Puts the chunks of a streamed Chat Completion together.
struct OpenAIChatStream {
    private struct PartialCall {
        var id: String?
        var name = ""
        var arguments = ""
    }

    private var reply = Reply(content: nil)
    private var refusal = ""
    private var calls: [Int: PartialCall] = [:]
    private var logprobs: [JSONValue] = []
    private var reason: String?
    private var hasEnded = false

    /// The whole reply; a stream without its end is a failure.
    static func reply(_ events: [ServerSentEvent], _ response: APIResponse) throws(CallFailure) -> Reply {
        var stream = OpenAIChatStream()
        for event in events {
            if event.data == "[DONE]" {
                stream.hasEnded = true
                break
            }
            let chunk = try response.object(in: event)
            try OpenAIErrors.check(chunk, response)
            stream.add(chunk)
        }
        guard stream.hasEnded else { throw response.brokenStream }
        return try stream.finished(response)
    }

    private mutating func add(_ chunk: JSONValue) {
        OpenAIChat.describe(chunk, in: &reply)
        guard let choice = OpenAIChat.choice(in: chunk) else { return }
        if let word = choice["finish_reason"]?.string {
            reason = word
            hasEnded = true
        }
        logprobs += choice["logprobs"]?["content"]?.array ?? []
        guard let delta = choice["delta"] else { return }
        if let piece = OpenAIChat.text(in: delta["content"]) { reply.content = (reply.content ?? "") + piece }
        refusal += delta["refusal"]?.string ?? ""
        for piece in delta["tool_calls"]?.array ?? [] { add(piece: piece) }
        if let function = delta["function_call"], !function.isNull {
            add(piece: ["index": 0, "function": function])
        }
    }

    /// Adds a piece of a call; one without a number begins a call when it has an id, else goes on with the last.
    private mutating func add(piece: JSONValue) {
        let id = piece["id"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        let last = calls.keys.max() ?? -1
        // A number that no list of calls has is taken as none.
        let written = piece["index"]?.integer.flatMap { (0..<10_000).contains($0) ? $0 : nil }
        let index = written ?? (id == nil ? max(last, 0) : last + 1)
        var call = calls[index] ?? PartialCall()
        call.id = id ?? call.id
        call.name += piece["function"]?["name"]?.string ?? ""
        let arguments = piece["function"]?["arguments"]
        call.arguments += arguments?.string ?? arguments.flatMap { $0.object != nil ? "\($0)" : nil } ?? ""
        calls[index] = call
    }

    private func finished(_ response: APIResponse) throws(CallFailure) -> Reply {
        var reply = reply
        reply.requestID = response.requestID ?? reply.requestID
        reply.toolCalls = calls.sorted { $0.key < $1.key }.enumerated().map { place, call in
            ToolCall(
                id: call.value.id, name: call.value.name, arguments: .string(call.value.arguments),
                number: place + 1
            ).json
        }
        reply.refusal = refusal.isEmpty ? nil : refusal
        reply.logprobs = TokenLogprobs.normalized(logprobs)
        reply.finish(reason)
        try reply.breakSilence(in: response, reason: reason)
        return reply
    }
}
