import Diagnostics
import Evals
import Results
import Testing

@Suite struct TallyTests {
    private static func execution(
        _ status: Execution.Status, prompt: String = "p", model: String = "m", score: Double? = nil,
        cost: Money? = .zero, latency: Double? = nil, error: EvaluationError.Kind? = nil,
        isAdvisory: Bool = false
    ) -> Execution {
        var execution = Execution(
            suite: "s", caseID: "c", prompt: prompt, version: "1", model: model, isAdvisory: isAdvisory,
            mark: SourceMark(file: "f"))
        execution.status = status
        execution.score = score
        if let error {
            execution.error = EvaluationError(error, "x")
        } else {
            execution.answer = Answer(
                reply: Reply(
                    content: "x", usage: Usage(inputTokens: 10, outputTokens: 2), latencyMS: latency),
                source: .replayed)
            execution.cost = cost
        }
        return execution
    }

    @Test("rows follow the plan and add up to the whole")
    func rows() {
        var tally = Tally()
        tally.add(Self.execution(.passed, prompt: "b", score: 1, cost: Money(picoUSD: 2), latency: 10))
        tally.add(Self.execution(.failed, prompt: "a", score: 0.5, cost: Money(picoUSD: 3), latency: 30))
        tally.add(Self.execution(.errored, prompt: "b", error: .timeout))
        tally.add(Self.execution(.skipped, prompt: "b", score: 1, cost: Money(picoUSD: 5), latency: 99))
        #expect(tally.rows.map(\.prompt) == ["b", "a"])
        #expect(tally.rows.map(\.counters.executions) == [3, 1])
        #expect(tally.overall.passRate == 1.0 / 3)
        #expect(tally.overall.meanScore == 0.5)
        #expect(tally.overall.cost == Money(picoUSD: 10))
        #expect(tally.overall.inputTokens == 30)
        #expect(tally.overall.outputTokens == 6)
        #expect(tally.rows[0].counters.latencies([50, 95]) == [10, 10])
        #expect(tally.rows[1].counters.latencies([50, 95]) == [30, 30])
        #expect(tally.rows[0].counters.meanScore == 0.5)
    }

    @Test("an unknown price makes the whole cost unknown")
    func unknownCost() {
        var tally = Tally()
        tally.add(Self.execution(.passed, cost: Money(picoUSD: 2)))
        #expect(tally.overall.cost == Money(picoUSD: 2))
        tally.add(Self.execution(.errored, error: .timeout))
        #expect(tally.overall.cost == Money(picoUSD: 2))
        tally.add(Self.execution(.passed, cost: nil))
        #expect(tally.overall.cost == nil)
    }

    @Test("what judges cost is counted apart from the answers, and what is not known makes it unknown")
    func judging() {
        var tally = Tally()
        var judged = Self.execution(.passed, cost: Money(picoUSD: 2))
        judged.judging = JudgeUse(calls: 3, failures: 1, cost: Money(picoUSD: 5))
        judged.spent = Money(picoUSD: 5)
        tally.add(judged)
        tally.add(Self.execution(.passed, cost: Money(picoUSD: 2)))
        #expect(tally.overall.cost == Money(picoUSD: 4))
        #expect(tally.overall.spent == Money(picoUSD: 5))
        #expect(tally.overall.judging.cost == Money(picoUSD: 5))
        #expect(tally.overall.judging.calls == 3 && tally.overall.judging.failures == 1)
        judged.judging?.cost = nil
        judged.judging?.rerolled = 4
        tally.add(judged)
        #expect(tally.overall.cost == Money(picoUSD: 6))
        #expect(tally.overall.judging.cost == nil)
        let summary = RunSummary(
            tally: tally, declared: 3, verdict: .passed, exitStatus: .passed, statuses: [])
        #expect(summary.judgeCalls == 6 && summary.judgeCost == nil && summary.rerolled == 1)
    }

    @Test("an unknown spending makes the sum unknown, and what is known of it stays")
    func unknownSpending() {
        var tally = Tally()
        for spent in [Money(picoUSD: 2), nil, Money(picoUSD: 3), .zero] {
            var execution = Self.execution(.passed)
            execution.spent = spent
            tally.add(execution)
        }
        #expect(tally.overall.spent == nil && tally.overall.knownSpent == Money(picoUSD: 5))
        let summary = RunSummary(
            tally: tally, declared: 4, verdict: .passed, exitStatus: .passed, statuses: [])
        #expect(summary.spent == nil && summary.knownSpent == Money(picoUSD: 5))
    }

    @Test(
        "declared = passed + failed + errored + skipped, or the difference is told",
        arguments: [(4, true, 0), (5, false, 1), (3, false, 0)])
    func invariant(declared: Int, holds: Bool, unfinished: Int) {
        var tally = Tally()
        for status in Execution.Status.allCases { tally.add(Self.execution(status)) }
        #expect((tally.mismatch(declared: declared) == nil) == holds)
        #expect(tally.unfinished(declared: declared) == unfinished)
    }

    @Test("executions without a result count as errored in the summary, and against the pass rate")
    func summary() {
        var tally = Tally()
        tally.add(Self.execution(.passed))
        let summary = RunSummary(
            tally: tally, declared: 4, verdict: .errored, exitStatus: .interrupted, statuses: [.interrupted])
        #expect(summary.errored == 3)
        #expect(summary.passRate == 0.25)
        let empty = RunSummary(
            tally: Tally(), declared: 0, verdict: .passed, exitStatus: .passed, statuses: [])
        #expect(empty.passRate == nil)
        #expect(empty.cost == .zero)
    }

    @Test(
        "an advisory model's errors count only where they tell of the run",
        arguments: [
            (EvaluationError.Kind.fixtureMissing, false, true), (.fixtureMissing, true, false),
            (.budget, true, true), (.interrupted, true, true), (.provider, true, false),
        ])
    func kinds(kind: EvaluationError.Kind, isAdvisory: Bool, counts: Bool) {
        var tally = Tally()
        tally.add(Self.execution(.errored, error: kind, isAdvisory: isAdvisory))
        #expect(tally.decidingErrorKinds == (counts ? [kind] : []))
    }

    @Test(
        "percentiles are values, by nearest rank",
        arguments: [
            (95.0, 20, 19.0), (95, 100, 95), (50, 4, 2), (100, 7, 7), (0.1, 5, 1), (99.9, 1000, 999),
            (7, 100, 7),
            (50, 1, 1),
        ])
    func percentile(percent: Double, count: Int, expected: Double) {
        #expect(NearestRank.percentile(percent, of: (1...count).map(Double.init)) == expected)
        #expect(NearestRank.percentile(percent, of: []) == nil)
    }

    @Test(
        "the number of values that a percentile needs", arguments: [(95.0, 59), (50, 5), (99, 299), (1, 1)])
    func needed(percent: Double, count: Int) {
        #expect(NearestRank.countForConfidence(percent) == count)
        #expect(NearestRank.countForConfidence(100) == nil)
    }
}
