import Diagnostics
public import Evals
import HTTP
import JSON

/// What Ollama's responses mean.
extension OllamaChat {
    /// Reads a whole response, or the lines of a stream.
    public func reply(from response: APIResponse) throws(CallFailure) -> Reply {
        guard (200..<300).contains(response.status) else { throw Self.failure(response) }
        var reading = Reading()
        if let events = response.events {
            for event in events {
                guard let line = try? JSONParser().parse(event.data), line.object != nil else {
                    throw CallFailure(
                        .unreadable, "a line of the stream is no JSON object", status: response.status)
                }
                try reading.add(line, response)
            }
            guard reading.end != nil else {
                throw CallFailure(
                    .connection, "the stream ended before the answer was complete", status: response.status)
            }
        } else {
            guard let body = try? JSONParser().parse(bytes: response.body), body.object != nil else {
                throw ErrorResponse.unreadable("the response is no JSON object", response)
            }
            try reading.add(body, response)
        }
        return try reading.reply(response)
    }

    /// True for lines with text, thoughts or calls of tools.
    public func isToken(_ event: ServerSentEvent) -> Bool {
        guard let message = (try? JSONParser().parse(event.data))?["message"] else { return false }
        return ["content", "thinking"].contains { !(message[$0]?.string ?? "").isEmpty }
            || !(message["tool_calls"]?.array ?? []).isEmpty
    }

    /// What has been read of an answer.
    private struct Reading {
        /// The body or line that says it is done.
        var end: JSONValue?
        private var content: String?
        private var hasThoughts = false
        private var calls: [JSONValue] = []
        private var logprobs: [JSONValue] = []

        mutating func add(_ line: JSONValue, _ response: APIResponse) throws(CallFailure) {
            if let error = line["error"]?.string {
                throw CallFailure(
                    OllamaChat.kind(of: error) ?? .unavailable, TerminalText.excerpt(error, limit: 500),
                    status: response.status)
            }
            let message = line["message"]
            if let text = message?["content"]?.string { content = (content ?? "") + text }
            if !(message?["thinking"]?.string ?? "").isEmpty { hasThoughts = true }
            for call in message?["tool_calls"]?.array ?? [] {
                let function = call["function"] ?? call
                calls.append([
                    "id": call["id"] ?? .string("call_\(calls.count + 1)"), "name": function["name"] ?? .null,
                    "arguments": ToolCallArguments.value(function["arguments"]),
                ])
            }
            logprobs += line["logprobs"]?.array ?? []
            if line["done"] == .bool(true) { end = line }
        }

        func reply(_ response: APIResponse) throws(CallFailure) -> Reply {
            let reason = end?["done_reason"]?.string
            guard let end, content != nil || !calls.isEmpty, reason != "load", reason != "unload" else {
                throw ErrorResponse.unreadable("the response has no answer in it", response)
            }
            // Beside calls, or where thoughts used up all tokens, an empty text is none.
            let isEmpty = content?.isEmpty == true && (!calls.isEmpty || (hasThoughts && reason == "length"))
            var reply = Reply(
                servedModel: end["model"]?.string, content: isEmpty ? nil : content,
                finishReason: calls.isEmpty || reason == "length" ? reason : "tool_calls", toolCalls: calls,
                logprobs: TokenLogprobs.normalized(logprobs))
            // A prompt that was in the cache is not counted: what is unknown is not zero.
            if let input = end["prompt_eval_count"]?.integer, let output = end["eval_count"]?.integer {
                reply.usage = Usage(inputTokens: input, outputTokens: output)
            }
            return reply
        }
    }

    // MARK: - Failures

    private static func failure(_ response: APIResponse) -> CallFailure {
        var failure = ErrorResponse.failure(response)
        if response.status < 500, let kind = kind(of: failure.message) { failure.kind = kind }
        if response.status == 404, failure.message.contains("not found") {
            failure.hint = "pull the model first: ollama pull MODEL"
        }
        return failure
    }

    /// `"llama2" does not support tools` is told by its words only.
    private static func kind(of message: String) -> CallFailure.Kind? {
        message.contains("does not support") ? .unsupported : nil
    }
}
