import Evals
import Results
import Statistics

/// What judges found, a line for each metric of each suite × prompt × model, in aligned columns.
struct TerminalJudges {
    /// A column of figures.
    private struct Column: Sendable {
        var title: String
        /// The text; nil where the row has nothing to say.
        var cell: @Sendable (JudgeTally.Row) -> String?
    }

    private static let columns: [Column] = [
        Column(title: "n") { "\($0.verdicts)" },
        Column(title: "raw rate") { Figures.percent($0.passRate) },
        Column(title: "corrected") { $0.calibrated.map(CalibratedRateText.rate) },
        Column(title: "κ") { $0.calibrated.flatMap(CalibratedRateText.kappa) },
        Column(title: "labels") { $0.calibrated?.agreement.map { "\($0.labels)" } },
        Column(title: "disagree") {
            $0.disagreements == 0 ? nil : Figures.percent($0.disagreementRate)
        },
        Column(title: "flips") { $0.flipRate.map(Figures.percent) },
        Column(title: "to first/later") {
            $0.flips == 0 ? nil : "\($0.firstPreferences)/\($0.laterPreferences)"
        },
    ]

    /// The most rows that are shown, unless verbose.
    private static let limit = 40

    private let page: TerminalPage

    /// Writes on a page.
    init(_ page: TerminalPage) { self.page = page }

    /// Writes the rows; columns that have nothing to say are left out.
    func write(_ rows: [JudgeTally.Row]) throws {
        guard !rows.isEmpty else { return }
        let shown = page.style.verbosity == .verbose ? rows[...] : rows.prefix(Self.limit)
        var columns: [(title: String, cells: [String])] = []
        for column in Self.columns {
            let cells = shown.map(column.cell)
            guard cells.contains(where: { $0 != nil }) else { continue }
            columns.append((column.title, cells.map { $0 ?? "–" }))
        }
        let names = shown.map(Self.name)
        let width = max(min(names.map(DisplayWidth.of).max() ?? 0, page.style.width / 2), 14)
        page.gap()
        let widths = columns.map { ($0.cells + [$0.title]).map(DisplayWidth.of).max() ?? 0 }
        let titles = zip(columns, widths).map { "  " + DisplayWidth.padded($0.title, to: $1, left: false) }
        try page.line(
            page.colored(DisplayWidth.padded("judges", to: width + 2) + titles.joined(), .faint))
        for (index, name) in names.enumerated() {
            let cells = zip(columns, widths).map {
                "  " + DisplayWidth.padded($0.cells[index], to: $1, left: false)
            }
            let fitted = DisplayWidth.fitted(name, to: width)
            try page.line("  " + DisplayWidth.padded(fitted, to: width) + cells.joined())
        }
        for (row, name) in zip(shown, names) {
            guard case .uncorrected(let reason)? = row.calibrated?.outcome else { continue }
            try page.line("  \(name): not corrected: \(reason)")
        }
        if rows.count > shown.count {
            try page.line("  … and \(rows.count - shown.count) more: --verbose")
        }
    }

    /// The metric first, since it is what the rows of a table differ in most.
    private static func name(_ row: JudgeTally.Row) -> String {
        LogText.line(
            "\(row.name)  \(row.suite) [\(row.prompt) · \(row.model)]" + (row.isAdvisory ? " (advisory)" : "")
        )
    }
}
