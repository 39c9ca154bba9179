import Diagnostics
import Evals
import Files
import JSON
import Testing

@testable import Recordings

@Suite("Recording sessions")
struct RecordingSessionTests {
    let project: TemporaryProject

    init() throws { project = try TemporaryProject() }

    private static func exchange(_ request: ModelRequest, _ text: String) -> Exchange {
        Exchange(request: request, response: Reply(content: text, finishReason: "stop"), recordedAt: nil)
    }

    private func judge(
        _ question: String, sample: Int = 1, call: Int = 1, isDatasetRow: Bool = false,
        case id: String = "late-parcel"
    ) -> ModelRequest {
        var request = TemporaryProject.request(
            case: id, text: question, sample: sample, isDatasetRow: isDatasetRow)
        request.site.purpose = "judge/tone"
        request.call = call
        return request
    }

    /// What is recorded for a case: purpose, sample and answer.
    private func recorded(_ request: ModelRequest) throws -> [String] {
        try project.store.exchanges(at: RecordingPlace(of: request.site), case: request.site.caseID)
            .map { "\($0.purpose) #\($0.sample) \($0.response.content ?? "-")" }
    }

    @Test("exchanges added from many threads are all written, in the same bytes whatever their order")
    func concurrent() async throws {
        var texts: [String] = []
        for round in 0..<2 {
            let session = RecordingSession(store: project.store)
            await withTaskGroup(of: Void.self) { group in
                for number in 0..<200 {
                    let index = round == 0 ? number : 199 - number
                    let request = TemporaryProject.request(
                        case: "row-\(index % 50)", text: "\(index % 50)", sample: index / 50 + 1,
                        isDatasetRow: true)
                    group.addTask {
                        session.add(Self.exchange(request, "answer \(index)"), at: request.site)
                    }
                }
            }
            #expect(session.count == 200)
            let outcome = session.commit()
            #expect(outcome.answers == 200 && outcome.failures.isEmpty)
            #expect(session.count == 0)
            texts.append(try project.read("fixtures/support/reply.small.jsonl"))
            try project.remove("fixtures/support/reply.small.jsonl")
        }
        #expect(texts[0] == texts[1])
        #expect(texts[0].split(separator: "\n").count == 202)
    }

    @Test("what a judge asked is kept beside the answer, under its label or not", arguments: [false, true])
    func judges(isDatasetRow: Bool) throws {
        let answer = TemporaryProject.request(isDatasetRow: isDatasetRow)
        let (first, second) = (
            judge("first?", isDatasetRow: isDatasetRow), judge("second?", isDatasetRow: isDatasetRow)
        )
        func commit(_ exchanges: [(ModelRequest, String)], asked: [ModelRequest], isComplete: Bool)
            -> [Diagnostic]
        {
            let session = RecordingSession(store: project.store)
            for request in asked { session.noteRequest(request, key: RequestKey.sha256(of: request)) }
            for (request, text) in exchanges { session.add(Self.exchange(request, text), at: request.site) }
            return session.commit(isComplete: isComplete).failures
        }
        #expect(
            commit([(second, "2"), (answer, "a"), (first, "1")], asked: [first, second], isComplete: true)
                .isEmpty)
        #expect(try Set(recorded(answer)) == ["answer #1 a", "judge/tone #1 1", "judge/tone #1 2"])
        #expect(try recorded(answer).first == "answer #1 a")

        // A new answer leaves the judge alone; so does a question of another text while the old one is still asked.
        let third = judge("third?", isDatasetRow: isDatasetRow)
        #expect(
            commit([(answer, "b"), (third, "3")], asked: [first, second, third], isComplete: true).isEmpty)
        #expect(
            try Set(recorded(answer)) == [
                "answer #1 b", "judge/tone #1 1", "judge/tone #1 2", "judge/tone #1 3",
            ])

        // A run that was cut short says nothing about what it did not ask; a whole one does.
        #expect(commit([(third, "4")], asked: [third], isComplete: false).isEmpty)
        #expect(try recorded(answer).count == 4)
        #expect(commit([(third, "5")], asked: [third, first], isComplete: true).isEmpty)
        #expect(try Set(recorded(answer)) == ["answer #1 b", "judge/tone #1 1", "judge/tone #1 5"])
    }

    @Test("equal requests of one execution are told apart by their number", arguments: [false, true])
    func calls(isDatasetRow: Bool) async throws {
        let session = RecordingSession(store: project.store)
        let requests = (1...3).map { judge("again?", call: $0, isDatasetRow: isDatasetRow) }
        for (index, request) in requests.enumerated() {
            session.add(Self.exchange(request, "\(index)"), at: request.site)
        }
        #expect(session.commit().failures.isEmpty)
        for (index, request) in requests.enumerated() {
            #expect(try await Replay(store: project.store).answer(request).reply.content == "\(index)")
        }
    }

    @Test("judges' exchanges are not unused while their answer is used")
    func unused() throws {
        let answer = TemporaryProject.request()
        let session = RecordingSession(store: project.store)
        for request in [
            answer, judge("polite?"), judge("x", case: "gone"), TemporaryProject.request(case: "gone"),
        ] {
            session.add(Self.exchange(request, "yes"), at: request.site)
        }
        #expect(session.commit().failures.isEmpty)
        let review = try FixtureAudit(store: project.store).review { (visit) throws(DiagnosticError) in
            try visit(answer)
        }
        #expect(
            review.unused.map { "\($0.caseID) \($0.exchange.purpose)" } == ["gone answer", "gone judge/tone"])
    }

    @Test("a file that can't be written is told; all others are written, and it stays as it was")
    func unwritable() throws {
        let requests = ["a", "b", "c"].map { TemporaryProject.request(case: $0, text: $0) }
        try project.write("in the way", to: "fixtures/support/b")
        let session = RecordingSession(store: project.store)
        for request in requests { session.add(Self.exchange(request, "new"), at: request.site) }
        let outcome = session.commit()
        #expect(
            outcome.paths == ["fixtures/support/a/reply.small.yaml", "fixtures/support/c/reply.small.yaml"])
        #expect(outcome.answers == 2)
        #expect(outcome.failures.count == 1)
        #expect(outcome.failures.first?.message.contains("fixtures/support/b") == true, "\(outcome.failures)")
        #expect(try project.read("fixtures/support/b") == "in the way")
    }

    @Test("a file damaged since is told by a session, which writes the others; a writer then writes none")
    func damagedSince() throws {
        let requests = ["a", "b"].map { TemporaryProject.request(case: $0, text: $0) }
        func damage() throws { try project.write("case: [", to: "fixtures/support/a/reply.small.yaml") }
        try damage()
        var writer = RecordingWriter(store: project.store)
        for request in requests { writer.add(Self.exchange(request, "new"), at: request.site) }
        do {
            _ = try writer.commit()
            Testing.Issue.record("no error")
        } catch {
            #expect(error.diagnostics.first?.mark?.file == "fixtures/support/a/reply.small.yaml")
        }
        #expect(!project.exists("fixtures/support/b"))
        let session = RecordingSession(store: project.store)
        for request in requests { session.add(Self.exchange(request, "new"), at: request.site) }
        let outcome = session.commit()
        #expect(outcome.paths == ["fixtures/support/b/reply.small.yaml"])
        #expect(outcome.failures.first?.mark?.file == "fixtures/support/a/reply.small.yaml")
    }

    @Test("failures of a full disk are told up to a number, and counted")
    func manyFailures() throws {
        try project.write("in the way", to: "fixtures/support")
        let session = RecordingSession(store: project.store)
        for index in 0..<50 {
            let request = TemporaryProject.request(case: "case-\(index)", text: "\(index)")
            session.add(Self.exchange(request, "new"), at: request.site)
        }
        let outcome = session.commit()
        #expect(outcome.paths.isEmpty)
        #expect(outcome.failures.count == 21)
        #expect(outcome.failures.last?.message.hasPrefix("30 more") == true)
    }

    @Test("a large pack takes new rows and changed ones, and keeps the rest")
    func largePack() async throws {
        func request(_ index: Int, _ text: String = "") -> ModelRequest {
            TemporaryProject.request(case: "row-\(index)", text: "ticket \(index)\(text)", isDatasetRow: true)
        }
        let first = RecordingSession(store: project.store)
        for index in 0..<500 {
            first.add(Self.exchange(request(index), "old \(index)"), at: request(index).site)
        }
        #expect(first.commit().answers == 500)
        let second = RecordingSession(store: project.store)
        for index in 490..<510 {
            second.add(Self.exchange(request(index, "!"), "new \(index)"), at: request(index).site)
        }
        #expect(second.commit().failures.isEmpty)
        let replay = Replay(store: project.store)
        for index in [0, 489] {
            #expect(try await replay.answer(request(index)).reply.content == "old \(index)")
        }
        for index in [490, 499, 509] {
            #expect(try await replay.answer(request(index, "!")).reply.content == "new \(index)")
        }
        let text = try project.read("fixtures/support/reply.small.jsonl")
        #expect(text.split(separator: "\n").count == 512)
    }
}
