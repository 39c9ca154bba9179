import Diagnostics
import Evals
import Files
import Testing

@testable import Recordings

@Suite("Answers of a journal")
struct JournaledAnsweringTests {
    let project: TemporaryProject

    init() throws { project = try TemporaryProject() }

    private func journaled(_ model: CountingModel, redactor: Redactor = .standard) throws
        -> JournaledAnswering
    {
        let file = try AppendFile(opening: project.path + "/journal.jsonl", shown: "journal.jsonl")
        return JournaledAnswering(
            model, journal: try Journal(file), redactor: redactor, now: { "2026-11-21T10:00:00Z" })
    }

    private func failure(
        _ model: JournaledAnswering, _ request: ModelRequest
    ) async -> EvaluationError.Kind? {
        do throws(EvaluationError) {
            _ = try await model.answer(request)
            return nil
        } catch {
            return error.kind
        }
    }

    private static let requests = [
        TemporaryProject.request(case: "a", text: "one"),
        TemporaryProject.request(case: "a", text: "one", sample: 2),
        TemporaryProject.request(case: "b", text: "two", isDatasetRow: true),
        TemporaryProject.request(case: "c", text: "one"),
        TemporaryProject.request(case: "a", text: "one", model: "large"),
    ]

    @Test("a resumed run has the answers of one that was not interrupted", arguments: 0...requests.count)
    func resuming(interruptedAfter count: Int) async throws {
        let model = CountingModel(notice: "served by haiku")
        var answers: [Answer] = []
        let first = try journaled(model)
        for request in Self.requests[..<count] { answers.append(try await first.answer(request)) }
        let second = try journaled(model)
        for (index, request) in Self.requests.enumerated() {
            let answer = try await second.answer(request)
            if index < count { #expect(answer == answers[index]) } else { answers.append(answer) }
        }
        // The third case asks what the first one asked already; another alias may be another route.
        #expect(answers.map(\.source) == [.live, .live, .live, .cached, .live])
        #expect(answers.map(\.reply.content) == ["1", "2", "3", "1", "4"])
        let notice = "served by haiku"
        #expect(answers.map(\.notice) == [notice, notice, notice, nil, notice])
        #expect(answers.map(\.requestSHA256) == Self.requests.map { RequestKey.sha256(of: $0) })
        #expect(model.requests == Array(Self.requests[..<3]) + [Self.requests[4]])
    }

    @Test("requests of two cases that differ only in what is redacted do not share an answer")
    func redactedTwins() async throws {
        let model = CountingModel()
        let redactor = try Redactor(patterns: [("[0-9]{4,}", nil)])
        for _ in 0..<2 {
            let journaled = try journaled(model, redactor: redactor)
            async let one = journaled.answer(TemporaryProject.request(case: "a", text: "order 100002"))
            async let other = journaled.answer(TemporaryProject.request(case: "b", text: "order 100003"))
            #expect(Set([try await one.reply.content, try await other.reply.content]).count == 2)
        }
        // The second time both come from the journal, each from its own place.
        #expect(model.requests.count == 2)
    }

    @Test("a verdict is that of the judge that is asked: another alias with the same id may be another route")
    func judges() async throws {
        func question(case id: String, asked: String, call: Int = 1) -> ModelRequest {
            var request = TemporaryProject.request(case: id, text: "Is it polite?")
            request.model.name = asked
            request.site.purpose = "judge/tone"
            request.call = call
            return request
        }
        let questions = [
            question(case: "a", asked: "strict"), question(case: "a", asked: "mild", call: 2),
            // Two panels of the same judges, the other way round.
            question(case: "b", asked: "mild"), question(case: "b", asked: "strict", call: 2),
            question(case: "c", asked: "strict"),
        ]
        let model = CountingModel()
        for round in 0..<2 {
            let journaled = try journaled(model)
            var answers: [Answer] = []
            for question in questions { answers.append(try await journaled.answer(question)) }
            #expect(answers.map(\.reply.content) == ["1", "2", "3", "4", "1"], "round \(round)")
            #expect(answers.map(\.source) == [.live, .live, .live, .live, .cached])
        }
        #expect(model.requests == Array(questions[..<4]))
    }

    @Test("an error is asked for again")
    func errors() async throws {
        let model = CountingModel(failures: 1)
        let first = try journaled(model)
        #expect(await failure(first, Self.requests[0]) == .timeout)
        let second = try journaled(model)
        #expect(try await second.answer(Self.requests[0]).reply.content == "2")
        #expect(try await first.answer(Self.requests[0]).reply.content == "3")
    }

    @Test("equal requests at the same time are asked once", arguments: [0, 1])
    func atTheSameTime(failures: Int) async throws {
        let model = CountingModel(failures: failures)
        model.close()
        let journaled = try journaled(model)
        let sources = await withTaskGroup(of: Answer.Source?.self) { group in
            for index in 0..<20 {
                group.addTask {
                    let request = TemporaryProject.request(case: "case \(index)")
                    return try? await journaled.answer(request).source
                }
            }
            while model.requests.isEmpty { await Task.yield() }
            for _ in 0..<200 { await Task.yield() }
            model.open()
            var sources: [Answer.Source?] = []
            for await source in group { sources.append(source) }
            return sources
        }
        if failures == 0 {
            #expect(sources.count { $0 == .live } == 1 && sources.count { $0 == .cached } == 19)
            #expect(model.requests.count == 1)
        } else {
            // Those that came while the first was under way share its error.
            #expect(sources.contains(nil))
            #expect(sources.count { $0 == .live } <= 1)
        }
    }

    @Test("what is no live answer is not kept", arguments: [Answer.Source.replayed, .given, .echo])
    func otherSources(source: Answer.Source) async throws {
        let model = CountingModel(source: source)
        for _ in 0..<2 {
            let answer = try await journaled(model).answer(Self.requests[0])
            #expect(answer.source == source)
        }
        #expect(model.requests.count == 2)
    }

    @Test("secrets are neither kept nor given; a request with the value of a key is refused")
    func secrets() async throws {
        let key = "sk-ant-api03-" + String(repeating: "aB3", count: 12)
        let redactor = try Redactor(patterns: [("internal-[0-9]{6}", nil)], secrets: ["verysecretvalue"])
        let model = CountingModel(text: " \(key) internal-123456 verysecretvalue")
        let journaled = try journaled(model, redactor: redactor)
        let request = TemporaryProject.request(text: "My key is \(key)")
        let answer = try await journaled.answer(request)
        #expect(
            answer.reply.content == "1 [redacted:anthropic:1] [redacted:custom:2] [redacted:key:3]")
        #expect(model.requests == [request])
        let text = try project.read("journal.jsonl")
        #expect(!text.contains(key) && !text.contains("internal-1") && !text.contains("verysecret"))
        #expect(try await journaled.answer(request) == answer)
        #expect(await failure(journaled, TemporaryProject.request(text: "verysecretvalue")) == .refused)
        #expect(model.requests.count == 1)
    }
}
