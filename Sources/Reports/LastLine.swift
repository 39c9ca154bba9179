import Evals
import Results

/// The last line of the terminal report: what happened, how the program ends, and what to do next.
struct LastLine {
    private let results: RunResults
    private let digest: FailureDigest
    private let command: NextCommand
    private var summary: RunSummary { results.summary }

    /// Speaks of a run.
    init(_ results: RunResults, _ digest: FailureDigest) {
        self.results = results
        self.digest = digest
        command = NextCommand(results)
    }

    /// The line, without a line feed.
    var text: String {
        let next = next.map { ". Next: " + $0 } ?? ""
        return "\(word): \((executions + gates).joined(separator: ", ")) (\(exit))\(next)"
    }

    /// The verdict in a word or two, in capitals.
    var word: String {
        switch summary.exitStatus {
        case .passed:
            if summary.executions == 0 { return "NOTHING RAN" }
            if summary.skipped == summary.executions { return "NOTHING JUDGED" }
            // A shard judges no gates, and a narrow selection may leave nothing for them.
            return results.gates.contains { $0.decides && $0.verdict == .passed } ? "PASSED" : "NOT JUDGED"
        case .gateFailed: return "FAILED"
        case .invalid, .usage: return "INVALID"
        case .errored: return "ERROR"
        case .recordingMissing: return "NO RECORDING"
        case .inconclusive: return "INCONCLUSIVE"
        case .budget: return "STOPPED BY THE BUDGET"
        case .interrupted: return "INTERRUPTED"
        }
    }

    private var executions: [String] {
        let total = Figures.count(summary.executions, "execution")
        if summary.executions == 0 { return ["no execution is planned or selected"] }
        var parts: [String] = []
        let counts = [
            (summary.failed, "failed", results.table.map(\.counters.failed)),
            (summary.errored, "errored", results.table.map(\.counters.errored)),
            (summary.skipped, "skipped", []),
        ]
        for (number, word, byRow) in counts where number > 0 {
            let subject = parts.isEmpty ? "\(number) of \(total)" : "\(number)"
            let advisory = zip(results.table, byRow).reduce(0) { $0 + ($1.0.isAdvisory ? $1.1 : 0) }
            let note = advisory > 0 ? " (\(advisory) of advisory models)" : ""
            parts.append("\(subject) \(word)\(note)")
        }
        if summary.failed + summary.errored == 0, summary.passed > 0 {
            parts.insert("\(summary.passed) of \(total) passed", at: 0)
            if summary.skipped > 0 { parts[1] = "\(summary.skipped) skipped" }
        } else if summary.exitStatus == .passed, summary.passed > 0 || summary.failed > 0,
            !results.gates.isEmpty
        {
            parts.append("within what the gates allow")
        }
        return parts
    }

    private var gates: [String] {
        let deciding = results.gates.filter(\.decides)
        var parts: [String] = []
        var unmet: [(condition: String, suites: Set<String>)] = []
        for gate in deciding where gate.verdict == .failed {
            let condition = LogText.line(GateText(gate).condition)
            if let place = unmet.firstIndex(where: { $0.condition == condition }) {
                unmet[place].suites.insert(gate.suite)
            } else {
                unmet.append((condition, [gate.suite]))
            }
        }
        for (condition, suites) in unmet.prefix(2) {
            parts.append("gate \(condition) not met in \(Figures.count(suites.count, "suite"))")
        }
        if unmet.count > 2 { parts.append("\(Figures.count(unmet.count - 2, "further gate")) not met") }
        let open = deciding.count { $0.verdict == .unevaluated }
        if open > 0 { parts.append("\(Figures.count(open, "gate")) left open by what is missing") }
        let unsure = deciding.count { $0.verdict == .inconclusive }
        if unsure > 0 { parts.append("\(Figures.count(unsure, "gate")) inconclusive") }
        let met = deciding.count { $0.verdict == .passed }
        if parts.isEmpty, met > 0 { parts.append("\(Figures.count(met, "gate")) met") }
        let unjudged = results.gates.count { $0.verdict == .notEvaluated }
        if unjudged > 0 { parts.append("\(Figures.count(unjudged, "gate")) not evaluated") }
        let warnings = results.gates.count { GateText($0).word == "WARN" }
        if warnings > 0 { parts.append(Figures.count(warnings, "warning")) }
        if results.gates.isEmpty { parts.append("no gate was judged") }
        return parts
    }

    /// The exit status, and the others that apply.
    private var exit: String {
        let others = summary.statuses.filter { $0 != summary.exitStatus && $0 != .passed }
        let also = others.map { "\($0.meaning): \($0.rawValue)" }.joined(separator: "; ")
        return "exit \(summary.exitStatus.rawValue)" + (also.isEmpty ? "" : "; also \(also)")
    }

    private var next: String? {
        switch summary.exitStatus {
        case .passed: return summary.executions == 0 ? "widen --case, --tag, --model or --shard" : nil
        case .gateFailed:
            return digest.firstFailure.map(command.show) ?? "see the gates above"
        case .recordingMissing: return unrecorded
        case .errored: return digest.firstError.map(command.show) ?? "see the messages above"
        case .inconclusive: return "take more samples with --repeat"
        case .budget: return "raise --max-usd, or select less"
        case .interrupted:
            let isReplay = results.header.mode == "replay"
            return isReplay ? "run the same command again" : command.resume
        case .invalid, .usage: return "mend what the messages above name"
        }
    }

    /// How recordings come about; a run that makes them itself lacks a key, or has a damaged file in its way.
    private var unrecorded: String {
        let lacksStored = results.invocation.answers == .stored && digest.lacksAnswers
        guard results.header.mode == "replay" || lacksStored else {
            return digest.unrecordedSuites.isEmpty
                ? "set the key that the messages above name, then \(command.resume)"
                : "mend what the messages above name"
        }
        return command.fill(digest.unrecordedSuites, lacksAnswers: digest.lacksAnswers)
    }
}
