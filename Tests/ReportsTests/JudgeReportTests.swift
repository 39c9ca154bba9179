import Diagnostics
import Evals
import JSON
import Reports
import Results
import Testing

@Suite("Judges in reports")
struct JudgeReportTests {
    private func text(
        _ executions: [Execution], _ verbosity: TerminalStyle.Verbosity = .normal, limit: Int = 20
    ) throws -> String {
        try SampleRun.text(
            TerminalReport(style: TerminalStyle(verbosity: verbosity, failureLimit: limit)),
            try SampleRun.results(executions))
    }

    private func judged(
        _ caseID: String, passed: Bool = false, votes: [Bool] = [false], isFlipped: Bool? = nil,
        body: (inout Execution) -> Void = { _ in }
    ) -> Execution {
        SampleRun.execution(caseID) {
            $0.status = passed ? .passed : .failed
            var result = AssertionResult(
                type: "llm-rubric", metric: "tone", passed: passed, score: passed ? 1 : 0,
                reason: "it is rude to the customer")
            result.stamp = JudgeStamp(
                models: ["large", "other"], prompts: ["judge-rubric@1"], instrument: "ab", votes: votes,
                isFlipped: isFlipped)
            $0.assertions = [result]
            $0.judging = JudgeUse(calls: 2, cost: Money(picoUSD: 400_000_000))
            body(&$0)
        }
    }

    @Test("what was re-rolled stands before everything else, however it was judged")
    func rerolled() throws {
        let executions = [
            SampleRun.failed("late-parcel"), SampleRun.execution("fine") { $0.answer?.isRerolled = true },
            judged("tone", passed: true) {
                $0.model = "mini"
                $0.judging?.rerolled = 2
            },
        ]
        let shown = try text(executions)
        #expect(
            shown.hasPrefix(
                """
                re-rolled recordings
                  ↻ support › fine [reply@4 · small]: the answer
                  ↻ support › tone [reply@4 · mini]: 2 judge's answers
                """), "\(shown)")
        #expect(shown.contains("evalrun fixtures accept PATH"))
        let short = try text(executions, limit: 1)
        #expect(short.contains("  … and 1 more: --verbose\n") && !short.contains("mini]: 2"), "\(short)")
        #expect(!(try text([SampleRun.execution("fine")])).contains("re-rolled"))
        #expect(!(try text(executions, .quiet)).contains("re-rolled"))
    }

    @Test("calls of judges and what they cost stand apart from the answers")
    func cost() throws {
        let shown = try text([judged("a"), judged("b", passed: true)])
        #expect(shown.contains("the answers cost $0.0006"), "\(shown)")
        #expect(
            shown.contains("beside them judges and embeddings answered 4 calls, which cost $0.0008\n"),
            "\(shown)")
        let unknown = try text([judged("a") { $0.judging?.cost = nil }])
        #expect(unknown.contains("2 calls, which cost an amount not known in full\n"), "\(unknown)")
        #expect(!(try text([SampleRun.execution("a")])).contains("judges"))
    }

    @Test("a judge's reason is shown, with what makes its verdict doubtful")
    func doubts() throws {
        let shown = try text([judged("a", votes: [true, false, false, false], isFlipped: true)])
        #expect(shown.contains("    llm-rubric: it is rude to the customer\n"), "\(shown)")
        #expect(
            shown.contains(
                "      the judges disagree: large pass, other fail, large fail, other fail\n"), "\(shown)")
        #expect(shown.contains("      the order in which the answers were shown changed"), "\(shown)")
        let sure = try text([judged("a", votes: [false, false], isFlipped: false)])
        #expect(!sure.contains("disagree") && !sure.contains("the order"), "\(sure)")
    }

    @Test("an assertion whose judge was not asked says so")
    func unasked() throws {
        let execution = SampleRun.execution("a") {
            $0.status = .failed
            var result = AssertionResult(
                type: "llm-rubric", passed: false, score: 0, reason: "no judge was asked, since 'x' failed")
            result.isUnasked = true
            $0.assertions = [result]
        }
        let shown = try text([execution])
        #expect(shown.contains("    llm-rubric (not asked): no judge was asked, since 'x'"), "\(shown)")
    }

    @Test("rates of judges have a table of their own, without columns that say nothing")
    func table() throws {
        let sure = try text([judged("a"), judged("b", passed: true)])
        #expect(sure.contains("n  raw rate\n") && !sure.contains("disagree"), "\(sure)")
        #expect(sure.contains("tone  support [reply · small]  2     50.0%\n"), "\(sure)")
        let doubtful = try text([
            judged("a", votes: [true, false], isFlipped: true), judged("b", isFlipped: false),
        ])
        #expect(doubtful.contains("n  raw rate  disagree  flips  to first/later\n"), "\(doubtful)")
        #expect(doubtful.contains("2      0.0%     50.0%  50.0%             0/0\n"), "\(doubtful)")
    }

    @Test("JSON has the rates, and the sums of judges apart")
    func json() throws {
        let executions = [
            judged("a", votes: [true, false], isFlipped: true), judged("b", passed: true),
            SampleRun.execution("c") { $0.answer?.isRerolled = true },
        ]
        let value = try JSONParser().parse(
            SampleRun.text(JSONReport(), SampleRun.results(executions)))
        #expect(value.object?.keys == ["evalrun_results", "run", "summary", "gates", "judges", "executions"])
        #expect(value["summary"]?["judge_calls"] == 4)
        #expect(value["summary"]?["judge_cost_usd"] == 0.0008)
        #expect(value["summary"]?["cost_usd"] == 0.0009)
        #expect(value["summary"]?["rerolled"] == 1)
        #expect(
            value["judges"] == [
                [
                    "suite": "support", "prompt": "reply", "model": "small", "name": "tone", "n": 2,
                    "passed": 1, "pass_rate": 0.5, "disagreements": 1, "comparisons": 1, "flips": 1,
                    "flip_rate": 1.0, "flips_to_first": 0, "flips_to_later": 0, "instruments": 1,
                ]
            ])
    }

    @Test("JUnit has calls, cost and the mark as properties, and the judge's reason in the failure")
    func junit() throws {
        let shown = try SampleRun.text(
            JUnitReport(),
            SampleRun.results([judged("a", votes: [true, false]) { $0.judging?.rerolled = 1 }]))
        for part in [
            #"<property name="judge_calls" value="2"/>"#,
            #"<property name="judge_cost_usd" value="0.0004"/>"#,
            #"<property name="rerolled" value="true"/>"#, "llm-rubric: it is rude to the customer",
            "the judges disagree: large pass, other fail",
        ] {
            #expect(shown.contains(part), "\(shown)")
        }
        let plain = try SampleRun.text(JUnitReport(), SampleRun.results([SampleRun.failed("a")]))
        #expect(!plain.contains("judge") && !plain.contains("rerolled"))
    }
}
