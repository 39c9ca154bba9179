import Diagnostics
import Evals

/// The texts inside a test case: what failed and why, and what the model answered.
enum JUnitBody {
    /// The most bytes of what was expected, and of what was found.
    private static let valueLimit = 4 * 1024
    /// The most assertions that are told one by one, sets inside of sets included.
    private static let assertionLimit = 100

    /// The whole story: GitLab does not show the message of an element that has text, so it is repeated here.
    ///
    /// The last line is the place of the case, where dashboards look for it.
    static func text(_ execution: Execution) -> String {
        var lines: [String] = []
        if let error = AssertionText.error(of: execution) {
            lines.append("\(error.kind.rawValue): \(error.message)")
            if let hint = error.hint { lines.append("hint: \(hint)") }
        }
        if let cause = AssertionText.unexplained(execution) {
            lines.append("\(cause.kind): \(cause.message)")
        }
        if execution.status == .skipped, let reason = execution.statusReason { lines.append(reason) }
        add(execution.assertions.filter { !$0.passed }, to: &lines, level: 0)
        lines.append(" at \(execution.mark)")
        return lines.joined(separator: "\n")
    }

    /// The answer with what belongs to it, for `system-out`.
    static func output(_ execution: Execution) -> String {
        guard let answer = execution.answer else { return "" }
        var parts: [String] = []
        if let notice = answer.notice { parts.append("notice: \(notice)") }
        if let refusal = answer.reply.refusal { parts.append("refusal: \(refusal)") }
        for call in answer.reply.toolCalls.prefix(assertionLimit) { parts.append("tool call: \(call)") }
        if let reason = answer.reply.finishReason, reason != "stop" {
            parts.append("finish reason: \(reason)")
        }
        if let content = answer.reply.content { parts.append("output:\n\(content)") }
        return parts.joined(separator: "\n")
    }

    private static func add(_ results: [AssertionResult], to lines: inout [String], level: Int) {
        guard level < 8 else { return }
        let indent = String(repeating: "  ", count: level)
        for (index, result) in results.enumerated() {
            guard lines.count < assertionLimit * 4 else {
                lines.append("\(indent)… and \(results.count - index) more")
                return
            }
            lines.append("\(indent)\(AssertionText.label(result)): \(result.reason)")
            lines += AssertionText.doubts(about: result).map { "\(indent)  \($0)" }
            if let expected = result.expected {
                lines.append("\(indent)  expected: \(TextCut.middle(expected, bytes: valueLimit))")
            }
            if let actual = result.actual {
                lines.append("\(indent)  actual: \(TextCut.middle(actual, bytes: valueLimit))")
            }
            add(result.inner.filter { !$0.passed }, to: &lines, level: level + 1)
        }
    }
}
