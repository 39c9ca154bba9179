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
                try reading.add(try response.object(in: event), response)
            }
            guard reading.end != nil else { throw response.brokenStream }
        } else {
            try reading.add(try response.object(), response)
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
        private var calls: [JSONValue] = []
        private var logprobs: [JSONValue] = []

        mutating func add(_ line: JSONValue, _ response: APIResponse) throws(CallFailure) {
            if let error = line["error"], !error.isNull {
                throw OllamaChat.failure(ErrorBody(line), response)
            }
            let message = line["message"]
            if let text = message?["content"]?.string { content = (content ?? "") + text }
            for call in message?["tool_calls"]?.array ?? [] {
                calls.append(ToolCall(call, number: calls.count + 1).json)
            }
            logprobs += line["logprobs"]?.array ?? []
            if line["done"] == .bool(true) { end = line }
        }

        func reply(_ response: APIResponse) throws(CallFailure) -> Reply {
            let reason = end?["done_reason"]?.string
            guard let end, reason != "load", reason != "unload" else {
                throw response.unreadable("the response has no answer in it")
            }
            var reply = Reply(
                servedModel: end["model"]?.string, content: content, toolCalls: calls,
                logprobs: TokenLogprobs.normalized(logprobs), requestID: response.requestID)
            reply.finish(reason)
            try reply.breakSilence(in: response, reason: reason)
            // A prompt that was in the cache is not counted: what is unknown is not zero.
            if let input = TokenCount.count(end["prompt_eval_count"]),
                let output = TokenCount.count(end["eval_count"])
            {
                reply.usage = Usage(inputTokens: input, outputTokens: output)
            }
            return reply
        }
    }

    // MARK: - Failures

    /// The failure that a status of no success tells.
    static func failure(_ response: APIResponse) -> CallFailure {
        failure(ErrorBody(response), response)
    }

    /// The failure that a body with an error tells.
    static func failure(_ said: ErrorBody, _ response: APIResponse) -> CallFailure {
        var failure = said.failure(of: response)
        // `"llama2" does not support tools` is told by its words only.
        if response.status < 500, said.message?.contains("does not support") == true {
            failure.kind = .unsupported
        }
        if response.status == 404, said.message?.contains("not found") == true {
            failure.hint = "pull the model first: ollama pull MODEL"
        }
        return failure
    }
}
