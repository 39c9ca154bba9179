import HTTP
import JSON

/// Puts the chunks of a streamed response together.
enum GeminiStream {
    /// The body as it would have come in one piece; a stream without its end is a failure.
    static func body(_ events: [ServerSentEvent], _ response: APIResponse) throws(CallFailure) -> JSONValue {
        var body: JSONObject = [:]
        var candidate: JSONObject = [:]
        var usage: JSONObject = [:]
        var (parts, chosen, top): ([JSONValue], [JSONValue], [JSONValue]) = ([], [], [])
        for event in events {
            let chunk = try response.object(in: event)
            if let error = chunk["error"], !error.isNull { throw GeminiErrors.failure(chunk, response) }
            for name in ["modelVersion", "responseId", "promptFeedback"] {
                if let value = chunk[name] { body[name] = value }
            }
            // Later counts replace earlier ones; a chunk may have only some of them.
            for (name, value) in chunk["usageMetadata"]?.object ?? [:] where !value.isNull {
                usage[name] = value
            }
            guard let piece = chunk["candidates"]?.array?.first(where: { ($0["index"]?.integer ?? 0) == 0 })
            else {
                continue
            }
            for name in ["finishReason", "finishMessage"] {
                if let value = piece[name] { candidate[name] = value }
            }
            parts += piece["content"]?["parts"]?.array ?? []
            chosen += piece["logprobsResult"]?["chosenCandidates"]?.array ?? []
            top += piece["logprobsResult"]?["topCandidates"]?.array ?? []
        }
        guard candidate["finishReason"] != nil || body["promptFeedback"]?["blockReason"] != nil else {
            var failure = response.brokenStream
            failure.requestID = body["responseId"]?.string ?? failure.requestID
            throw failure
        }
        if candidate["finishReason"] != nil {
            candidate["content"] = ["parts": .array(parts)]
            if !chosen.isEmpty {
                candidate["logprobsResult"] = [
                    "chosenCandidates": .array(chosen), "topCandidates": .array(top),
                ]
            }
            body["candidates"] = [.object(candidate)]
        }
        if !usage.isEmpty { body["usageMetadata"] = .object(usage) }
        return .object(body)
    }
}
