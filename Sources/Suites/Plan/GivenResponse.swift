import Diagnostics
import Evals
import JSON

/// A `response:` as it is rendered: the rules of `SuiteKeys.response` for values, which may come from a dataset.
///
/// In a mapping null counts as left out, since recorded answers write it so.
enum GivenResponse {
    /// The id of every mistake.
    static let mistakeID = "bad-response"

    /// What an answer may end with.
    static let finishReasons = ["stop", "length", "tool_calls", "content_filter"]

    /// What is wrong with the value, to follow "the response"; nil when a reply can be made of it.
    static func complaint(about value: JSONValue) -> String? {
        guard case .object(let members) = value else {
            return value.string == nil ? "must be text or a mapping, not \(value.shapeName)" : nil
        }
        if let complaint = Shape.record(SuiteKeys.response).complaint(about: value, what: "") {
            return complaint
        }
        if let reason = members["finish_reason"]?.string, !finishReasons.contains(reason) {
            let shown = TerminalText.excerpt(reason, limit: 40)
            return "has the finish_reason '\(shown)', which is none of "
                + finishReasons.joined(separator: ", ")
        }
        if let usage = members["usage"], !usage.isNull, Usage(json: usage.withNumbers) == nil {
            return "has a usage without input_tokens and output_tokens"
        }
        let hasAnswer =
            members["content"]?.string != nil || members["refusal"]?.string != nil
            || members["tool_calls"]?.array?.isEmpty == false
        return hasAnswer ? nil : "has neither content nor refusal nor tool_calls"
    }

    /// The mistake in a value as a diagnostic at its case; nil when there is none.
    static func mistake(in value: JSONValue, at mark: SourceMark) -> Diagnostic? {
        guard let complaint = complaint(about: value) else { return nil }
        return Diagnostic(
            mistakeID, "the response \(complaint)", at: mark,
            hint: "write text, or a mapping with content, refusal or tool_calls")
    }
}

extension Shape {
    /// What is wrong with a value, to follow the name of what holds it; nil when it has the shape.
    ///
    /// Knows the shapes of a response only; any other one accepts everything.
    fileprivate func complaint(about value: JSONValue, what: String) -> String? {
        let fits: Bool
        switch self {
        case .text: fits = value.string != nil
        // CSV knows text only.
        case .integer(let range): fits = value.numberOrText?.integer.map(range.contains) ?? false
        case .number(let range): fits = value.numberOrText?.double.map(range.contains) ?? false
        case .map: fits = value.object != nil
        case .list(let element):
            guard let items = value.array else { return wrong(value, what) }
            for item in items {
                if let complaint = element.complaint(about: item, what: what) { return complaint }
            }
            return nil
        case .record(let table):
            guard let members = value.object else { return wrong(value, what) }
            for (key, member) in members {
                guard let known = table.keys.first(where: { $0.name == key }) else {
                    let shown = TerminalText.excerpt(key, limit: 40)
                    let near = Spelling.nearest(to: key, among: table.spellings)
                    return "has the unknown key '\(shown)'" + (near.map { "; did you mean '\($0)'?" } ?? "")
                }
                if member.isNull { continue }
                if let complaint = known.shape.complaint(about: member, what: key) { return complaint }
            }
            return nil
        default: fits = true
        }
        return fits ? nil : wrong(value, what)
    }

    private func wrong(_ value: JSONValue, _ what: String) -> String {
        "has a \(what) that must be \(summary), not \(value.shapeName)"
    }
}

extension JSONValue {
    /// The value, or the number that a text spells.
    fileprivate var numberOrText: JSONValue? {
        guard let text = string else { return self }
        return JSONNumber(text: text).map { .number($0) }
    }

    /// The mapping with each text that spells a number as that number.
    fileprivate var withNumbers: JSONValue {
        guard case .object(var members) = self else { return self }
        for (key, member) in members { members[key] = member.numberOrText ?? member }
        return .object(members)
    }

    /// What the value is, in words.
    fileprivate var shapeName: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "the number \(TerminalText.excerpt(plainText, limit: 30))"
        case .string(let text): "'\(TerminalText.excerpt(text, limit: 40))'"
        case .array: "a list"
        case .object: "a mapping"
        }
    }
}

extension Reply {
    /// The reply that a case's `response:` states, which `GivenResponse` has no complaint about.
    init(response: JSONValue) {
        guard case .object(let members) = response else {
            self.init(content: response.plainText)
            return
        }
        func number(_ key: String) -> JSONValue? { members[key]?.numberOrText }
        self.init(
            servedModel: members["model"]?.string, content: members["content"]?.string,
            finishReason: members["finish_reason"]?.string, toolCalls: members["tool_calls"]?.array ?? [],
            refusal: members["refusal"]?.string,
            usage: members["usage"].flatMap { Usage(json: $0.withNumbers) },
            latencyMS: number("latency_ms")?.double, firstTokenMS: number("ttft_ms")?.double,
            cost: number("cost_usd")?.number.flatMap { Money(usd: $0) }, logprobs: members["logprobs"])
    }
}
