import Diagnostics
import Evals

/// Shows single executions: what was asked of the answer, what came, and where the case stands.
struct TerminalExecution {
    private let page: TerminalPage
    private var isVerbose: Bool { page.style.verbosity == .verbose }
    /// The most bytes of a value, and the most lines.
    private var limits: (bytes: Int, lines: Int) { isVerbose ? (1 << 16, 2000) : (600, 8) }

    /// Writes on a page.
    init(_ page: TerminalPage) { self.page = page }

    /// Shows an execution; `count` tells how many equal errors it stands for.
    func write(_ execution: Execution, count: Int = 1) throws {
        page.gap()
        try page.line(title(execution))
        if let error = AssertionText.error(of: execution) {
            try text("    error \(error.kind.rawValue): ", error.message)
            if let hint = error.hint { try text("    hint: ", hint) }
            if count > 1 {
                try page.line("    … and \(count - 1) more like it" + cure(error))
            }
        }
        if let cause = AssertionText.unexplained(execution) {
            try text("    \(cause.kind): ", cause.message)
        }
        if let reason = execution.statusReason, execution.status == .skipped || execution.status == .passed {
            let outcome = execution.outcome.map { "outcome \($0.rawValue): " } ?? ""
            try text("    \(outcome)", reason)
        }
        let results = isVerbose ? execution.assertions : AssertionText.failures(of: execution)
        for result in results.prefix(isVerbose ? .max : 8) where execution.status != .errored || isVerbose {
            try write(result, level: 0)
        }
        if isVerbose { try answer(execution) }
    }

    /// `✗ suite › case [prompt@version · model] #sample  file:line`.
    private func title(_ execution: Execution) -> String {
        let (sign, ink): (String, TerminalPage.Ink) =
            switch execution.status {
            case .passed: ("✓", .green)
            case .failed: ("✗", .red)
            case .errored: ("!", .red)
            case .skipped: ("-", .yellow)
            }
        var place = execution.mark
        place.column = 0
        return page.colored(sign, ink) + " " + page.colored(Self.name(execution), .bold) + "  "
            + page.colored(LogText.line(place.description), .faint)
    }

    /// `suite › case [prompt@version · model] #sample`, safe for a terminal.
    static func name(_ execution: Execution) -> String {
        let prompt =
            execution.prompt.contains("@") ? execution.prompt : "\(execution.prompt)@\(execution.version)"
        var name = "\(execution.suite) › \(execution.caseID) [\(prompt) · \(execution.model)]"
        if execution.step > 1 { name += " step \(execution.step)" }
        if execution.sample > 1 || execution.requiredPasses != nil { name += " #\(execution.sample)" }
        if execution.isAdvisory { name += " (advisory)" }
        return LogText.line(name)
    }

    private func cure(_ error: EvaluationError) -> String {
        guard error.kind.isMissingRecording, let listing = page.command.listing else { return "" }
        let key = error.kind == .needsKey ? "with the key set, " : ""
        return "; \(key)\(listing) lists all"
    }

    private func write(_ result: AssertionResult, level: Int) throws {
        guard level < 6 else { return }
        let indent = String(repeating: "  ", count: level + 2)
        let sign = isVerbose ? (result.passed ? "ok  " : "not ok  ") : ""
        try text(indent + sign + LogText.line(AssertionText.label(result)) + ": ", result.reason)
        if !result.passed || isVerbose {
            for doubt in AssertionText.doubts(about: result) { try text(indent + "  ", doubt) }
            if let expected = result.expected { try value(indent + "  expected: ", expected) }
            if let actual = result.actual { try value(indent + "  actual:   ", actual) }
            if !result.passed, result.type == "equals" { try difference(result, indent) }
        }
        for inner in result.inner.prefix(isVerbose ? 1000 : 8) where isVerbose || !inner.passed {
            try write(inner, level: level + 1)
        }
    }

    /// A caret under the first difference, or its place where a caret has no line to stand under.
    private func difference(_ result: AssertionResult, _ indent: String) throws {
        guard let expected = result.expected, let actual = result.actual,
            let difference = TextDifference(expected, actual)
        else { return }
        let before = LogText.line(difference.common)
        let isShort = max(expected.utf8.count, actual.utf8.count) <= limits.bytes
        let isOneLine = !expected.contains("\n") && !actual.contains("\n")
        let column = DisplayWidth.of(indent) + 12 + DisplayWidth.of(before)
        if isShort, isOneLine, column < page.style.width {
            try page.line(String(repeating: " ", count: column) + "^ differs from here on")
        } else {
            let place = "line \(difference.line), character \(difference.column)"
            try page.line("\(indent)  differs from \(place) on")
        }
    }

    private func answer(_ execution: Execution) throws {
        guard let reply = execution.answer?.reply else { return }
        if let notice = execution.answer?.notice { try text("    notice: ", notice) }
        if let refusal = reply.refusal { try text("    refusal: ", refusal) }
        for call in reply.toolCalls.prefix(100) { try text("    tool call: ", "\(call)") }
        if let content = reply.content { try value("    output: ", content) }
    }

    /// A value: on the line of its label when it has one line, else below it behind bars.
    private func value(_ label: String, _ value: String) throws {
        let lines = LogText.lines(TextCut.middle(value, bytes: limits.bytes), limit: limits.lines)
        if lines.count == 1 { return try page.line(label + lines[0]) }
        try page.line(label.unicodeScalars.reversed().drop { $0 == " " }.reversed().map(String.init).joined())
        let indent = String(repeating: " ", count: label.prefix { $0 == " " }.count + 2)
        for line in lines { try page.line(indent + "│ " + line) }
    }

    /// A message, its further lines behind bars.
    private func text(_ label: String, _ text: String) throws {
        let lines = LogText.lines(TextCut.middle(text, bytes: 1 << 14), limit: isVerbose ? 2000 : 30)
        let indent = String(repeating: " ", count: label.prefix { $0 == " " }.count + 2)
        for (index, line) in lines.enumerated() {
            try page.line(index == 0 ? label + line : indent + "│ " + line)
        }
    }
}
