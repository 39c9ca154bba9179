import Diagnostics
import Evals
import JSON

extension Reply {
    /// The keys of a recorded response, in the order in which files have them.
    static let recordedKeys = [
        "model", "content", "finish_reason", "tool_calls", "refusal", "usage", "latency_ms", "ttft_ms",
        "attempts", "cost_usd", "logprobs", "request_id", "service_tier", "fallback", "context",
    ]

    /// The reply as recordings have it, without what is unknown.
    var recordedJSON: JSONObject {
        var members = JSONObject()
        if let servedModel { members["model"] = .string(servedModel) }
        if let content { members["content"] = .string(content) }
        if let finishReason { members["finish_reason"] = .string(finishReason) }
        if !toolCalls.isEmpty { members["tool_calls"] = .array(toolCalls) }
        if let refusal { members["refusal"] = .string(refusal) }
        if let usage { members["usage"] = usage.json }
        if let latencyMS { members["latency_ms"] = Self.milliseconds(latencyMS) }
        if let firstTokenMS { members["ttft_ms"] = Self.milliseconds(firstTokenMS) }
        members["attempts"] = .integer(attempts)
        if let cost { members["cost_usd"] = cost.json }
        if let logprobs { members["logprobs"] = logprobs }
        if let requestID { members["request_id"] = .string(requestID) }
        if let serviceTier { members["service_tier"] = .string(serviceTier) }
        if let fallback { members["fallback"] = .string(fallback) }
        if let context { members["context"] = .array(context.map { .string($0) }) }
        return members
    }

    /// The reasons that an answer may have ended for, whatever the provider calls them.
    static let finishReasons = ["stop", "length", "tool_calls", "content_filter"]

    /// Above this a number of tokens or milliseconds (32 years) is a mistake, not a measurement.
    private static let largestMeasure = 1e12

    /// Reads what `recordedJSON` writes; null means left out.
    ///
    /// Everything may be left out but the answer itself: a text, even an empty one, a refusal or tool calls.
    init(recordedJSON json: JSONValue) throws(RecordingMistake) {
        guard case .object(let members) = json else {
            throw RecordingMistake("'response' is a mapping, not \(json.typeName)")
        }
        try RecordingMistake.checkKeys(of: members, in: "'response'", known: Self.recordedKeys)
        func text(_ key: String) throws(RecordingMistake) -> String? {
            guard let value = members[key], !value.isNull else { return nil }
            guard let text = value.string else {
                throw RecordingMistake("'\(key)' of the response is a text")
            }
            return text
        }
        var calls: [JSONValue] = []
        if let value = members["tool_calls"], !value.isNull {
            guard let array = value.array else { throw RecordingMistake("'tool_calls' is a list") }
            calls = array
        }
        var context: [String]?
        if let value = members["context"], !value.isNull {
            guard let texts = value.array?.compactMap(\.string), texts.count == value.array?.count else {
                throw RecordingMistake("'context' of the response is a list of texts")
            }
            context = texts
        }
        var attempts = 1
        if let value = members["attempts"], !value.isNull {
            guard let number = value.integer, (1...1_000_000).contains(number) else {
                throw RecordingMistake("'attempts' is a whole number from 1")
            }
            attempts = number
        }
        var cost: Money?
        if let value = members["cost_usd"], !value.isNull {
            guard let amount = value.number.flatMap({ Money(usd: $0) }), amount >= .zero else {
                throw RecordingMistake("'cost_usd' is an amount in dollars from 0, with at most 12 decimals")
            }
            cost = amount
        }
        let (content, refusal) = (try text("content"), try text("refusal"))
        guard content != nil || refusal != nil || !calls.isEmpty else {
            throw RecordingMistake(
                "the response has no answer: it needs 'content', 'refusal' or 'tool_calls'")
        }
        let finishReason = try text("finish_reason")
        if let finishReason { try Self.check(finishReason: finishReason) }
        self.init(
            servedModel: try text("model"), content: content, finishReason: finishReason, toolCalls: calls,
            refusal: refusal, usage: try Self.usage(members["usage"]),
            latencyMS: try Self.milliseconds("latency_ms", of: members),
            firstTokenMS: try Self.milliseconds("ttft_ms", of: members), attempts: attempts, cost: cost,
            logprobs: members["logprobs"].flatMap { $0.isNull ? nil : $0 }, requestID: try text("request_id"),
            serviceTier: try text("service_tier"), fallback: try text("fallback"), context: context)
    }

    /// Refuses an unknown reason: with a misspelt one `not-finish-reason` would pass for ever.
    private static func check(finishReason: String) throws(RecordingMistake) {
        guard !finishReasons.contains(finishReason) else { return }
        let guess = Spelling.nearest(to: finishReason, among: finishReasons)
        throw RecordingMistake(
            "'finish_reason' of the response is one of \(finishReasons.joined(separator: ", ")), "
                + "not '\(finishReason)'" + (guess.map { "; did you mean '\($0)'?" } ?? ""))
    }

    private static func milliseconds(
        _ key: String, of members: JSONObject
    ) throws(RecordingMistake) -> Double? {
        guard let value = members[key], !value.isNull else { return nil }
        guard let number = value.double, (0...largestMeasure).contains(number) else {
            throw RecordingMistake("'\(key)' of the response is a number of milliseconds from 0 to 10^12")
        }
        return number
    }

    private static func usage(_ value: JSONValue?) throws(RecordingMistake) -> Usage? {
        guard let value, !value.isNull else { return nil }
        for key in [
            "input_tokens", "output_tokens", "cache_read_tokens", "cache_write_tokens", "reasoning_tokens",
        ] {
            guard let count = value[key] else { continue }
            guard let number = count.integer, (0...Int(largestMeasure)).contains(number) else {
                throw RecordingMistake("'\(key)' of 'usage' is a whole number from 0 to 10^12")
            }
        }
        guard let usage = Usage(json: value) else {
            throw RecordingMistake("'usage' needs input_tokens and output_tokens, whole numbers from 0")
        }
        return usage
    }

    /// Whole milliseconds as an integer, so that files have `412` and not `412.0`.
    private static func milliseconds(_ value: Double) -> JSONValue {
        Int(exactly: value).map { .integer($0) } ?? .double(value)
    }
}
