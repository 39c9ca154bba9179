import Diagnostics
import Evals
import Files
import JSON
import Results
import Suites

/// What a try prints beside the answers, and the answers as data.
enum TryText {
    /// The messages that are sent, values filled in.
    static func messages(_ setup: TrySetup) -> String {
        var text = ""
        for message in sent(setup) {
            text += "--- \(message.role.rawValue)\n\(setup.redactor.masking(message.text))"
            if !text.hasSuffix("\n") { text += "\n" }
        }
        return text + "\n"
    }

    /// What became of the case that was to be kept, in a line.
    ///
    /// - Parameter isRecorded: Whether a model was asked whose answers can be recorded.
    static func outcome(
        _ addition: CaseAddition, _ id: String?, isSaved: Bool, isRecorded: Bool
    ) -> String {
        let path = addition.path.text
        let shown = TerminalText.excerpt(id ?? "", limit: 80)
        guard isSaved else { return "the case '\(shown)' was not saved in \(TerminalText.visible(path))\n" }
        let command = "evalrun \(isRecorded ? "record" : "run") \(ShellWord.quoted(path))"
        return TerminalText.visible(
            "\(addition.isNew ? "wrote" : "added to") \(path): case '\(shown)'. Next: \(command)") + "\n"
    }

    /// The answers as one JSON document.
    ///
    /// - Parameter saved: The file that the case was kept in.
    static func json(
        _ executions: [Execution], _ setup: TrySetup, _ status: ExitStatus, showsMessages: Bool,
        saved: String?
    ) -> String {
        let prompt = setup.tried.prompt
        var members: [(String, JSONValue)] = [
            ("evalrun_try", 1), ("prompt", .string(setup.tried.label)),
            ("version", .string(prompt.version)), ("file", .string(prompt.file)),
        ]
        if showsMessages {
            let messages = sent(setup).map { message -> JSONValue in
                [
                    "role": .string(message.role.rawValue),
                    "content": .string(setup.redactor.masking(message.text)),
                ]
            }
            members.append(("messages", .array(messages)))
        }
        members += [
            ("answers", .array(executions.map(answer))),
            ("spent_usd", spent(executions)?.json ?? .null),
            ("saved", saved.map { .string($0) } ?? .null), ("exit_code", .integer(status.rawValue)),
        ]
        return JSONWriter.pretty.text(of: .object(pairs: members)) + "\n"
    }

    /// What the answers cost together; nil when the price of one is unknown.
    private static func spent(_ executions: [Execution]) -> Money? {
        executions.reduce(Money.zero) { sum, execution in
            guard let sum, let spent = execution.spent else { return nil }
            return sum + spent
        }
    }

    /// The messages, which are the same for all models.
    private static func sent(_ setup: TrySetup) -> [Message] {
        guard case .success(let request)? = setup.planned.trials.first?.request else { return [] }
        return request.messages
    }

    /// What of an execution's members tell of an answer.
    private static let keys = [
        "model", "sample", "source", "served_model", "output", "tool_calls", "refusal", "finish_reason",
        "usage", "cost_usd", "latency_ms", "ttft_ms", "attempts", "fallback", "error", "assertions",
    ]

    private static func answer(_ execution: Execution) -> JSONValue {
        guard let value = try? JSONParser().parse(bytes: ExecutionJSON().encode(execution)) else {
            return .null
        }
        return .object(pairs: keys.compactMap { key in value[key].map { (key, $0) } })
    }
}
