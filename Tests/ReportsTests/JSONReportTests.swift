import Evals
import JSON
import Reports
import Results
import Testing

@Suite("JSON report") struct JSONReportTests {
    @Test("has the members of the contract in order, one execution a line")
    func contract() throws {
        let results = try SampleRun.results(
            [SampleRun.execution("a"), SampleRun.failed("b")],
            gates: [SampleRun.gate(verdict: .failed)], statuses: [.gateFailed])
        let text = try SampleRun.text(JSONReport(), results)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(
            lines[1] == """
                 "run": {"id": "run-1", "started_at": "2026-11-21T10:00:00Z", "evalrun_version": "0.1.0", "git": null, "mode": "replay", "plan_sha256": "ab12"},
                """)
        #expect(
            lines[2] == """
                 "summary": {"executions": 2, "passed": 1, "failed": 1, "errored": 0, "skipped": 0, "pass_rate": 0.5, "cost_usd": 0.0006, "spent_usd": 0, "judge_calls": 0, "judge_cost_usd": 0, "rerolled": 0, "verdict": "failed", "exit_code": 1},
                """)
        #expect(
            lines[4] == """
                  {"suite": "support", "prompt": "reply", "model": "small", "metric": "pass_rate", "min": 0.95, "max": null, "where": null, "level": "fail", "implied": false, "value": 0.75, "n": 4, "verdict": "failed"}],
                """)
        let value = try JSONParser().parse(text)
        #expect(value.object?.keys == ["evalrun_results", "run", "summary", "gates", "executions"])
        #expect(value["executions"]?[1]?["assertions"]?[0]?["type"] == "contains")
        #expect(lines.count == 9)
    }

    @Test("is a document when nothing ran, and when an answer is hostile")
    func extremes() throws {
        let empty = try SampleRun.text(JSONReport(), SampleRun.results([]))
        #expect(try JSONParser().parse(empty)["executions"] == [])
        let hostile = try SampleRun.text(
            JSONReport(), SampleRun.results([SampleRun.failed("a", output: SampleRun.hostile)]))
        #expect(try JSONParser().parse(hostile)["executions"]?[0]?["output"]?.string == SampleRun.hostile)
    }

    @Test("is the same twice, apart from the run")
    func sameBytes() throws {
        let first = try SampleRun.results([SampleRun.execution("a")])
        var second = try SampleRun.results([SampleRun.execution("a")])
        second.header.id = "run-2"
        let texts = try [first, second].map { try SampleRun.text(JSONReport(), $0).split(separator: "\n") }
        #expect(texts[0][1] != texts[1][1])
        #expect(texts[0][2...] == texts[1][2...])
    }
}
