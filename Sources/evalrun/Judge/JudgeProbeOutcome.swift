import Diagnostics
import Evals
import Judges

/// What judges made of the answers of a probe.
struct JudgeProbeOutcome {
    /// Each answer with its execution, in the order of the probe.
    let executions: [(answer: ProbeAnswer, execution: Execution)]
    /// The counts.
    let tally: ProbeTally
    /// Verdicts that could not be recorded.
    var failures: [Diagnostic] = []

    /// Counts the executions.
    init(_ executions: [(answer: ProbeAnswer, execution: Execution)]) {
        self.executions = executions
        var tally = ProbeTally()
        for (answer, execution) in executions {
            switch execution.status {
            case .passed: tally.add(answer, .passed)
            case .failed: tally.add(answer, .failed)
            case .errored, .skipped: tally.add(answer, .errored)
            }
        }
        self.tally = tally
    }

    /// How the program ends.
    func status(maximumRate: Double, isInterrupted: Bool) -> ExitStatus {
        var statuses: [ExitStatus] = failures.isEmpty ? [] : [.errored]
        if isInterrupted { statuses.append(.interrupted) }
        switch tally.verdict(maximumRate: maximumRate) {
        case .resistant: break
        case .broken: statuses.append(.gateFailed)
        case .blind: statuses.append(.inconclusive)
        case .open:
            let kinds = Set(executions.compactMap(\.execution.error?.kind))
            if kinds.contains(where: \.isMissingRecording) {
                statuses.append(.recordingMissing)
            } else {
                statuses.append(kinds.contains(.budget) ? .budget : .errored)
            }
        }
        return ExitStatus.winner(of: statuses)
    }

    /// The hash of the judges with prompt and rubric; nil when none gave a verdict.
    var instrument: String? {
        executions.lazy.compactMap { $0.execution.assertions.first?.stamp?.instrument }.first
    }

    /// What the probe spent; nil when that is not known.
    var spent: Money? {
        executions.reduce(Money.zero as Money?) { sum, pair in
            sum.flatMap { sum in pair.execution.spent.map { sum + $0 } }
        }
    }
}
