import Evals
public import Results

/// A run as text for people: what was re-rolled, failures, a table, what judges found, the gates, and one last line that
/// says it all.
///
/// Answers of models cannot drive the terminal or the CI that shows them.
public struct TerminalReport: Report {
    /// How the report looks.
    public var style: TerminalStyle

    /// Creates the report.
    public init(style: TerminalStyle = TerminalStyle()) { self.style = style }

    /// Writes the report; in memory are at most twice `style.failureLimit` executions.
    public func write(_ results: RunResults, to sink: @escaping ReportSink) throws {
        let page = TerminalPage(style: style, command: NextCommand(results), sink: sink)
        if style.verbosity != .quiet { try TerminalRerolls(page).write(results) }
        let digest = try FailureDigest(results.spool, limit: style.failureLimit)
        switch style.verbosity {
        case .quiet: break
        case .normal: try writeFailures(digest, on: page)
        case .verbose: try results.spool.forEach { try TerminalExecution(page).write($0) }
        }
        if style.verbosity != .quiet {
            try TerminalTable(page).write(results.table)
            try TerminalJudges(page).write(results.judges)
            try writeSums(results, on: page)
        }
        try TerminalGates(page).write(results.gates)
        try writeNotices(results.notices, on: page)
        if style.verbosity != .quiet { page.gap() }
        let last = LastLine(results, digest)
        try page.line(page.colored(last.text, results.summary.exitStatus == .passed ? .green : .red))
        try page.flush()
    }

    private func writeFailures(_ digest: FailureDigest, on page: TerminalPage) throws {
        for entry in digest.entries {
            try TerminalExecution(page).write(entry.execution, count: entry.count)
        }
        if digest.hidden > 0 {
            page.gap()
            try page.line(
                "… and \(digest.hidden) more: --verbose shows all, or \(page.command.showOne) shows one")
        }
    }

    private func writeSums(_ results: RunResults, on page: TerminalPage) throws {
        let summary = results.summary
        guard summary.executions > 0 else { return }
        page.gap()
        let cost = summary.cost.map { "the answers cost \(Figures.money($0)), " }
        // Captured answers seldom say what they cost, and nobody expects it of them.
        let unknown = results.invocation.answers == .captured ? "" : "cost not known in full, "
        try page.line(
            "\(Figures.count(summary.executions, "execution")): \(summary.passed) passed, "
                + "\(summary.failed) failed, \(summary.errored) errored, \(summary.skipped) skipped; "
                + "\(cost ?? unknown)\(Self.spent(summary))")
        if summary.judgeCalls > 0 {
            let cost = summary.judgeCost.map(Figures.money) ?? "an amount not known in full"
            try page.line(
                "beside them judges and embeddings answered \(Figures.count(summary.judgeCalls, "call")), which cost "
                    + cost)
        }
        if let prices = results.prices {
            try page.line(page.colored("costs by \(LogText.line(prices))", .faint))
        }
        let unfinished = summary.executions - results.spool.count
        if unfinished > 0 {
            try page.line("\(unfinished) of the errored have no result: the run was stopped")
        }
    }

    /// What the run spent, or as much of it as is known: an unknown amount is never shown as nothing.
    private static func spent(_ summary: RunSummary) -> String {
        if let spent = summary.spent { return "this run spent \(Figures.money(spent))" }
        guard summary.knownSpent != .zero else { return "what this run spent is unknown" }
        return "this run spent at least \(Figures.money(summary.knownSpent))"
    }

    private func writeNotices(_ notices: [String], on page: TerminalPage) throws {
        guard style.verbosity != .quiet, !notices.isEmpty else { return }
        page.gap()
        let limit = style.verbosity == .verbose ? Int.max : 10
        for notice in notices.prefix(limit) {
            for (index, line) in LogText.lines(notice, limit: 30).enumerated() {
                try page.line(index == 0 ? "notice: " + line : "  │ " + line)
            }
        }
        if notices.count > limit { try page.line("… and \(notices.count - limit) more notices: --verbose") }
    }
}
