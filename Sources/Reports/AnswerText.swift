import Diagnostics
import Evals

/// What models answered to one prompt, in words: the answer, and what there is to say about it.
struct AnswerText {
    /// A line, and what its color stands for.
    struct Line: Sendable, Hashable {
        /// The text, safe for a terminal.
        var text: String
        /// The color; nil: the terminal's own.
        var ink: TerminalPage.Ink?
    }

    /// What is shown of an answer at most: bytes, and lines.
    private static let limits = (bytes: 1 << 16, lines: 2000)

    /// The model, and which of several answers it is.
    static func title(_ execution: Execution, isNumbered: Bool) -> String {
        var title = execution.model
        if isNumbered { title += " #\(execution.sample)" }
        return LogText.line(title)
    }

    /// The answer's text, refusal and tool calls, or why there is none.
    static func body(_ execution: Execution) -> [Line] {
        var lines: [Line] = []
        func add(_ label: String, _ text: String, _ ink: TerminalPage.Ink? = nil) {
            let cut = TextCut.middle(text, bytes: limits.bytes)
            for (index, line) in LogText.lines(cut, limit: limits.lines).enumerated() {
                lines.append(Line(text: index == 0 ? label + line : line, ink: ink))
            }
        }
        if let reply = execution.answer?.reply {
            if let content = reply.content { add("", content) }
            if let refusal = reply.refusal { add("refusal: ", refusal, .yellow) }
            for call in reply.toolCalls.prefix(100) { add("tool call: ", "\(call)") }
        }
        if let error = execution.error {
            add("error \(error.kind.rawValue): ", error.message, .red)
            if let hint = error.hint { add("hint: ", hint) }
        }
        return lines.isEmpty ? [Line(text: "(an empty answer)", ink: .faint)] : lines
    }

    /// Finish reason, times, tokens and cost in a line, then the checks, a line each; nothing without an answer.
    static func foot(_ execution: Execution) -> [Line] {
        guard let answer = execution.answer else { return [] }
        var lines = [Line(text: figures(execution, answer), ink: .faint)]
        for result in execution.assertions where result.error == nil {
            lines.append(check(result))
        }
        return lines
    }

    private static func figures(_ execution: Execution, _ answer: Answer) -> String {
        let reply = answer.reply
        var parts = [reply.finishReason.map(LogText.line) ?? "finish reason unknown"]
        // The model `echo` has neither latency nor tokens.
        if answer.source == .echo { return parts[0] + " · built in, no cost" }
        parts.append(reply.latencyMS.map(Figures.milliseconds) ?? "latency unknown")
        if let first = reply.firstTokenMS { parts.append("first token " + Figures.milliseconds(first)) }
        if let usage = reply.usage {
            parts.append("\(usage.inputTokens) tokens in, \(usage.outputTokens) out")
        } else {
            parts.append("tokens unknown")
        }
        parts.append(execution.cost.map(Figures.money) ?? "cost unknown")
        if reply.attempts > 1 { parts.append("\(reply.attempts) attempts") }
        if let fallback = reply.fallback {
            parts.append("answered by the fallback \(LogText.line(fallback))")
        }
        if let served = reply.servedModel, served != execution.model { parts.append(LogText.line(served)) }
        return parts.joined(separator: " · ")
    }

    private static func check(_ result: AssertionResult) -> Line {
        let what = result.expected.map { " '\(TerminalText.excerpt($0, limit: 60))'" } ?? ""
        let label = LogText.line(AssertionText.label(result))
        let name = result.type == "contains" ? label + LogText.line(what) : label
        if result.passed { return Line(text: "✓ \(name)", ink: .green) }
        return Line(text: "✗ \(name): " + LogText.line(TextCut.middle(result.reason, bytes: 600)), ink: .red)
    }
}
