import Evals
import JSON

/// A question about every item of a list, of which each gets a verdict of its own.
///
/// The verdicts carry the numbers of the items; a list of verdicts that lacks one, or has one too many, is none.
struct RagasCheck: Sendable {
    /// The prompt.
    let use: JudgePromptUse
    /// The variable of the prompt in which the items stand.
    let items: String
    /// What the judge says of each, as its verdict names it.
    let property: String
    /// What items are that lack it.
    let opposite: String

    /// Whether statements follow from a text, the variable `context`.
    static let support = RagasCheck(
        use: JudgePromptUse("judge-ragas-support", variables: ["context", "statements", "tag"]),
        items: "statements", property: "supported", opposite: "unsupported")

    /// Whether sentences of a right answer come from the retrieved texts.
    static let attribution = RagasCheck(
        use: JudgePromptUse(
            "judge-ragas-attribution", variables: ["question", "context", "sentences", "tag"]),
        items: "sentences", property: "attributable", opposite: "unattributable")

    /// The question about a list.
    func question(about list: [String], texts: [(name: String, text: String)]) -> JudgeQuestion {
        let lines = list.enumerated().map { index, item in
            JSONWriter.compact.text(
                of: .object(pairs: [("index", .integer(index + 1)), ("text", .string(item))]))
        }
        let count = list.count
        return JudgeQuestion(
            prompt: use.name, texts: texts + [(items, lines.joined(separator: "\n"))], schema: schema
        ) { verdict in Self.complaint(about: verdict, count: count) }
    }

    /// The verdicts on a list, in its order.
    func verdicts(on list: [String], in verdict: Verdict) -> [RagasVerdict] {
        let said = (verdict.value["verdicts"]?.array ?? [])
            .sorted { ($0["index"]?.integer ?? 0) < ($1["index"]?.integer ?? 0) }
        return zip(list, said).map { item, said in
            RagasVerdict(
                text: item, holds: said[property]?.bool == true, reason: said["reason"]?.string ?? "")
        }
    }

    private var schema: JSONValue {
        let (number, text, flag): (JSONValue, JSONValue, JSONValue) = (
            ["type": "integer"], ["type": "string"], ["type": "boolean"]
        )
        let verdict: JSONValue = [
            "type": "object",
            "properties": .object(pairs: [("index", number), ("reason", text), (property, flag)]),
            "required": ["index", "reason", .string(property)], "additionalProperties": false,
        ]
        return [
            "type": "object", "properties": ["verdicts": ["type": "array", "items": verdict]],
            "required": ["verdicts"], "additionalProperties": false,
        ]
    }

    private static func complaint(about verdict: JSONValue, count: Int) -> String? {
        let numbers = (verdict["verdicts"]?.array ?? []).map { $0["index"]?.integer ?? 0 }
        var seen: Set<Int> = []
        for number in numbers {
            guard (1...count).contains(number) else {
                return "there is no number \(number): the numbers go from 1 to \(count)"
            }
            guard seen.insert(number).inserted else {
                return "there are two verdicts with the number \(number)"
            }
        }
        guard let missing = (1...count).first(where: { !seen.contains($0) }) else { return nil }
        return "there are \(numbers.count) verdicts for \(count) items; the verdict \(missing) is missing"
    }
}
