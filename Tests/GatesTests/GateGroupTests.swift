import Evals
import Gates
import Testing

@Suite struct GateGroupTests {
    private static func judge(
        _ gates: [GateSpecification], groups: [GateGroup], isNarrowed: Bool, _ executions: [Execution]
    ) -> GateJudge {
        var judge = GateJudge(
            suites: [SuiteGates(suite: "s", gates: gates)], groups: groups, isNarrowed: isNarrowed)
        for execution in executions { judge.add(execution) }
        return judge
    }

    private static let groups = [
        GateGroup(suite: "s", prompt: "p", model: "m"), GateGroup(suite: "s", prompt: "q@2", model: "m"),
        GateGroup(suite: "s", prompt: "p", model: "new", isAdvisory: true),
    ]

    private static let executions = [
        GateJudgeTests.execution("p", tags: ["smoke"]), GateJudgeTests.execution("f", prompt: "q@2"),
        GateJudgeTests.execution("f", model: "new", isAdvisory: true),
    ]

    @Test("each prompt × model is judged by itself, in order of gate and group")
    func each() {
        let gates = [
            GateJudgeTests.gate("pass_rate", min: 1), GateJudgeTests.gate("error_rate", max: 0),
        ]
        let results = Self.judge(gates, groups: Self.groups, isNarrowed: false, Self.executions).finish()
        #expect(results.map(\.verdict) == [.passed, .failed, .failed, .passed, .passed, .passed])
        #expect(results.map(\.prompt) == ["p", "q@2", "p", "p", "q@2", "p"])
        #expect(results.map(\.decides) == [true, true, false, true, true, false])
    }

    @Test("a suite is pooled without its advisory models")
    func pooled() {
        let gate = GateJudgeTests.gate("pass_rate", min: 0.5, over: .suite)
        let results = Self.judge([gate], groups: Self.groups, isNarrowed: false, Self.executions).finish()
        #expect(results.count == 1)
        #expect(results.first?.prompt == nil)
        #expect(results.first?.value == 0.5)
        #expect(results.first?.verdict == .passed)
    }

    @Test("a condition on prompt or model leaves the other groups out", arguments: [true, false])
    func filtered(isNarrowed: Bool) {
        let gate = GateJudgeTests.gate("pass_rate", min: 1, filter: GateFilter(prompts: ["q"]))
        let results = Self.judge([gate], groups: Self.groups, isNarrowed: isNarrowed, Self.executions)
            .finish()
        #expect(results.map(\.prompt) == ["q@2"])
        #expect(results.map(\.verdict) == [.failed])
    }

    @Test("nothing under a gate is not evaluated in a narrowed run, and never passes in a full one")
    func empty() {
        let smoke = GateJudgeTests.gate("pass_rate", min: 1, filter: GateFilter(tags: ["smoke"]))
        let all = GateJudgeTests.gate("pass_rate", min: 1)
        let first = Array(Self.executions.prefix(1))
        let last = Array(Self.executions.suffix(1))
        func verdicts(
            _ gate: GateSpecification, _ isNarrowed: Bool, _ executions: [Execution]
        ) -> [GateResult.Verdict] {
            Self.judge([gate], groups: Self.groups, isNarrowed: isNarrowed, executions).finish().map(
                \.verdict)
        }
        #expect(verdicts(all, true, first) == [.passed, .notEvaluated, .notEvaluated])
        #expect(verdicts(all, false, first) == [.passed, .unevaluated, .unevaluated])
        #expect(verdicts(smoke, true, last) == [.notEvaluated, .notEvaluated, .notEvaluated])
        #expect(verdicts(smoke, false, last) == [.unevaluated, .unevaluated, .unevaluated])
        #expect(verdicts(smoke, false, first) == [.passed])
        #expect(verdicts(all, true, [GateJudgeTests.execution("s")]).first == .notEvaluated)
    }

    @Test(
        "a gate over a model or prompt that the run does not have is shown all the same",
        arguments: [GateFilter(models: ["openai/x"]), GateFilter(prompts: ["other"])])
    func leftOut(filter: GateFilter) {
        for (isNarrowed, verdict) in [(true, GateResult.Verdict.notEvaluated), (false, .unevaluated)] {
            for groups in [Self.groups, []] {
                let results = Self.judge(
                    [GateJudgeTests.gate("pass_rate", min: 1, filter: filter)], groups: groups,
                    isNarrowed: isNarrowed, Self.executions
                ).finish()
                #expect(results.map(\.verdict) == [verdict])
                #expect(results.first?.prompt == nil && results.first?.model == nil)
                #expect(results.first?.reason == "nothing in this run falls under the gate")
            }
        }
        let implied = GateSpecification.complete([], mark: GateJudgeTests.mark)
        #expect(Self.judge(implied, groups: [], isNarrowed: true, []).finish().isEmpty)
    }

    @Test("a run that ended early passes no gate, and still fails one")
    func cutShort() {
        let gates = [
            GateJudgeTests.gate("pass_rate", min: 1), GateJudgeTests.gate("error_rate", max: 0),
            GateJudgeTests.gate("pass_rate", min: 1, filter: GateFilter(models: ["openai/x"])),
            GateJudgeTests.gate("pass_rate", min: 0.5, over: .suite),
        ]
        let judge = Self.judge(
            gates, groups: Self.groups, isNarrowed: true, Array(Self.executions.prefix(2)))
        #expect(
            judge.finish().map(\.verdict) == [
                .passed, .failed, .notEvaluated, .passed, .passed, .notEvaluated, .notEvaluated, .passed,
            ])
        let results = judge.finish(isCutShort: true)
        #expect(
            results.map(\.verdict) == judge.finish().map { $0.verdict == .failed ? .failed : .unevaluated })
        #expect(
            results.filter { $0.verdict == .unevaluated }.allSatisfy {
                $0.reason.hasSuffix("the run ended before all executions had results")
            })
    }

    @Test("an error that no error_rate gate looks at is not tolerated")
    func untolerated() {
        let tags = GateJudgeTests.gate("error_rate", max: 1, filter: GateFilter(tags: ["smoke"]))
        let everything = GateJudgeTests.gate("error_rate", max: 1)
        let executions = [
            GateJudgeTests.execution("e", tags: ["smoke"]), GateJudgeTests.execution("e"),
            GateJudgeTests.execution("e", model: "new", isAdvisory: true),
        ]
        #expect(Self.judge([tags], groups: [], isNarrowed: false, executions).untoleratedErrors == 1)
        #expect(Self.judge([everything], groups: [], isNarrowed: false, executions).untoleratedErrors == 0)
        #expect(Self.judge([], groups: [], isNarrowed: false, executions).untoleratedErrors == 2)
    }

    @Test("a metric's score is the weighted mean of its assertions, inner ones included")
    func weighted() {
        var execution = GateJudgeTests.execution("p", 1)
        execution.assertions = [
            AssertionResult(
                type: "assert-set", passed: true, score: 0, weight: 9, reason: "",
                inner: [
                    AssertionResult(type: "a", metric: "tone", passed: true, score: 1, weight: 3, reason: "")
                ]),
            AssertionResult(type: "b", metric: "tone", passed: true, score: 0, weight: 1, reason: ""),
            AssertionResult(type: "c", metric: "other", passed: true, score: 0, weight: 1, reason: ""),
            AssertionResult(
                type: "d", metric: "tone", passed: true, score: 0, weight: 1, reason: "", isQuarantined: true),
        ]
        let result = GateJudgeTests.results(GateJudgeTests.gate("score.tone", min: 0.75), [execution]).first
        #expect(result?.value == 0.75)
        #expect(result?.verdict == .passed)
    }
}
