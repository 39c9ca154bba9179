import Evals
import Results

/// Shows what was re-rolled: answers and verdicts whose recordings were made anew for unchanged requests.
struct TerminalRerolls {
    private let page: TerminalPage

    /// Writes on a page.
    init(_ page: TerminalPage) { self.page = page }

    /// Lists the executions in the plan's order, as many as the style allows; nothing when there are none.
    func write(_ results: RunResults) throws {
        let count = results.summary.rerolled
        guard count > 0 else { return }
        page.gap()
        try page.line(page.colored("re-rolled recordings", .bold))
        let limit = page.style.verbosity == .verbose ? Int.max : page.style.failureLimit
        var shown = 0
        try results.spool.forEach { execution in
            guard execution.hasRerolledRecording, shown < limit else { return }
            shown += 1
            try page.line(
                "  " + page.colored("↻", .yellow) + " " + TerminalExecution.name(execution) + ": "
                    + Self.what(execution))
        }
        if count > shown { try page.line("  … and \(count - shown) more: --verbose") }
        try page.line(
            "  made anew for unchanged requests, with another answer or verdict; after a look at them, "
                + "evalrun fixtures accept PATH")
    }

    private static func what(_ execution: Execution) -> String {
        var parts: [String] = []
        if execution.answer?.isRerolled == true { parts.append("the answer") }
        if let verdicts = execution.judging?.rerolled, verdicts > 0 {
            parts.append(Figures.count(verdicts, "judge's answer"))
        }
        return parts.joined(separator: ", ")
    }
}
