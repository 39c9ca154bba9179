import Diagnostics
import Evals
import JSON
import Results
import Testing

@Suite("What judges found")
struct JudgeTallyTests {
    private func verdict(
        _ passed: Bool, metric: String? = "tone", votes: [Bool] = [true], instrument: String = "a",
        calibration: String? = nil, isFlipped: Bool? = nil
    ) -> AssertionResult {
        var result = AssertionResult(
            type: "llm-rubric", metric: metric, passed: passed, score: passed ? 1 : 0, reason: "r")
        result.stamp = JudgeStamp(
            models: ["large"], prompts: ["judge-rubric@1"], instrument: instrument, calibration: calibration,
            votes: votes, isFlipped: isFlipped)
        return result
    }

    private func rows(_ executions: [(model: String, results: [AssertionResult])]) -> [JudgeTally.Row] {
        var tally = JudgeTally()
        for (model, results) in executions {
            var execution = Execution(
                suite: "s", caseID: "c", prompt: "p", version: "1", model: model, mark: SourceMark(file: "f"))
            execution.status = .passed
            execution.assertions = results
            tally.add(execution)
        }
        return tally.rows
    }

    @Test("each metric of each model has a row; what has no metric is named by type and place")
    func names() {
        let rows = rows([
            ("m", [verdict(true), verdict(false, metric: nil)]), ("m", [verdict(false)]),
            ("n", [verdict(true)]),
        ])
        #expect(rows.map(\.model) == ["m", "m", "n"])
        #expect(rows.map(\.name) == ["tone", "llm-rubric-2", "tone"])
        #expect(rows.map(\.verdicts) == [2, 1, 1])
        #expect(rows.map(\.passRate) == [0.5, 0, 1])
    }

    @Test("a set's inner verdicts count, each under its own name")
    func inner() {
        var set = AssertionResult(type: "assert-set", passed: true, score: 1, reason: "r")
        set.inner = [verdict(true), verdict(true, metric: nil)]
        #expect(rows([("m", [set])]).map(\.name) == ["tone", "llm-rubric-1.2"])
    }

    @Test("only verdicts count: no errors, nothing that was not asked, nothing that no judge decided")
    func verdictsOnly() {
        var errored = verdict(false)
        errored.error = EvaluationError(.judge, "no verdict")
        var unasked = verdict(false)
        unasked.isUnasked = true
        let cheap = AssertionResult(type: "contains", passed: true, score: 1, reason: "r")
        #expect(rows([("m", [errored, unasked, cheap])]).isEmpty)
    }

    @Test("skipped executions are left out")
    func skipped() {
        var tally = JudgeTally()
        var execution = Execution(
            suite: "s", caseID: "c", prompt: "p", version: "1", model: "m", mark: SourceMark(file: "f"))
        execution.status = .skipped
        execution.assertions = [verdict(true)]
        tally.add(execution)
        #expect(tally.rows.isEmpty)
    }

    @Test("panels that disagree and orders that change the verdict are counted")
    func doubts() throws {
        let row = try #require(
            rows([
                ("m", [verdict(true, votes: [true, true, false])]),
                ("m", [verdict(true, votes: [true, true])]),
                ("m", [verdict(true, isFlipped: true)]), ("m", [verdict(true, isFlipped: false)]),
            ]).first)
        #expect(row.disagreements == 1 && row.disagreementRate == 0.25)
        #expect(row.comparisons == 2 && row.flips == 1 && row.flipRate == 0.5)
        #expect(try #require(rows([("m", [verdict(true)])]).first).flipRate == nil)
    }

    @Test(
        "the place that judges preferred whatever stood there is counted, for each judge of a panel",
        arguments: [
            (["position": "first"], 1, 0), (["position": "second"], 0, 1), (["position": 1], 1, 0),
            (["position": 3], 0, 1), (["flipped": true], 0, 0), (nil, 0, 0),
            (
                [
                    "panel": [
                        ["details": ["position": "first"]], ["details": ["position": "second"]],
                        ["judge": "x"],
                    ]
                ], 1, 1
            ),
        ] as [(JSONValue?, Int, Int)])
    func positions(details: JSONValue?, first: Int, later: Int) throws {
        var result = verdict(true, isFlipped: true)
        result.details = details
        let row = try #require(rows([("m", [result])]).first)
        #expect(row.firstPreferences == first && row.laterPreferences == later)
    }

    @Test("the verdicts of each instrument stay apart, with its calibration")
    func instruments() throws {
        let row = try #require(
            rows([
                ("m", [verdict(true, instrument: "a", calibration: "tone.json")]),
                ("m", [verdict(false, instrument: "a", calibration: "tone.json")]),
                ("m", [verdict(true, instrument: "b")]),
            ]).first)
        #expect(row.instruments["a"]?.verdicts == 2 && row.instruments["a"]?.passes == 1)
        #expect(row.instruments["b"]?.calibration == nil && row.instruments["b"]?.passes == 1)
        #expect(row.calibrations == ["tone.json"])
        #expect(row.passes == 2)
    }
}
