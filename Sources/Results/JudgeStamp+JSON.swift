import Evals
import JSON

extension JudgeStamp {
    /// The members in the order in which results have them.
    var json: JSONValue {
        var members: [(String, JSONValue)] = [
            ("models", .array(models.map { .string($0) })), ("prompts", .array(prompts.map { .string($0) })),
            ("instrument", .string(instrument)),
        ]
        if let calibration { members.append(("calibration", .string(calibration))) }
        members.append(("votes", .array(votes.map { .bool($0) })))
        if let isFlipped { members.append(("flipped", .bool(isFlipped))) }
        return .object(pairs: members)
    }

    /// Reads what `json` writes.
    init(_ members: MemberReader) throws(ResultsError) {
        let list = try members.list("votes")
        let votes = list.compactMap(\.bool)
        guard votes.count == list.count else {
            throw members.wrong("votes", "expected a list of true and false")
        }
        self.init(
            models: try members.texts("models"), prompts: try members.texts("prompts"),
            instrument: try members.requiredText("instrument"), calibration: try members.text("calibration"),
            votes: votes, isFlipped: try members.read("flipped", "true or false") { $0.bool })
    }
}
