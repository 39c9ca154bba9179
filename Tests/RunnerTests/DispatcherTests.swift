import Assertions
import Diagnostics
import Evals
import JSON
import Runner
import Synchronization
import Testing

/// Cases from a list.
private struct ListedCases: CaseStreaming {
    var cases: [PlannedCase]

    mutating func next() throws(DiagnosticError) -> PlannedCase? { cases.isEmpty ? nil : cases.removeFirst() }
}

/// Answers with the last user message; `error` messages fail, and later messages are answered first.
private struct BackwardModel: Answering {
    func answer(_ request: ModelRequest) async throws(EvaluationError) -> Answer {
        let text = request.messages.last?.text ?? ""
        for _ in 0..<max(0, 40 - (Int(text) ?? 0)) { await Task.yield() }
        if text == "error" { throw EvaluationError(.provider, "no answer") }
        if text == "lost" { throw EvaluationError(.timeout, "late", mayHaveCost: true) }
        return Answer(reply: Reply(content: text), source: .echo)
    }
}

/// Answers with the last user message, and keeps the questions.
private final class CountingModel: Answering {
    private let questions = Mutex<[String]>([])
    var asked: [String] { questions.withLock { $0 } }

    func answer(_ request: ModelRequest) async throws(EvaluationError) -> Answer {
        let text = request.messages.last?.text ?? ""
        questions.withLock { $0.append(text) }
        return Answer(reply: Reply(content: text), source: .echo)
    }
}

@Suite("Running a plan")
struct DispatcherTests {
    private static let header = RunHeader(
        id: "r", startedAt: "", evalrunVersion: "", mode: "replay", planSHA256: "", executions: 0)
    private let mark = SourceMark(file: "s.yaml", line: 1, column: 1)

    private func planned(_ text: String, expects: String, samples: Int = 1) throws -> PlannedCase {
        var planned = PlannedCase(suite: "s", id: text, mark: mark)
        planned.repetition = Repetition(samples: samples)
        let assertion = try AssertionCatalog.standard.compile(
            AssertionSpecification(type: "equals", value: .string(expects), mark: mark))
        let site = CallSite(suite: "s", caseID: text, prompt: "p", model: "echo")
        let request = ModelRequest(
            model: .echo, parameters: [:], messages: [Message(role: .user, text: text)], site: site)
        planned.trials = [
            PlannedCase.Trial(
                prompt: "p", version: "1", model: .echo, request: .success(request),
                assertions: .success([assertion]))
        ]
        return planned
    }

    private func run(
        _ cases: [PlannedCase], jobs: Int = 8, failsFast: Bool = false,
        isInterrupted: @escaping @Sendable () -> Bool = { false }
    ) async throws -> [Execution] {
        let dispatcher = Dispatcher(
            executor: CaseExecutor(answering: BackwardModel(), prices: PriceTable()), jobs: jobs,
            failsFast: failsFast, isInterrupted: isInterrupted)
        var stream = ListedCases(cases: cases)
        var results: [Execution] = []
        try await dispatcher.run(&stream, header: Self.header) { event in
            if case .finished(let execution) = event { results.append(execution) }
        }
        return results
    }

    @Test(
        "of a trial only the samples that are wanted are run", arguments: [nil, [2], [1, 3], []] as [[Int]?])
    func someSamples(samples: [Int]?) async throws {
        var planned = try planned("1", expects: "1", samples: 3)
        planned.trials[0].samples = samples
        #expect(try await run([planned]).map(\.sample) == samples ?? [1, 2, 3])
    }

    @Test("results come in the plan's order, whatever is ready first", arguments: [1, 3, 64])
    func order(jobs: Int) async throws {
        let cases = try (0..<40).map { try planned("\($0)", expects: "\($0)", samples: 2) }
        let results = try await run(cases, jobs: jobs)
        #expect(results.map(\.caseID) == (0..<40).flatMap { ["\($0)", "\($0)"] })
        #expect(results.map(\.sample) == (0..<40).flatMap { _ in [1, 2] })
        #expect(results.allSatisfy { $0.status == .passed })
    }

    @Test("an error is errored, a wrong answer failed")
    func statuses() async throws {
        let results = try await run([
            planned("a", expects: "a"), planned("b", expects: "x"), planned("error", expects: "x"),
        ])
        #expect(results.map(\.status) == [.passed, .failed, .errored])
        #expect(results[2].error?.kind == .provider)
    }

    @Test("an error that may have cost something spent an unknown amount, any other nothing")
    func spendings() async throws {
        let cases = [try planned("lost", expects: "lost"), try planned("error", expects: "error")]
        let results = try await run(cases)
        #expect(results.map(\.status) == [.errored, .errored])
        #expect(results.map(\.spent) == [nil, .zero])
        #expect(results.map { $0.error?.mayHaveCost } == [true, false])
    }

    @Test("fail-fast gives the same results however many run at once", arguments: [1, 4, 64])
    func failFast(jobs: Int) async throws {
        let texts = (0..<20).map { "\($0)" }
        let cases = try texts.map { try planned($0, expects: $0 == "5" ? "no" : $0) }
        let results = try await run(cases, jobs: jobs, failsFast: true)
        #expect(results.count == 20)
        #expect(results[..<5].allSatisfy { $0.status == .passed })
        #expect(results[5].status == .failed)
        #expect(
            results[6...].allSatisfy {
                $0.status == .errored && $0.error?.kind == .failFast && $0.answer == nil
            })
    }

    @Test(
        "after the stop, what the case says of itself counts as if nothing had run", arguments: [1, 2, 4, 64])
    func failFastKeepsExpectations(jobs: Int) async throws {
        func cases() throws -> [PlannedCase] {
            var cases = [try planned("0", expects: "0"), try planned("1", expects: "no")]
            var skipped = try planned("2", expects: "2")
            skipped.skip = "later"
            var quarantined = try planned("3", expects: "no", samples: 2)
            quarantined.quarantine = Quarantine(until: "2999-01-01", owner: "me", reason: "flaky")
            var unexpected = try planned("4", expects: "4")
            unexpected.expectedFailure = "known"
            var both = quarantined
            both.expectedFailure = "known"
            both.id = "5"
            var ineffective = try planned("6", expects: "6")
            let assertion = AssertionSpecification(
                type: "equals", value: "6", quarantine: quarantined.quarantine, mark: mark)
            ineffective.trials[0].assertions = .success([try AssertionCatalog.standard.compile(assertion)])
            cases += [skipped, quarantined, unexpected, both, ineffective, try planned("7", expects: "7")]
            return cases
        }
        let results = try await run(cases(), jobs: jobs, failsFast: true)
        let serial = try await run(cases(), jobs: 1, failsFast: true)
        #expect(results == serial)
        #expect(
            results.map(\.status) == [
                .passed, .failed, .skipped, .skipped, .skipped, .errored, .skipped, .skipped, .errored,
                .errored,
            ])
        #expect(
            results.map(\.outcome) == [
                nil, nil, nil, .errored, .errored, nil, .errored, .errored, nil, nil,
            ])
        #expect(results[2].statusReason == "later" && results[2].error == nil)
        #expect(results[3].statusReason?.hasPrefix("in quarantine until") == true)
        #expect(results[5].statusReason == nil)
        #expect(results[3...].allSatisfy { $0.error?.kind == .failFast && $0.assertions.isEmpty })
    }

    @Test("one after the other, nothing is asked after the failure")
    func failFastAsksNoMore() async throws {
        let model = CountingModel()
        let dispatcher = Dispatcher(
            executor: CaseExecutor(answering: model, prices: PriceTable()), jobs: 1, failsFast: true)
        var stream = ListedCases(
            cases: try (0..<5).map { try planned("\($0)", expects: $0 == 1 ? "no" : "\($0)") })
        var count = 0
        try await dispatcher.run(&stream, header: Self.header) { event in
            if case .finished = event { count += 1 }
        }
        #expect(count == 5)
        #expect(model.asked == ["0", "1"])
    }

    @Test("after an interrupt every execution is still accounted for")
    func interrupt() async throws {
        let cases = try (0..<10).map { try planned("\($0)", expects: "\($0)") }
        let results = try await run(cases, isInterrupted: { true })
        #expect(results.count == 10)
        #expect(results.allSatisfy { $0.error?.kind == .interrupted })
    }

    @Test("skip, xfail and quarantine change the status, and outcome keeps what it was")
    func expectations() async throws {
        var skipped = try planned("a", expects: "x")
        skipped.skip = "later"
        var expected = try planned("b", expects: "x")
        expected.expectedFailure = "known"
        var surprising = try planned("c", expects: "c")
        surprising.expectedFailure = "known"
        var quarantined = try planned("error", expects: "x")
        quarantined.quarantine = Quarantine(until: "2999-01-01", owner: "me", reason: "flaky")
        let results = try await run([skipped, expected, surprising, quarantined])
        #expect(results.map(\.status) == [.skipped, .passed, .failed, .skipped])
        #expect(results.map(\.outcome) == [nil, .failed, .passed, .errored])
    }
}
