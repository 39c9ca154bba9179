import Evals
import JSON
import Synchronization
import Testing

@Suite("An interview", .timeLimit(.minutes(1)))
struct InterviewTests {
    /// Says the same to everybody.
    private struct Parrot: Answering {
        func answer(_ request: ModelRequest) async throws(EvaluationError) -> Answer {
            Answer(reply: Reply(content: "hello"), source: .live)
        }
    }

    /// Fails all calls, lost on the way or before they were sent.
    private struct Mute: Answering {
        let mayHaveCost: Bool

        func answer(_ request: ModelRequest) async throws(EvaluationError) -> Answer {
            throw EvaluationError(.timeout, "no answer", mayHaveCost: mayHaveCost)
        }
    }

    /// Counts from several tasks.
    private final class Counter: Sendable {
        private let count = Mutex(0)

        var value: Int { count.withLock { $0 } }

        func increment() { count.withLock { $0 += 1 } }
    }

    private static func interview(_ answering: any Answering = Parrot()) -> Interview {
        let model = ModelSpecification.echo
        return Interview(
            about: ModelRequest(
                model: model, parameters: [:], messages: [], sample: 1,
                site: CallSite(suite: "s", caseID: "c", prompt: "p", model: "echo")),
            desk: JudgeDesk(), answering: answering)
    }

    @Test(
        "A thing is looked for once, however many want it at the same time",
        arguments: [.success("found"), .failure(EvaluationError(.judge, "not found"))]
            as [Result<JSONValue, EvaluationError>])
    func once(_ outcome: Result<JSONValue, EvaluationError>) async {
        let interview = Self.interview()
        let searches = Counter()
        let results = await withTaskGroup(of: Result<JSONValue, EvaluationError>.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    do throws(EvaluationError) {
                        return .success(
                            try await interview.once("thing") { () async throws(EvaluationError) in
                                searches.increment()
                                // Gives the others the time to come in between.
                                for _ in 0..<50 { await Task.yield() }
                                return try outcome.get()
                            })
                    } catch {
                        return .failure(error)
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(searches.value == 1)
        #expect(results == Array(repeating: outcome, count: 20))
    }

    @Test("Other things are looked for on their own, and remembered")
    func keys() async throws {
        let interview = Self.interview()
        for _ in 1...2 {
            for key in ["a", "b"] {
                let value = try await interview.once(key) { () async throws(EvaluationError) in .string(key) }
                #expect(value == .string(key))
            }
        }
        let kept = try await interview.once("a") { () async throws(EvaluationError) in "another" }
        #expect(kept == "a")
    }

    @Test("What a lost call cost is not known, and never shown as nothing", arguments: [true, false])
    func lostCalls(mayHaveCost: Bool) async {
        let interview = Self.interview(Mute(mayHaveCost: mayHaveCost))
        let inquiry = Inquiry(to: .echo, messages: [])
        await #expect(throws: EvaluationError.self) { try await interview.ask(inquiry, label: "polite") }
        #expect(interview.use.failures == 1 && interview.use.calls == 0)
        #expect(interview.use.cost == (mayHaveCost ? nil : .zero))
        #expect(interview.use.spent == (mayHaveCost ? nil : .zero))
    }
}
