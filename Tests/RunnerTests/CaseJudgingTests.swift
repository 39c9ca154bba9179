import Assertions
import Diagnostics
import Evals
import JSON
import Synchronization
import Testing

@testable import Runner

/// Answers as the model under test and as a judge, at prices of their own, and keeps what was asked.
private final class BothModels: Answering {
    private let log = Mutex<[ModelRequest]>([])
    private let failure: EvaluationError?
    private let judgeCost: Money?

    init(judgeCost: Money? = Money(picoUSD: 5), failure: EvaluationError? = nil) {
        self.judgeCost = judgeCost
        self.failure = failure
    }

    /// What was asked so far, by purpose.
    var purposes: [String] { log.withLock { $0.map(\.site.purpose) } }

    func answer(_ request: ModelRequest) async throws(EvaluationError) -> Answer {
        log.withLock { $0.append(request) }
        guard request.site.purpose != "answer" else {
            return Answer(reply: Reply(content: "fine", cost: Money(picoUSD: 100)), source: .live)
        }
        if let failure { throw failure }
        return Answer(
            reply: Reply(
                content: "yes", usage: Usage(inputTokens: 7, outputTokens: 2), cost: judgeCost),
            source: .live, notice: "moved", isRerolled: true)
    }
}

@Suite("Judging a case")
struct CaseJudgingTests {
    private static let mark = SourceMark(file: "s.yaml", line: 1)
    private static let quarantine = Quarantine(until: "2999-01-01", owner: "me", reason: "flaky")

    /// An assertion without a judge: its outcome is `pass`, `fail` or `error`.
    private func cheap(
        _ outcome: String, weight: Double = 1, isQuarantined: Bool = false
    ) -> CompiledAssertion {
        let specification = AssertionSpecification(
            type: "cheap-\(outcome)", weight: weight, quarantine: isQuarantined ? Self.quarantine : nil,
            mark: Self.mark)
        return CompiledAssertion(specification) { _ throws(EvaluationError) in
            if outcome == "error" { throw EvaluationError(.assertion, "odd") }
            return Judgement(passed: outcome == "pass", reason: outcome)
        }
    }

    /// An assertion that asks a judge once.
    private func asking(
        _ metric: String? = nil, weight: Double = 1, compares: Bool = false,
        inner: [AssertionSpecification] = []
    ) -> CompiledAssertion {
        let specification = AssertionSpecification(
            type: "asking", weight: weight, metric: metric, inner: inner, mark: Self.mark)
        var assertion = CompiledAssertion(specification) { subject throws(EvaluationError) in
            guard let interview = subject.interview else { throw EvaluationError(.judge, "no interview") }
            let judge = ModelSpecification(name: "judge", provider: "openai", model: "large")
            let answer = try await interview.ask(
                Inquiry(to: judge, messages: [Message(role: .user, text: "Is it?")]), label: subject.label)
            return Judgement(passed: answer.reply.content == "yes", reason: "asked")
        }
        assertion.asks = true
        assertion.compares = compares
        return assertion
    }

    private func execute(
        _ assertions: [CompiledAssertion], on models: BothModels, threshold: Double? = nil,
        moment: JudgeSettings.Moment = .othersPass
    ) async -> Execution {
        var planned = PlannedCase(suite: "s", id: "c", mark: Self.mark)
        planned.threshold = threshold
        let request = ModelRequest(
            model: .echo, parameters: [:], messages: [Message(role: .user, text: "Hello?")],
            site: CallSite(suite: "s", caseID: "c", prompt: "p", model: "echo"))
        planned.trials = [
            PlannedCase.Trial(
                prompt: "p", version: "1", model: .echo, request: .success(request),
                assertions: .success(assertions))
        ]
        let executor = CaseExecutor(
            answering: models, prices: PriceTable(),
            desk: JudgeDesk(settings: JudgeSettings(moment: moment)))
        return await executor.execute(Boxed(wrappedValue: planned), trial: 0, sample: 1).wrappedValue
    }

    struct Moment: Sendable, CustomTestStringConvertible {
        var cheap: String
        var weight = 1.0
        var isQuarantined = false
        var threshold: Double?
        var moment = JudgeSettings.Moment.othersPass
        var compares = false
        var isAsked: Bool
        var status: Execution.Status
        var testDescription: String {
            "\(cheap) weight \(weight) \(isQuarantined) \(threshold ?? -1) \(moment) \(compares)"
        }
    }

    @Test(
        "with others-pass a judge is asked unless a cheaper assertion has decided the case",
        arguments: [
            Moment(cheap: "pass", isAsked: true, status: .passed),
            Moment(cheap: "fail", isAsked: false, status: .failed),
            Moment(cheap: "fail", moment: .always, isAsked: true, status: .failed),
            Moment(cheap: "error", isAsked: false, status: .errored),
            Moment(cheap: "error", moment: .always, isAsked: true, status: .errored),
            // What never decides stops nobody.
            Moment(cheap: "fail", weight: 0, isAsked: true, status: .passed),
            Moment(cheap: "error", weight: 0, isAsked: true, status: .passed),
            Moment(cheap: "fail", isQuarantined: true, isAsked: true, status: .passed),
            Moment(cheap: "error", isQuarantined: true, isAsked: true, status: .passed),
            // With a threshold the judge is asked while its best verdict would save the case.
            Moment(cheap: "fail", threshold: 0.5, isAsked: true, status: .passed),
            Moment(cheap: "fail", threshold: 0.6, isAsked: false, status: .failed),
            Moment(cheap: "fail", weight: 3, threshold: 0.5, isAsked: false, status: .failed),
            Moment(cheap: "error", threshold: 0.1, isAsked: false, status: .errored),
            // One that compares is always asked: its rivals wait for the same verdict.
            Moment(cheap: "fail", compares: true, isAsked: true, status: .failed),
        ])
    func moments(row: Moment) async throws {
        let models = BothModels()
        let execution = await execute(
            [
                asking("tone", compares: row.compares),
                cheap(row.cheap, weight: row.weight, isQuarantined: row.isQuarantined),
            ], on: models, threshold: row.threshold, moment: row.moment)
        #expect(models.purposes == ["answer"] + (row.isAsked ? ["judge/tone"] : []))
        #expect(execution.status == row.status)
        let judged = try #require(execution.assertions.first)
        #expect(judged.isUnasked == !row.isAsked)
        #expect(judged.passed == row.isAsked && judged.score == (row.isAsked ? 1 : 0))
        #expect(judged.error == nil && judged.metric == "tone")
        #expect((execution.judging == nil) == !row.isAsked)
        #expect(row.isAsked || judged.reason.contains("cheap-\(row.cheap)"), "\(judged.reason)")
    }

    @Test("cheap assertions come first, and the results stand in the order of the case")
    func order() async {
        let models = BothModels()
        var second = cheap("pass")
        second.judge = { _ throws(EvaluationError) in
            Judgement(passed: models.purposes == ["answer"], reason: "asked: \(models.purposes)")
        }
        let execution = await execute([asking(), second, asking("tone")], on: models)
        #expect(execution.assertions.map(\.type) == ["asking", "cheap-pass", "asking"])
        #expect(
            execution.assertions.allSatisfy { $0.passed },
            "\(execution.assertions.map(\.reason))")
        #expect(models.purposes == ["answer", "judge/asking-1", "judge/tone"])
    }

    @Test("the inner assertions of a set that is not asked count as 0 under their own metrics")
    func innerUnasked() async throws {
        let inner = AssertionSpecification(type: "asking", weight: 2, metric: "tone", mark: Self.mark)
        let execution = await execute([asking(inner: [inner]), cheap("fail")], on: BothModels())
        let set = try #require(execution.assertions.first)
        #expect(set.inner.map(\.metric) == ["tone"])
        #expect(set.inner.allSatisfy { $0.isUnasked && !$0.passed && $0.score == 0 && $0.weight == 2 })
    }

    @Test("judges are counted and paid apart from the answer")
    func use() async {
        let execution = await execute([asking("a"), asking("b")], on: BothModels())
        #expect(execution.cost == Money(picoUSD: 100))
        #expect(execution.spent == Money(picoUSD: 110))
        #expect(
            execution.judging
                == JudgeUse(
                    calls: 2, cost: Money(picoUSD: 10), spent: Money(picoUSD: 10), inputTokens: 14,
                    outputTokens: 4, rerolled: 2, notices: ["moved"]))
    }

    @Test("what a judge costs is unknown when its price is, and the answer's cost stays known")
    func unknownPrice() async {
        let execution = await execute([asking()], on: BothModels(judgeCost: nil))
        #expect(execution.cost == Money(picoUSD: 100))
        #expect(execution.spent == nil)
        #expect(execution.judging?.cost == nil && execution.judging?.spent == nil)
    }

    @Test(
        "a judge's failed call makes the execution errored, and what it spent unknown where that may be",
        arguments: [true, false])
    func failedCall(mayHaveCost: Bool) async {
        let failure = EvaluationError(.timeout, "late", mayHaveCost: mayHaveCost)
        let execution = await execute([asking(), cheap("pass")], on: BothModels(failure: failure))
        #expect(execution.status == .errored && execution.error?.kind == .timeout)
        #expect(execution.score == nil)
        #expect(execution.spent == (mayHaveCost ? nil : Money(picoUSD: 100)))
        #expect(execution.judging?.failures == 1 && execution.judging?.calls == 0)
    }

    @Test("what judges need takes a pointer in the executor that each waiting execution copies")
    func smallExecutor() {
        let others =
            MemoryLayout<any Answering>.size + MemoryLayout<PriceTable>.size
            + MemoryLayout<@Sendable (String) -> String>.size
        #expect(MemoryLayout<CaseExecutor>.size <= others + MemoryLayout<Int>.size)
    }

    @Test("an interview is made for cases that ask alone")
    func noInterview() async {
        let seen = Mutex(false)
        var assertion = cheap("pass")
        assertion.judge = { (subject) throws(EvaluationError) in
            seen.withLock { $0 = subject.interview != nil }
            return Judgement(passed: true, reason: "")
        }
        let execution = await execute([assertion], on: BothModels(), moment: .always)
        #expect(!seen.withLock { $0 })
        #expect(execution.judging == nil && execution.status == .passed)
    }
}
