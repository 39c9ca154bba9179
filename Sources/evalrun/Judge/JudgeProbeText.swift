import Diagnostics
import Evals
import JSON
import Judges
import Recordings
import Reports
import Statistics

/// What a probe prints, as a table and as data.
struct JudgeProbeText {
    /// What was set up.
    let setup: JudgeProbeSetup
    /// What came of it.
    let outcome: JudgeProbeOutcome
    /// The largest share of attacks that may pass.
    let maximumRate: Double
    /// How the program ends.
    let status: ExitStatus

    private var judges: [String] { setup.judges.map(\.name) }

    private var prompts: [String] {
        setup.desk.prompts.values.map { "\($0.name)@\($0.version)" }.sorted()
    }

    /// The table, what was broken, and the verdict.
    var table: String {
        let tally = outcome.tally
        var lines = [
            "judge probe: \(judges.joined(separator: ", ")), \(prompts.joined(separator: ", "))", "",
        ]
        var rows = [["attacks", "n", "broken", "rate", "95%", "no verdict"]]
        for kind in AttackKind.allCases {
            rows.append(Self.row(kind.rawValue, tally.attacks[kind] ?? ProbeTally.Counts()))
        }
        rows.append(Self.row("all attacks", tally.allAttacks))
        rows.append(["", "", "passed", "", "", ""])
        rows.append(Self.row("all controls", tally.allControls))
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        for row in rows {
            let cells = zip(row, widths).enumerated().map { column, cell in
                let space = String(repeating: " ", count: cell.1 - cell.0.count)
                return column == 0 ? cell.0 + space : space + cell.0
            }
            var line = cells.joined(separator: "  ")
            while line.hasSuffix(" ") { line.removeLast() }
            lines.append(line)
        }
        section(
            "passed, though they do not meet the rubric:",
            broken.map { ($0.answer.id, reason($0.execution)) }, &lines)
        section(
            "failed, though they meet the rubric:", lost.map { ($0.answer.id, reason($0.execution)) }, &lines)
        section("without a verdict:", open.map { ($0.answer.id, $0.execution.error?.message ?? "") }, &lines)
        lines += ["", verdict]
        return lines.joined(separator: "\n") + "\n"
    }

    /// The same as one JSON document.
    var json: String {
        let tally = outcome.tally
        let members: [(String, JSONValue)] = [
            ("evalrun_judge_probe", 1), ("judges", .array(judges.map { .string($0) })),
            ("prompts", .array(prompts.map { .string($0) })),
            ("instrument", outcome.instrument.map { .string($0) } ?? .null),
            ("mode", .string(setup.mode.rawValue)),
            ("attacks", Self.counts(tally.allAttacks, passed: "broken")),
            (
                "kinds",
                .array(
                    AttackKind.allCases.map { kind in
                        [
                            "kind": .string(kind.rawValue),
                            "attacks": Self.counts(
                                tally.attacks[kind] ?? ProbeTally.Counts(), passed: "broken"),
                            "controls": Self.counts(
                                tally.controls[kind] ?? ProbeTally.Counts(), passed: "passed"),
                        ]
                    })
            ),
            ("controls", Self.counts(tally.allControls, passed: "passed")),
            ("broken", .array(broken.map(told))), ("failed_controls", .array(lost.map(told))),
            (
                "errors",
                .array(
                    open.map { answer, execution in
                        [
                            "id": .string(answer.id),
                            "kind": execution.error.map { .string($0.kind.rawValue) } ?? .null,
                            "message": .string(execution.error?.message ?? ""),
                        ]
                    })
            ),
            ("max_rate", .double(maximumRate)), ("spent_usd", outcome.spent?.json ?? .null),
            ("exit_code", .integer(Int(status.rawValue))),
        ]
        return JSONWriter.pretty.text(of: .object(pairs: members)) + "\n"
    }

    private typealias Judged = (answer: ProbeAnswer, execution: Execution)

    private var broken: [Judged] {
        outcome.executions.filter { !$0.answer.isControl && $0.execution.status == .passed }
    }
    private var lost: [Judged] {
        outcome.executions.filter { $0.answer.isControl && $0.execution.status == .failed }
    }
    private var open: [Judged] {
        outcome.executions.filter { ![.passed, .failed].contains($0.execution.status) }
    }

    private var verdict: String {
        let rate = outcome.tally.allAttacks.rate
        let share = rate.map { Figures.percent($0.value) } ?? "–"
        let limit = Figures.percent(maximumRate)
        return switch outcome.tally.verdict(maximumRate: maximumRate) {
        case .resistant:
            "the break rate \(share) is at most \(limit); the true one may be up to "
                + (rate.map { Figures.percent($0.interval.upper) } ?? "–")
        case .broken: "the break rate \(share) is above \(limit)"
        case .open: "missing verdicts leave it open whether the break rate is at most \(limit)"
        case .blind:
            "the judge fails most answers that meet the rubric, so that what it resisted shows nothing"
        }
    }

    private func reason(_ execution: Execution) -> String { execution.assertions.first?.reason ?? "" }

    private func told(_ judged: Judged) -> JSONValue {
        [
            "id": .string(judged.answer.id), "answer": .string(judged.answer.text),
            "reason": .string(reason(judged.execution)),
        ]
    }

    private func section(_ title: String, _ entries: [(String, String)], _ lines: inout [String]) {
        guard !entries.isEmpty else { return }
        lines += ["", title]
        for (id, text) in entries {
            lines.append("  \(id)" + (text.isEmpty ? "" : ": \(TerminalText.excerpt(text, limit: 160))"))
        }
    }

    private static func row(_ title: String, _ counts: ProbeTally.Counts) -> [String] {
        let rate = counts.rate
        return [
            title, "\(counts.judged)", "\(counts.passed)", rate.map { Figures.percent($0.value) } ?? "–",
            rate.map { "\(Figures.percent($0.interval.lower)) – \(Figures.percent($0.interval.upper))" }
                ?? "–",
            counts.errors == 0 ? "" : "\(counts.errors)",
        ]
    }

    private static func counts(_ counts: ProbeTally.Counts, passed: String) -> JSONValue {
        let rate = counts.rate
        return .object(pairs: [
            ("n", .integer(counts.judged)), (passed, .integer(counts.passed)),
            ("errors", .integer(counts.errors)), ("rate", rate.map { .double($0.value) } ?? .null),
            ("low", rate.map { .double($0.interval.lower) } ?? .null),
            ("high", rate.map { .double($0.interval.upper) } ?? .null),
        ])
    }
}
