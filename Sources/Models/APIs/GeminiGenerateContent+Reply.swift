import Diagnostics
public import Evals
import HTTP
import JSON

extension GeminiGenerateContent {
    /// The first candidate of a response, or the chunks of a stream put together.
    public func reply(from response: APIResponse) throws(CallFailure) -> Reply {
        guard (200..<300).contains(response.status) else { throw GeminiErrors.failure(response) }
        let body: JSONValue
        if let events = response.events {
            body = try GeminiStream.body(events, response)
        } else {
            body = try response.object()
        }
        // Some gateways answer an error with a good status.
        if let error = body["error"], !error.isNull { throw GeminiErrors.failure(body, response) }
        var reply = Reply(content: nil)
        reply.servedModel = body["modelVersion"]?.string
        reply.requestID = body["responseId"]?.string ?? response.requestID
        reply.usage = Self.usage(body)
        reply.serviceTier = ServiceTier.unusual(
            body["usageMetadata"]?["serviceTier"]?.string ?? response.headers["x-gemini-service-tier"])
        guard let candidate = body["candidates"]?.array?.first else {
            guard let reason = body["promptFeedback"]?["blockReason"]?.string else {
                throw response.unreadable(
                    "the response has neither a candidate nor a reason for blocking the prompt",
                    requestID: reply.requestID)
            }
            reply.finishReason = "content_filter"
            reply.refusal = Self.refusal(
                "the provider blocked the prompt (\(reason))", body["promptFeedback"]?["blockReasonMessage"])
            return reply
        }
        let parts = (candidate["content"]?["parts"]?.array ?? []).filter { $0["thought"] != true }
        let texts = parts.compactMap { $0["text"]?.string }
        if !texts.isEmpty { reply.content = texts.joined() }
        // This API gives ids only sometimes.
        reply.toolCalls = parts.compactMap { $0["functionCall"] }.enumerated().map { place, call in
            ToolCall(
                id: call["id"]?.string, name: call["name"]?.string, arguments: call["args"], number: place + 1
            ).json
        }
        reply.logprobs = Self.logprobs(candidate["logprobsResult"])
        try Self.finish(&reply, candidate, response)
        return reply
    }

    /// Sets why the answer ended, and refuses a reply in which nothing is said.
    private static func finish(
        _ reply: inout Reply, _ candidate: JSONValue, _ response: APIResponse
    ) throws(CallFailure) {
        let reason = candidate["finishReason"]?.string
        reply.finish(reason)
        if reply.finishReason == "content_filter", let reason {
            reply.refusal = refusal(
                "the provider stopped the answer (\(reason))", candidate["finishMessage"])
        }
        try reply.breakSilence(in: response, reason: reason, note: candidate["finishMessage"]?.string)
    }

    /// True for a chunk with text, thoughts or a function call.
    public func isToken(_ event: ServerSentEvent) -> Bool {
        guard let chunk = try? JSONParser().parse(event.data),
            let parts = chunk["candidates"]?.array?.first?["content"]?["parts"]?.array
        else { return false }
        return parts.contains { $0["text"]?.string?.isEmpty == false || $0["functionCall"] != nil }
    }

    private static func refusal(_ summary: String, _ message: JSONValue?) -> String {
        let details = message?.string.map { ": \($0)" } ?? ""
        return TerminalText.excerpt(summary + details, limit: 500)
    }

    /// Thoughts stand beside the answer's tokens, and results of tools beside the prompt's: both are added.
    private static func usage(_ body: JSONValue) -> Usage? {
        guard let usage = body["usageMetadata"], let prompt = TokenCount.count(usage["promptTokenCount"]),
            let thoughts = TokenCount.optional(usage["thoughtsTokenCount"]),
            let toolUse = TokenCount.optional(usage["toolUsePromptTokenCount"]),
            let cached = TokenCount.optional(usage["cachedContentTokenCount"])
        else { return nil }
        // The answer's count is left out when nothing was generated: then the total is the prompt's.
        let isSilent =
            thoughts == 0 && toolUse == 0 && prompt == TokenCount.count(usage["totalTokenCount"])
            && !saysSomething(body)
        let answer =
            isSilent
            ? TokenCount.optional(usage["candidatesTokenCount"])
            : TokenCount.count(usage["candidatesTokenCount"])
        guard let answer, let input = TokenCount.total(prompt, toolUse),
            let output = TokenCount.total(answer, thoughts)
        else { return nil }
        return Usage(
            inputTokens: input, outputTokens: output, cacheReadTokens: cached, reasoningTokens: thoughts)
    }

    /// True when a part other than an empty text was generated.
    private static func saysSomething(_ body: JSONValue) -> Bool {
        (body["candidates"]?.array ?? []).contains { candidate in
            (candidate["content"]?["parts"]?.array ?? []).contains { $0["text"]?.string?.isEmpty != true }
        }
    }

    /// The chosen tokens, each with the likeliest ones at its place.
    private static func logprobs(_ result: JSONValue?) -> JSONValue? {
        guard let chosen = result?["chosenCandidates"]?.array else { return nil }
        let top = result?["topCandidates"]?.array ?? []
        return .array(
            chosen.enumerated().map { place, token in
                var members = entry(token)
                let likeliest = top.indices.contains(place) ? top[place]["candidates"]?.array ?? [] : []
                if !likeliest.isEmpty {
                    members["top_logprobs"] = .array(likeliest.map { .object(entry($0)) })
                }
                return .object(members)
            })
    }

    private static func entry(_ token: JSONValue) -> JSONObject {
        // A probability of 1 has the logarithm 0, which this API leaves out.
        ["token": token["token"] ?? "", "logprob": token["logProbability"] ?? 0]
    }
}
