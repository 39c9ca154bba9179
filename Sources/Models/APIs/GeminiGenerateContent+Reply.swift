public import Evals
import HTTP
import JSON

extension GeminiGenerateContent {
    /// The first candidate of a response, or the chunks of a stream put together.
    public func reply(from response: APIResponse) throws(CallFailure) -> Reply {
        if response.status >= 400 { throw GeminiErrors.failure(response) }
        let body: JSONValue
        if let events = response.events {
            body = try GeminiStream.body(events, response)
        } else {
            body = try ProviderTrouble.json(of: response)
        }
        // Some gateways answer an error with a good status.
        if let error = body["error"], !error.isNull { throw GeminiErrors.failure(body, response) }
        var reply = Reply(content: nil)
        reply.servedModel = body["modelVersion"]?.string
        reply.requestID = body["responseId"]?.string ?? response.headers["x-goog-request-id"]
        reply.usage = Self.usage(body["usageMetadata"])
        reply.serviceTier = Self.serviceTier(body, response)
        guard let candidate = body["candidates"]?.array?.first else {
            guard let reason = body["promptFeedback"]?["blockReason"]?.string else {
                throw CallFailure(
                    .unreadable, "the response has neither a candidate nor a reason for blocking the prompt",
                    status: response.status, requestID: reply.requestID)
            }
            reply.finishReason = "content_filter"
            reply.refusal = Self.refusal(
                "the provider blocked the prompt (\(reason))", body["promptFeedback"]?["blockReasonMessage"])
            return reply
        }
        let parts = (candidate["content"]?["parts"]?.array ?? []).filter { $0["thought"] != true }
        let texts = parts.compactMap { $0["text"]?.string }
        if !texts.isEmpty { reply.content = texts.joined() }
        reply.toolCalls = parts.compactMap { $0["functionCall"] }.enumerated().map {
            Self.toolCall($1, $0 + 1)
        }
        // Such a text stands beside calls for nothing but their thoughts' signature.
        if reply.content?.isEmpty == true, !reply.toolCalls.isEmpty { reply.content = nil }
        reply.logprobs = Self.logprobs(candidate["logprobsResult"])
        try Self.finish(&reply, candidate, response)
        return reply
    }

    /// Sets why the answer ended, and refuses a reply in which nothing is said.
    private static func finish(
        _ reply: inout Reply, _ candidate: JSONValue, _ response: APIResponse
    ) throws(CallFailure) {
        let reason = candidate["finishReason"]?.string
        let note = candidate["finishMessage"]?.string
        reply.finishReason = finishReason(reason)
        if reply.finishReason == "stop", !reply.toolCalls.isEmpty { reply.finishReason = "tool_calls" }
        if reply.finishReason == "content_filter", let reason {
            reply.refusal = refusal(
                "the provider stopped the answer (\(reason))", candidate["finishMessage"])
            if reply.content?.isEmpty == true { reply.content = nil }
        }
        guard reply.content == nil, reply.toolCalls.isEmpty, reply.refusal == nil else { return }
        // All tokens may have gone into thinking: then the answer is there, and empty.
        if reply.finishReason == "length" {
            reply.content = ""
            return
        }
        let why = reason.map { ": the provider says \($0)" } ?? ""
        throw CallFailure(
            .unreadable,
            "the response has neither text nor tool calls"
                + ProviderTrouble.excerpt(why + (note.map { ", \($0)" } ?? "")),
            status: response.status, code: reason == "STOP" ? nil : reason, requestID: reply.requestID)
    }

    /// True for a chunk with text, thoughts or a function call.
    public func isToken(_ event: ServerSentEvent) -> Bool {
        guard let chunk = try? JSONParser().parse(event.data),
            let parts = chunk["candidates"]?.array?.first?["content"]?["parts"]?.array
        else { return false }
        return parts.contains { $0["text"]?.string?.isEmpty == false || $0["functionCall"] != nil }
    }

    /// The shared name of a reason; an unknown one is left out rather than passed off as another.
    private static func finishReason(_ reason: String?) -> String? {
        switch reason {
        case "STOP": "stop"
        case "MAX_TOKENS", "CONTINUATION", "TOO_MANY_TOOL_CALLS": "length"
        case "SAFETY", "RECITATION", "LANGUAGE", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "MODEL_ARMOR",
            "ESCALATION", "PUP_LIMITED_DISABLED", "IMAGE_SAFETY", "IMAGE_PROHIBITED_CONTENT",
            "IMAGE_RECITATION":
            "content_filter"
        default: nil
        }
    }

    private static func refusal(_ summary: String, _ message: JSONValue?) -> String {
        let details = message?.string.map { ": \($0)" } ?? ""
        return ProviderTrouble.excerpt(summary + details)
    }

    /// A call in the shared form; this API gives ids only sometimes, so the call's number stands for a missing one.
    private static func toolCall(_ call: JSONValue, _ number: Int) -> JSONValue {
        [
            "id": .string(call["id"]?.string ?? "call_\(number)"), "name": call["name"] ?? "",
            "arguments": call["args"] ?? [:],
        ]
    }

    /// Thoughts stand beside the answer's tokens, and results of tools beside the prompt's: both are added.
    private static func usage(_ usage: JSONValue?) -> Usage? {
        guard let usage,
            usage["promptTokenCount"]?.integer != nil || usage["candidatesTokenCount"]?.integer != nil
        else { return nil }
        let thoughts = ProviderTrouble.count(usage["thoughtsTokenCount"])
        return Usage(
            inputTokens: ProviderTrouble.count(usage["promptTokenCount"])
                + ProviderTrouble.count(usage["toolUsePromptTokenCount"]),
            outputTokens: ProviderTrouble.count(usage["candidatesTokenCount"]) + thoughts,
            cacheReadTokens: ProviderTrouble.count(usage["cachedContentTokenCount"]),
            reasoningTokens: thoughts)
    }

    private static func serviceTier(_ body: JSONValue, _ response: APIResponse) -> String? {
        let tier = body["usageMetadata"]?["serviceTier"]?.string ?? response.headers["x-gemini-service-tier"]
        guard let tier = tier?.lowercased(), !["standard", "unspecified", ""].contains(tier) else {
            return nil
        }
        return tier
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
