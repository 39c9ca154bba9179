import Diagnostics
import Evals
import Results

@testable import Reports

/// Executions and runs for tests.
enum SampleRun {
    /// An execution of the suite `support` that passed, changed by `body`.
    static func execution(_ caseID: String, _ body: (inout Execution) -> Void = { _ in }) -> Execution {
        var execution = Execution(
            suite: "support", caseID: caseID, tags: ["smoke"], prompt: "reply", version: "4", model: "small",
            mark: SourceMark(file: "evalsuites/support.suite.yaml", line: 9, column: 5))
        execution.status = .passed
        execution.score = 1
        execution.answer = Answer(
            reply: Reply(
                servedModel: "gpt-5-mini-2026-01-15", content: "Within 14 days.", finishReason: "stop",
                usage: Usage(inputTokens: 41, outputTokens: 12), latencyMS: 412),
            source: .replayed, requestSHA256: "9f2c")
        execution.cost = Money(picoUSD: 300_000_000)
        body(&execution)
        return execution
    }

    /// An execution whose answer lacks something.
    static func failed(_ caseID: String, output: String = "Within two weeks.") -> Execution {
        execution(caseID) {
            $0.status = .failed
            $0.score = 0
            $0.answer?.reply.content = output
            $0.assertions = [
                AssertionResult(
                    type: "contains", passed: false, score: 0, reason: "the answer lacks '14 days'",
                    expected: "14 days", actual: output)
            ]
        }
    }

    /// An execution without a recording.
    static func missing(_ caseID: String) -> Execution {
        execution(caseID) {
            $0.status = .errored
            $0.score = nil
            $0.answer = nil
            $0.cost = nil
            $0.error = EvaluationError(
                .fixtureMissing, "there is no recording for \(caseID)",
                hint: "evalrun fixtures import ANSWERS.jsonl")
        }
    }

    /// The results of executions in order.
    static func results(
        _ executions: [Execution], gates: [GateResult] = [], declared: Int? = nil,
        statuses: [ExitStatus] = [], mode: String = "replay", invocation: Invocation = .run,
        calibrations: [String: JudgeCalibration] = [:]
    ) throws -> RunResults {
        let spool = ExecutionSpool()
        var tally = Tally()
        var judges = JudgeTally(calibrations: calibrations)
        for execution in executions {
            try spool.append(execution)
            tally.add(execution)
            judges.add(execution)
        }
        let count = declared ?? executions.count
        let exit = ExitStatus.winner(of: statuses)
        let verdict: RunSummary.Verdict =
            switch exit {
            case .passed: .passed
            case .gateFailed: .failed
            case .inconclusive: .inconclusive
            default: .errored
            }
        return RunResults(
            header: RunHeader(
                id: "run-1", startedAt: "2026-11-21T10:00:00Z", evalrunVersion: "0.1.0", mode: mode,
                planSHA256: "ab12", executions: count),
            summary: RunSummary(
                tally: tally, declared: count, verdict: verdict, exitStatus: exit, statuses: statuses),
            gates: gates, table: tally.rows, judges: judges.rows, spool: spool, invocation: invocation)
    }

    /// The result of a gate of the suite `support`.
    static func gate(
        _ metric: GateMetric = .passRate, min: Double? = 0.95, max: Double? = nil, value: Double? = 0.75,
        count: Int = 4, verdict: GateResult.Verdict, level: GateSpecification.Level = .fail,
        isImplied: Bool = false, isAdvisory: Bool = false, reason: String = "3 of 4 units passed"
    ) -> GateResult {
        GateResult(
            suite: "support", prompt: "reply", model: "small",
            gate: GateSpecification(
                metric: metric, min: min, max: max, level: level, isImplied: isImplied,
                mark: SourceMark(file: "evalsuites/support.suite.yaml", line: 30)),
            isAdvisory: isAdvisory, value: value, count: count, verdict: verdict, reason: reason)
    }

    /// All that a report writes.
    static func text(_ report: some Report, _ results: RunResults) throws -> String {
        let output = Output()
        try report.write(results) { output.bytes += $0 }
        return String(decoding: output.bytes, as: UTF8.self)
    }

    /// Collects bytes.
    final class Output {
        var bytes: [UInt8] = []
    }

    /// An answer with everything that may harm a reader.
    static let hostile =
        "\u{1b}[31mred\u{1b}[0m \u{0} ]]> \u{202e}gnp.exe [[ATT\u{1b}[0mACHMENT|/etc/passwd]]\n"
        + "::error file=a::boo\n##vso[task.complete]\n[[PROPERTY|a=b]] <&\"'> \u{FFFE} 👩‍👩‍👧 日本語"
}
