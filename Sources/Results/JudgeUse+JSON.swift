import Evals
import JSON

extension JudgeUse {
    /// The members in the order in which results have them.
    var json: JSONValue {
        var members: [(String, JSONValue)] = [
            ("calls", .integer(calls)), ("failures", .integer(failures)), ("cost_usd", cost?.json ?? .null),
            ("spent_usd", spent?.json ?? .null), ("input_tokens", .integer(inputTokens)),
            ("output_tokens", .integer(outputTokens)),
        ]
        if rerolled > 0 { members.append(("rerolled", .integer(rerolled))) }
        if !notices.isEmpty { members.append(("notices", .array(notices.map { .string($0) }))) }
        return .object(pairs: members)
    }

    /// Reads what `json` writes; an amount that is missing or null is unknown.
    init(_ members: MemberReader) throws(ResultsError) {
        self.init(
            calls: try members.require(try members.integer("calls", least: 0), "calls"),
            failures: try members.integer("failures", least: 0) ?? 0, cost: try members.money("cost_usd"),
            spent: try members.money("spent_usd"),
            inputTokens: try members.integer("input_tokens", least: 0) ?? 0,
            outputTokens: try members.integer("output_tokens", least: 0) ?? 0,
            rerolled: try members.integer("rerolled", least: 0) ?? 0, notices: try members.texts("notices"))
    }
}
