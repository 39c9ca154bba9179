import Evals
import JSON
import Synchronization
import Testing

/// Counts the calls; answers each with the name of its model, or waits until it is cancelled.
private final class CountedModel: Answering {
    private let count = Mutex(0)
    private let waits: Bool
    var calls: Int { count.withLock { $0 } }

    init(waits: Bool = false) { self.waits = waits }

    func answer(_ request: ModelRequest) async throws(EvaluationError) -> Answer {
        count.withLock { $0 += 1 }
        while waits {
            if Task.isCancelled { throw EvaluationError(.interrupted, "cancelled") }
            await Task.yield()
        }
        return Answer(reply: Reply(content: request.model.name), source: .live)
    }
}

@Suite("The answers of one case")
struct RivalsTests {
    private static func request(_ model: String) -> ModelRequest {
        ModelRequest(
            model: ModelSpecification(name: model, provider: "p", model: model), parameters: [:],
            messages: [], site: CallSite(suite: "s", caseID: "c", prompt: "p", model: model))
    }

    private static func rivals(_ model: CountedModel, executed: [Bool] = [true, true]) -> Rivals {
        let all = zip(["a", "b"], executed).map {
            Rivals.Rival(prompt: "p", model: $0, request: .success(request($0)), isExecuted: $1)
        }
        return Rivals(all, answering: model) { answer, _ in Subject(reply: answer.reply) }
    }

    private static func interview(_ rivals: Rivals, _ place: Int, _ model: CountedModel) -> Interview {
        Interview(
            about: request(place == 0 ? "a" : "b"), desk: JudgeDesk(), answering: model, rivals: rivals,
            place: place)
    }

    @Test("each answer is asked for once, however many want it at the same time")
    func once() async throws {
        let model = CountedModel()
        let rivals = Self.rivals(model)
        await withTaskGroup(of: String?.self) { group in
            for number in 0..<20 {
                group.addTask { try? await rivals.subject(of: number % 2).output }
            }
            var outputs: Set<String?> = []
            for await output in group { outputs.insert(output) }
            #expect(outputs == ["a", "b"])
        }
        #expect(model.calls == 2)
    }

    @Test("an answer that is not there is an error", arguments: [-1, 2])
    func outside(index: Int) async throws {
        await #expect(throws: EvaluationError.self) {
            _ = try await Self.rivals(CountedModel()).answer(of: index)
        }
    }

    @Test("whoever waits and is cancelled takes the call along")
    func cancelled() async throws {
        let model = CountedModel(waits: true)
        let rivals = Self.rivals(model)
        let answer = Task { try await rivals.answer(of: 0) }
        while model.calls == 0 { await Task.yield() }
        answer.cancel()
        await #expect(throws: EvaluationError(.interrupted, "cancelled")) { try await answer.value }
    }

    @Test(
        "what is found jointly is asked once, counted by the payer once, and numbered with what was found before"
    )
    func jointly() async throws {
        let model = CountedModel()
        let rivals = Self.rivals(model)
        let interviews = [Self.interview(rivals, 0, model), Self.interview(rivals, 1, model)]
        let judge = ModelSpecification(name: "judge", provider: "p", model: "j")
        for key in ["x", "x", "y"] {
            for interview in interviews.reversed() {
                let found = try await rivals.jointly(key, host: 0, payer: 0, for: interview) {
                    (joint) throws(EvaluationError) in
                    #expect(joint.request.site.model == "a")
                    return .string(
                        try await joint.ask(Inquiry(to: judge, messages: []), label: "l").reply.content ?? "")
                }
                #expect(found == "judge")
            }
        }
        #expect(model.calls == 2)
        #expect(interviews.map(\.use.calls) == [2, 0])
    }

    @Test("an error that is found jointly is everybody's, and its failed call the payer's")
    func jointError() async throws {
        let model = CountedModel()
        let rivals = Self.rivals(model)
        for place in [1, 0] {
            let interview = Self.interview(rivals, place, model)
            await #expect(throws: EvaluationError(.judge, "no verdict")) {
                _ = try await rivals.jointly("x", host: 0, payer: 1, for: interview) {
                    (joint) throws(EvaluationError) in
                    _ = try await joint.ask(Inquiry(to: joint.request.model, messages: []), label: "l")
                    throw EvaluationError(.judge, "no verdict")
                }
            }
            #expect(interview.use.calls == place)
        }
    }

    @Test("an answer that no execution counts is given to be counted once")
    func strays() async throws {
        let rivals = Self.rivals(CountedModel(), executed: [true, false])
        #expect(await rivals.strayAnswers().isEmpty)
        _ = try await rivals.answer(of: 0)
        #expect(await rivals.strayAnswers().isEmpty)
        _ = try await rivals.answer(of: 1)
        #expect(await rivals.strayAnswers().map(\.rival) == [1])
        #expect(await rivals.strayAnswers().isEmpty)
    }
}
