import Evals
import Results

/// The counts of each suite × prompt × model in aligned columns.
struct TerminalTable {
    /// A column of figures.
    private struct Column: Sendable {
        var title: String
        /// Whether the column is left out when it has nothing to say in any row.
        var isOptional: Bool
        var cell: @Sendable (Counters) -> String
    }

    private static let blank = "–"
    private static let columns: [Column] = [
        Column(title: "pass", isOptional: false) { "\($0.passed)" },
        Column(title: "fail", isOptional: false) { "\($0.failed)" },
        Column(title: "err", isOptional: false) { "\($0.errored)" },
        Column(title: "skip", isOptional: false) { "\($0.skipped)" },
        Column(title: "rate", isOptional: false) { $0.passRate.map(Figures.percent) ?? blank },
        Column(title: "score", isOptional: true) { $0.meanScore.map(Figures.score) ?? blank },
        Column(title: "cost", isOptional: true) { cost($0) },
        Column(title: "spent", isOptional: true) { spent($0) },
        Column(title: "p50", isOptional: true) { latency($0, 50) },
        Column(title: "p95", isOptional: true) { latency($0, 95) },
    ]

    private let page: TerminalPage

    /// Writes on a page.
    init(_ page: TerminalPage) { self.page = page }

    /// Writes the table, each suite under a heading.
    func write(_ rows: [Tally.Row]) throws {
        guard !rows.isEmpty else { return }
        var columns: [(title: String, cells: [String])] = []
        for column in Self.columns {
            let cells = rows.map { column.cell($0.counters) }
            if column.isOptional, cells.allSatisfy({ $0 == Self.blank }) { continue }
            columns.append((column.title, cells))
        }
        let widths = columns.map { column in
            (column.cells + [column.title]).map(DisplayWidth.of).max() ?? 0
        }
        let names = rows.map { (prompt: LogText.line($0.prompt), model: LogText.line($0.model)) }
        let marks = rows.map { $0.isAdvisory ? " (advisory)" : "" }
        // At least so much of a name is readable, even where the line gets too long by it.
        let room = max(24, page.style.width - 2 - widths.reduce(0) { $0 + $1 + 1 })
        let wanted = zip(names, marks).map { DisplayWidth.of($0.prompt + $0.model) + 3 + $1.count }.max() ?? 0
        let nameWidth = min(room, max(wanted, 14))

        page.gap()
        let titles = zip(columns, widths).map { " " + DisplayWidth.padded($0.title, to: $1, left: false) }
        let head = "  " + DisplayWidth.padded("prompt · model", to: nameWidth) + titles.joined()
        try page.line(page.colored(head, .faint))
        for (index, row) in rows.enumerated() {
            if index == 0 || rows[index - 1].suite != row.suite {
                let name = DisplayWidth.fitted(LogText.line(row.suite), to: page.style.width - 6)
                try page.line("suite " + page.colored(name, .bold))
            }
            let mark = marks[index]
            let name =
                Self.name(names[index].prompt, names[index].model, width: nameWidth - mark.count) + mark
            let cells = zip(columns, widths).map {
                " " + DisplayWidth.padded($0.cells[index], to: $1, left: false)
            }
            try page.line("  " + DisplayWidth.padded(name, to: nameWidth) + cells.joined())
        }
    }

    /// Prompt and model in so many columns: what one does not need, the other gets.
    private static func name(_ prompt: String, _ model: String, width: Int) -> String {
        let room = max(0, width - 3)
        let modelRoom = max(room / 2, room - DisplayWidth.of(prompt))
        let shortModel = DisplayWidth.fitted(model, to: modelRoom)
        let shortPrompt = DisplayWidth.fitted(prompt, to: room - DisplayWidth.of(shortModel))
        return "\(shortPrompt) · \(shortModel)"
    }

    /// The known cost; `≥` where the cost of an answer is not known.
    private static func cost(_ counters: Counters) -> String {
        if let cost = counters.cost { return Figures.money(cost) }
        return counters.knownCost == .zero ? blank : "≥" + Figures.money(counters.knownCost)
    }

    /// What was spent; `≥` where a part of it is not known.
    private static func spent(_ counters: Counters) -> String {
        if counters.knownSpent == .zero { return blank }
        return (counters.spent == nil ? "≥" : "") + Figures.money(counters.knownSpent)
    }

    private static func latency(_ counters: Counters, _ percent: Double) -> String {
        counters.latencies([percent]).first.map(Figures.milliseconds) ?? blank
    }
}
