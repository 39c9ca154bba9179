import Evals
import JSON

/// What counts of an answer that was asked for to judge another one, where two of them are compared.
struct JudgedContent: Hashable {
    /// The answer's JSON, without what may differ in an equal verdict.
    let value: JSONValue
    /// The scores that a judge could have written in place of its own, with their log probabilities.
    let likely: JSONValue?

    /// What counts of a judge's answer; nil when it is no JSON.
    ///
    /// A judge that gives the same verdict in other words has not changed its mind. But its `reason`s are left out
    /// only where the request's `schema` has them: elsewhere the word may be what is judged.
    init?(verdict reply: Reply, schema: JSONValue?) {
        guard let value = Self.json(reply.content) else { return nil }
        self.value = Self.withoutReasons(value, schema)
        likely = reply.logprobs.flatMap(Self.likelyScores)
    }

    /// What counts of a moderation's answer: flags, and scores to two digits, since the last ones differ from call to
    /// call; nil when it is no JSON.
    init?(moderation reply: Reply) {
        guard let value = Self.json(reply.content) else { return nil }
        self.value = Self.withRoundedNumbers(value)
        likely = nil
    }

    private static func json(_ content: String?) -> JSONValue? {
        content.flatMap { try? JSONParser(maximumDepth: 64).parse($0) }
    }

    /// As deep as `json` reads.
    private static func withoutReasons(_ value: JSONValue, _ schema: JSONValue?) -> JSONValue {
        switch value {
        case .array(let elements):
            return .array(elements.map { withoutReasons($0, schema?["items"]) })
        case .object(let members):
            let properties = schema?["properties"]
            let left = members.filter { $0.key != "reason" || properties?["reason"] == nil }
            return .object(JSONObject(left.map { ($0.key, withoutReasons($0.value, properties?[$0.key])) }))
        default: return value
        }
    }

    private static func withRoundedNumbers(_ value: JSONValue) -> JSONValue {
        switch value {
        case .number(let number): rounded(number.double)
        case .array(let elements): .array(elements.map(withRoundedNumbers))
        case .object(let members):
            .object(JSONObject(members.map { ($0.key, withRoundedNumbers($0.value)) }))
        default: value
        }
    }

    /// The likely tokens behind the last `"score":`, and nothing of the reason, whose words are others each time.
    private static func likelyScores(in logprobs: JSONValue) -> JSONValue? {
        var written = ""
        var found: [JSONValue]?
        for entry in logprobs.array ?? [] {
            if written.hasSuffix("\"score\":"), let list = entry["top_logprobs"]?.array { found = list }
            written += (entry["token"]?.string ?? "").filter { !$0.isWhitespace }
            written = String(written.suffix(16))
        }
        guard let found else { return nil }
        var likely: [String: Double] = [:]
        for entry in found {
            // Less than 1 % never counts.
            guard let token = entry["token"]?.string?.filter({ !$0.isWhitespace }),
                let logprob = entry["logprob"]?.double, logprob > -4.61
            else { continue }
            likely[token] = max(logprob, likely[token] ?? logprob)
        }
        return .object(pairs: likely.sorted { $0.key < $1.key }.map { ($0.key, rounded($0.value)) })
    }

    private static func rounded(_ number: Double) -> JSONValue {
        // 0 is added so that −0 and 0 are the same.
        .double((number * 100).rounded() / 100 + 0)
    }
}
