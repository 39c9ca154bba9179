public import Evals
public import Results

/// How a run ends: every status that applies, and the one that wins.
///
/// A gate of `level: warn` or of an advisory model never counts. Errors count through the gates that they leave
/// open; besides, missing recordings, the budget, an interrupt and a run that ended early count by themselves, whatever an `error_rate`
/// gate tolerates.
public struct ExitDecision: Sendable, Hashable {
    /// All statuses that apply, the winner first; empty when everything passed.
    public let statuses: [ExitStatus]
    /// The status that wins.
    public let exitStatus: ExitStatus
    /// The verdict in one word: `failed` whenever a gate failed for certain, even where an interrupt wins.
    public let verdict: RunSummary.Verdict

    /// Decides.
    ///
    /// - Parameters:
    ///   - gates: The results of all gates; empty for a shard.
    ///   - errorKinds: The kinds of error of errored executions, see `Tally.decidingErrorKinds`.
    ///   - untoleratedErrors: Errored executions that no `error_rate` gate looks at.
    ///   - unfinished: Executions of the plan without a result; what became of them is unknown.
    ///   - reportFailures: Reports that could not be written.
    public init(
        gates: [GateResult], errorKinds: Set<EvaluationError.Kind>, untoleratedErrors: Int = 0,
        unfinished: Int = 0, reportFailures: Int = 0
    ) {
        var applying: Set<ExitStatus> = []
        for result in gates where result.decides {
            switch result.verdict {
            case .failed: applying.insert(.gateFailed)
            case .unevaluated: applying.insert(.errored)
            case .inconclusive: applying.insert(.inconclusive)
            case .passed, .notEvaluated: break
            }
        }
        if untoleratedErrors > 0 || unfinished > 0 || reportFailures > 0 { applying.insert(.errored) }
        if errorKinds.contains(where: \.isMissingRecording) { applying.insert(.recordingMissing) }
        if errorKinds.contains(.budget) { applying.insert(.budget) }
        if errorKinds.contains(.interrupted) { applying.insert(.interrupted) }
        self.init(applying)
    }

    /// The decision with one more status, for what goes wrong after the gates were judged.
    public func adding(_ status: ExitStatus) -> ExitDecision {
        ExitDecision(Set(statuses).union([status]))
    }

    private init(_ applying: Set<ExitStatus>) {
        statuses = ExitStatus.precedence.filter(applying.contains)
        exitStatus = ExitStatus.winner(of: applying)
        verdict =
            if applying.contains(.gateFailed) {
                .failed
            } else {
                switch exitStatus {
                case .passed: .passed
                case .inconclusive: .inconclusive
                default: .errored
                }
            }
    }
}

extension RunSummary {
    /// Sums a run up with what was decided.
    public init(tally: Tally, declared: Int, decision: ExitDecision) {
        self.init(
            tally: tally, declared: declared, verdict: decision.verdict, exitStatus: decision.exitStatus,
            statuses: decision.statuses)
    }
}
