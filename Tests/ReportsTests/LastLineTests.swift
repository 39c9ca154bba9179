import Evals
import Reports
import Results
import Testing

/// A run and the line that it ends with.
struct LastLineSample: Sendable {
    var executions: [Execution] = []
    var gates: [GateResult] = []
    var statuses: [Evals.ExitStatus] = []
    var declared: Int?
    var mode = "replay"
    var invocation = Invocation.run
    var expected: String

    static let all = [
        LastLineSample(
            expected:
                "NOTHING RAN: no execution is planned or selected, no gate was judged (exit 0). Next: widen --case, --tag, --model or --shard"
        ),
        LastLineSample(
            executions: [SampleRun.execution("a")], gates: [SampleRun.gate(verdict: .passed)],
            expected: "PASSED: 1 of 1 execution passed, 1 gate met (exit 0)"),
        LastLineSample(
            executions: [SampleRun.execution("a"), SampleRun.failed("b")],
            gates: [SampleRun.gate(verdict: .passed), SampleRun.gate(verdict: .failed, level: .warn)],
            expected:
                "PASSED: 1 of 2 executions failed, within what the gates allow, 1 gate met, 1 warning (exit 0)"
        ),
        LastLineSample(
            executions: [SampleRun.failed("b")],
            expected: "NOT JUDGED: 1 of 1 execution failed, no gate was judged (exit 0)"),
        LastLineSample(
            executions: [changed(SampleRun.execution("a")) { $0.status = .skipped }],
            gates: [SampleRun.gate(verdict: .notEvaluated)],
            expected: "NOTHING JUDGED: 1 of 1 execution skipped, 1 gate not evaluated (exit 0)"),
        LastLineSample(
            executions: [SampleRun.missing("a")], gates: [SampleRun.gate(verdict: .unevaluated)],
            statuses: [.recordingMissing, .errored],
            expected:
                "NO RECORDING: 1 of 1 execution errored, 1 gate left open by what is missing (exit 4; also errors left a gate open, or a report could not be written: 3). Next: evalrun record support, or evalrun fixtures import ANSWERS.jsonl for answers that you have (evalrun fixtures stale lists what is missing)"
        ),
        LastLineSample(
            executions: [
                SampleRun.missing("a"),
                changed(SampleRun.missing("b")) {
                    $0.suite = "it's"
                    $0.error = EvaluationError(.fixtureStale, "the recording belongs to another request")
                },
            ], statuses: [.recordingMissing],
            expected:
                "NO RECORDING: 2 of 2 executions errored, no gate was judged (exit 4). Next: evalrun record, or evalrun fixtures import ANSWERS.jsonl for answers that you have (evalrun fixtures stale lists what is missing)"
        ),
        LastLineSample(
            executions: [changed(SampleRun.missing("a")) { $0.suite = "it's" }],
            statuses: [.recordingMissing],
            expected:
                "NO RECORDING: 1 of 1 execution errored, no gate was judged (exit 4). Next: evalrun record 'it'\\''s', or evalrun fixtures import ANSWERS.jsonl for answers that you have (evalrun fixtures stale lists what is missing)"
        ),
        LastLineSample(
            executions: [
                changed(SampleRun.missing("a")) { $0.error = EvaluationError(.needsKey, "a key is missing") }
            ], statuses: [.recordingMissing], mode: "record",
            expected:
                "NO RECORDING: 1 of 1 execution errored, no gate was judged (exit 4). Next: set the key that the messages above name, then evalrun run --resume run-1"
        ),
        LastLineSample(
            executions: [SampleRun.missing("a")], statuses: [.recordingMissing], mode: "record",
            expected:
                "NO RECORDING: 1 of 1 execution errored, no gate was judged (exit 4). Next: mend what the messages above name"
        ),
        LastLineSample(
            executions: [SampleRun.execution("a")], gates: [SampleRun.gate(verdict: .unevaluated)],
            statuses: [.interrupted], declared: 3,
            expected:
                "INTERRUPTED: 2 of 3 executions errored, 1 gate left open by what is missing (exit 130). Next: run the same command again"
        ),
        LastLineSample(
            executions: [SampleRun.execution("a")], statuses: [.interrupted], declared: 2, mode: "live",
            expected:
                "INTERRUPTED: 1 of 2 executions errored, no gate was judged (exit 130). Next: evalrun run --resume run-1"
        ),
        LastLineSample(
            executions: [changed(SampleRun.failed("it's; rm")) { $0.suite = "-x" }],
            gates: [SampleRun.gate(verdict: .failed)], statuses: [.gateFailed],
            expected:
                "FAILED: 1 of 1 execution failed, gate pass_rate ≥ 0.95 not met in 1 suite (exit 1). Next: evalrun run '-x' --case 'it'\\''s; rm' --verbose"
        ),
        LastLineSample(
            executions: [changed(SampleRun.failed("it's")) { $0.suite = "prod" }],
            gates: [SampleRun.gate(verdict: .failed)], statuses: [.gateFailed], invocation: scoring,
            expected:
                "FAILED: 1 of 1 execution failed, gate pass_rate ≥ 0.95 not met in 1 suite (exit 1). Next: evalrun score 't 1.jsonl' --sample 5% --suite prod --case 'it'\\''s' --verbose"
        ),
        LastLineSample(
            executions: [SampleRun.failed("a")], statuses: [.gateFailed], mode: "live", invocation: scoring,
            expected:
                "FAILED: 1 of 1 execution failed, no gate was judged (exit 1). Next: evalrun score 't 1.jsonl' --sample 5% --suite support --case a --mode live --verbose"
        ),
        LastLineSample(
            executions: [unjudged("a")], statuses: [.recordingMissing], invocation: scoring,
            expected:
                "NO RECORDING: 1 of 1 execution errored, no gate was judged (exit 4). Next: evalrun score 't 1.jsonl' --sample 5% --suite support --mode record"
        ),
        LastLineSample(
            executions: [unjudged("a"), changed(unjudged("b")) { $0.suite = "other" }],
            statuses: [.recordingMissing], invocation: rejudging,
            expected:
                "NO RECORDING: 2 of 2 executions errored, no gate was judged (exit 4). Next: evalrun judge run r.json --mode record"
        ),
        LastLineSample(
            executions: [unjudged("a"), SampleRun.missing("b")], statuses: [.recordingMissing],
            invocation: rejudging,
            expected:
                "NO RECORDING: 2 of 2 executions errored, no gate was judged (exit 4). Next: take results that have the answers: evalrun run support --report json=FILE writes them"
        ),
        LastLineSample(
            executions: [SampleRun.missing("b")], statuses: [.recordingMissing], mode: "record",
            invocation: rejudging,
            expected:
                "NO RECORDING: 1 of 1 execution errored, no gate was judged (exit 4). Next: take results that have the answers: evalrun run support --report json=FILE writes them"
        ),
        LastLineSample(
            executions: [SampleRun.execution("a")], statuses: [.interrupted], declared: 2, mode: "live",
            invocation: rejudging,
            expected:
                "INTERRUPTED: 1 of 2 executions errored, no gate was judged (exit 130). Next: evalrun judge run r.json --resume run-1"
        ),
    ]

    private static let scoring = Invocation(.captured, command: "score 't 1.jsonl' --sample 5%")
    private static let rejudging = Invocation(.stored, command: "judge run r.json")

    /// An execution whose answer is there, and the recording of a verdict is not.
    private static func unjudged(_ caseID: String) -> Execution {
        changed(SampleRun.execution(caseID)) {
            $0.status = .errored
            $0.error = EvaluationError(.fixtureMissing, "there is no recording of the judge")
        }
    }
}

@Suite("Last line") struct LastLineTests {
    @Test("is honest, and says what to do next", arguments: LastLineSample.all)
    func lastLine(_ sample: LastLineSample) throws {
        let results = try SampleRun.results(
            sample.executions, gates: sample.gates, declared: sample.declared, statuses: sample.statuses,
            mode: sample.mode, invocation: sample.invocation)
        let text = try SampleRun.text(TerminalReport(), results)
        #expect(text.split(separator: "\n").last.map(String.init) == sample.expected)
    }
}
