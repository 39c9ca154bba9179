import Assertions
import Evals
import JSON

/// What a program is told of a case.
struct ProgramRequest {
    /// The names that are always there, null when unknown.
    private static let names = [
        "output", "vars", "context", "reference", "question", "messages", "prompt", "tool_calls", "usage",
        "latency_ms",
        "ttft_ms", "cost_usd", "finish_reason", "model", "config",
    ]

    /// `output`, `json` (when the answer is JSON) and all else that is known of an answer and its case.
    static func members(of subject: Subject, config: JSONValue?) -> JSONObject {
        var known = AnswerFacts.members(of: subject)
        known["messages"] = .array(subject.messages.map(\.json))
        known["prompt"] = .string(prompt(subject.messages))
        known["config"] = config
        var members = JSONObject()
        for name in names { members[name] = known[name] ?? .null }
        if case .success(let value)? = try? JSONAnswer.value(of: subject) { members["json"] = value }
        return members
    }

    /// The prompt as promptfoo's scripts see it: the text of a single message, else all messages as JSON.
    private static func prompt(_ messages: [Message]) -> String {
        if messages.count == 1, let only = messages.first { return only.text }
        return JSONWriter.compact.text(of: .array(messages.map(\.json)))
    }

    /// A value as the line that a program reads.
    static func line(_ members: JSONObject) -> [UInt8] {
        JSONWriter.compact.bytes(of: .object(members)) + [UInt8(ascii: "\n")]
    }
}
