import Diagnostics
import Evals
import JSON
import Results
import Runner
import Testing

/// Answers every request for one dollar.
private struct DearModel: Answering {
    func answer(_ request: ModelRequest) async throws(EvaluationError) -> Answer {
        Answer(
            reply: Reply(content: request.model.name, cost: Money(picoUSD: 1_000_000_000_000)), source: .live)
    }
}

@Suite("What is spent on answers that are compared")
struct ComparedExecutionTests {
    private struct OneCase: CaseStreaming {
        var planned: PlannedCase?

        mutating func next() throws(DiagnosticError) -> PlannedCase? {
            defer { planned = nil }
            return planned
        }
    }

    private let mark = SourceMark(file: "s.yaml", line: 1, column: 1)

    /// A case of several models; each execution looks at all answers, and passes unless its model is `bad`.
    private func planned(_ models: [String], samples: [[Int]?]) -> PlannedCase {
        var assertion = CompiledAssertion(AssertionSpecification(type: "compare", mark: mark)) {
            (subject) async throws(EvaluationError) -> Judgement in
            guard let rivals = subject.interview?.rivals else {
                throw EvaluationError(.assertion, "no rivals")
            }
            for place in rivals.all.indices { _ = try await rivals.answer(of: place) }
            return Judgement(passed: subject.output != "bad", reason: "")
        }
        assertion.asks = true
        assertion.compares = true
        var planned = PlannedCase(suite: "s", id: "c", mark: mark)
        planned.trials = zip(models, samples).map { name, samples in
            let model = ModelSpecification(name: name, provider: "p", model: name)
            let request = ModelRequest(
                model: model, parameters: [:], messages: [],
                site: CallSite(suite: "s", caseID: "c", prompt: "p", model: name))
            return PlannedCase.Trial(
                prompt: "p", version: "1", model: model, request: .success(request),
                assertions: .success([assertion]), samples: samples)
        }
        return planned
    }

    private func run(_ planned: PlannedCase, jobs: Int, failsFast: Bool = false) async throws -> [Execution] {
        let dispatcher = Dispatcher(
            executor: CaseExecutor(answering: DearModel(), prices: PriceTable()), jobs: jobs,
            failsFast: failsFast)
        var stream = OneCase(planned: planned)
        var results: [Execution] = []
        let header = RunHeader(
            id: "r", startedAt: "", evalrunVersion: "", mode: "live", planSHA256: "", executions: 0)
        try await dispatcher.run(&stream, header: header) { event in
            if case .finished(let execution) = event { results.append(execution) }
        }
        return results
    }

    private func dollars(_ executions: [Execution]) -> Int? {
        executions.reduce(Money.zero as Money?) { sum, execution in
            sum.flatMap { sum in execution.spent.map { sum + $0 } }
        }.map { Int($0.picoUSD / 1_000_000_000_000) }
    }

    @Test("each answer is paid once", arguments: [1, 8])
    func once(jobs: Int) async throws {
        let results = try await run(planned(["a", "b", "c"], samples: [nil, nil, nil]), jobs: jobs)
        #expect(results.map(\.status) == [.passed, .passed, .passed])
        #expect(dollars(results) == 3)
    }

    @Test("an answer that was compared before the run stopped stays paid", arguments: [1, 8])
    func stopped(jobs: Int) async throws {
        let results = try await run(
            planned(["bad", "b", "c"], samples: [nil, nil, nil]), jobs: jobs, failsFast: true)
        #expect(results.map(\.status) == [.failed, .errored, .errored])
        #expect(dollars(results) == 3)
    }

    @Test("an answer that only others are compared with is paid too", arguments: [1, 8])
    func strays(jobs: Int) async throws {
        let results = try await run(planned(["a", "b", "c"], samples: [[], nil, nil]), jobs: jobs)
        #expect(results.map(\.model) == ["b", "c"])
        #expect(dollars(results) == 3)
    }
}
