import Diagnostics
import Evals
import Gates
import Results
import Testing

@Suite struct ExitDecisionTests {
    private static func gate(
        _ verdict: GateResult.Verdict, level: GateSpecification.Level = .fail, isAdvisory: Bool = false
    ) -> GateResult {
        GateResult(
            suite: "s", prompt: "p", model: "m",
            gate: GateSpecification(metric: .passRate, min: 1, level: level, mark: SourceMark(file: "f")),
            isAdvisory: isAdvisory, value: nil, count: 0, verdict: verdict, reason: "")
    }

    struct Row: Sendable {
        var gates: [GateResult.Verdict] = []
        var kinds: Set<EvaluationError.Kind> = []
        var untolerated = 0
        var unfinished = 0
        var reports = 0
        var statuses: [Evals.ExitStatus]
        var verdict: RunSummary.Verdict
    }

    @Test(
        "every code, and which of several wins",
        arguments: [
            Row(statuses: [], verdict: .passed),
            Row(gates: [.passed, .notEvaluated], statuses: [], verdict: .passed),
            Row(gates: [.passed, .failed], statuses: [.gateFailed], verdict: .failed),
            Row(gates: [.unevaluated], kinds: [.provider], statuses: [.errored], verdict: .errored),
            Row(gates: [.passed], kinds: [.provider, .judge], statuses: [], verdict: .passed),
            Row(gates: [.passed], reports: 1, statuses: [.errored], verdict: .errored),
            Row(gates: [.passed], kinds: [.judge], untolerated: 1, statuses: [.errored], verdict: .errored),
            Row(gates: [.passed], kinds: [.fixtureMissing], statuses: [.recordingMissing], verdict: .errored),
            Row(gates: [.passed], kinds: [.fixtureStale], statuses: [.recordingMissing], verdict: .errored),
            Row(gates: [.passed], kinds: [.needsKey], statuses: [.recordingMissing], verdict: .errored),
            Row(gates: [.inconclusive], statuses: [.inconclusive], verdict: .inconclusive),
            Row(
                gates: [.inconclusive, .unevaluated], statuses: [.errored, .inconclusive], verdict: .errored),
            Row(gates: [.passed], kinds: [.budget], statuses: [.budget], verdict: .errored),
            Row(gates: [.passed], kinds: [.interrupted], statuses: [.interrupted], verdict: .errored),
            Row(gates: [.passed], unfinished: 1, statuses: [.errored], verdict: .errored),
            Row(
                gates: [.failed], kinds: [.interrupted], unfinished: 1,
                statuses: [.interrupted, .gateFailed, .errored], verdict: .failed),
            Row(
                gates: [.failed, .unevaluated], kinds: [.failFast], statuses: [.gateFailed, .errored],
                verdict: .failed),
            Row(
                gates: [.failed], kinds: [.budget, .fixtureMissing],
                statuses: [.gateFailed, .budget, .recordingMissing], verdict: .failed),
            Row(
                gates: [.failed, .unevaluated, .inconclusive],
                kinds: [.interrupted, .budget, .fixtureStale], reports: 1,
                statuses: [
                    .interrupted, .gateFailed, .budget, .recordingMissing, .errored, .inconclusive,
                ], verdict: .failed),
        ])
    func table(row: Row) {
        let decision = ExitDecision(
            gates: row.gates.map { Self.gate($0) }, errorKinds: row.kinds,
            untoleratedErrors: row.untolerated, unfinished: row.unfinished, reportFailures: row.reports)
        #expect(decision.statuses == row.statuses)
        #expect(decision.exitStatus == row.statuses.first ?? Evals.ExitStatus.passed)
        #expect(decision.verdict == row.verdict)
    }

    @Test(
        "a gate that warns or is advisory never decides",
        arguments: [GateResult.Verdict.failed, .unevaluated, .inconclusive])
    func powerless(verdict: GateResult.Verdict) {
        let gates = [Self.gate(verdict, level: .warn), Self.gate(verdict, isAdvisory: true)]
        #expect(ExitDecision(gates: gates, errorKinds: []).exitStatus == .passed)
    }

    @Test("what goes wrong later is added, and never hides a failed gate")
    func adding() {
        let failed = ExitDecision(gates: [Self.gate(.failed)], errorKinds: []).adding(.errored)
        #expect(failed.statuses == [.gateFailed, .errored])
        let invalid = failed.adding(.invalid)
        #expect(invalid.exitStatus == .invalid)
        #expect(ExitDecision(gates: [], errorKinds: []).adding(.errored).verdict == .errored)
        let summary = RunSummary(tally: Tally(), declared: 0, decision: failed)
        #expect(summary.exitStatus == .gateFailed)
        #expect(summary.verdict == .failed)
    }
}
