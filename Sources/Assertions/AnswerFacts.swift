package import Evals
package import JSON

/// What is known of an answer and of its case, by the names that expressions and programs use.
package enum AnswerFacts {
    /// `output`, `vars`, `context` and `tool_calls` always; `reference`, `question`, `usage`, `latency_ms`, `ttft_ms`,
    /// `cost_usd`, `finish_reason` and `model` where they are known.
    ///
    /// `json` is not among them: whether the answer is JSON is asked only where it matters.
    ///
    /// - Parameter withToolCalls: Whether `tool_calls` is wanted, for which the text may have to be searched.
    package static func members(of subject: Subject, withToolCalls: Bool = true) -> JSONObject {
        let reply = subject.reply
        var members: JSONObject = [
            "output": .string(subject.output), "vars": .object(subject.variables),
            "context": .array(subject.context.map { .string($0) }),
        ]
        if withToolCalls {
            members["tool_calls"] = .array(ToolCallReader.calls(in: subject).map(\.json))
        }
        members["reference"] = subject.reference.map { .string($0) }
        members["question"] = subject.question.map { .string($0) }
        members["usage"] = reply.usage.map(\.json)
        members["latency_ms"] = reply.latencyMS.map { .double($0) }
        members["ttft_ms"] = reply.firstTokenMS.map { .double($0) }
        members["cost_usd"] = (subject.cost ?? reply.cost).map { .double($0.usd) }
        members["finish_reason"] = reply.finishReason.map { .string($0) }
        members["model"] = reply.servedModel.map { .string($0) }
        return members
    }
}
