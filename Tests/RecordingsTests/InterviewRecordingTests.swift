import Evals
import Files
import JSON
import Testing

@testable import Recordings

@Suite("What is asked about answers, recorded")
struct InterviewRecordingTests {
    let project: TemporaryProject
    private static let judge = ModelSpecification(name: "strict", provider: "openai", model: "gpt-5")

    init() throws { project = try TemporaryProject() }

    private func journaled(_ model: any Answering, redactor: Redactor = .standard) throws
        -> JournaledAnswering
    {
        let file = try AppendFile(opening: project.path + "/journal.jsonl", shown: "journal.jsonl")
        return JournaledAnswering(
            model, journal: try Journal(file), redactor: redactor, now: { "2026-11-21T10:00:00Z" })
    }

    private static func inquiry(_ text: String, _ kind: Inquiry.Kind = .judge) -> Inquiry {
        Inquiry(kind, to: judge, messages: [Message(role: .user, text: text)])
    }

    private static func contents(_ answers: [Result<Answer, EvaluationError>]) -> [String?] {
        answers.map { try? $0.get().reply.content }
    }

    /// Answers with the text and the number of the call that it was asked by.
    private static func numbering() -> ScriptedModel {
        ScriptedModel { request in
            Reply(content: "\(request.messages.last?.text ?? "") \(request.call)", finishReason: "stop")
        }
    }

    @Test("a run that goes on asks no question again, however many were under way at once")
    func resumed() async throws {
        let questions = ["same", "other", "same", "same"].map { Self.inquiry($0) }
        let model = Self.numbering()
        for _ in 0..<2 {
            let chain = try journaled(model)
            // As after a kill: the first time only some of the questions were asked.
            for wanted in [Array(questions[..<2]), questions] {
                let interview = Interview(
                    about: TemporaryProject.request(), desk: JudgeDesk(), answering: chain)
                let answers = await interview.ask(wanted, label: "tone")
                #expect(
                    Self.contents(answers)
                        == ["same 1", "other 1", "same 2", "same 3"].prefix(wanted.count).map(\.self))
                #expect(interview.use.calls == wanted.count && interview.use.failures == 0)
            }
        }
        #expect(model.requests.count == 4)
    }

    @Test(
        "questions that differ only in what is redacted have each their own recording",
        arguments: [false, true])
    func redactedTwins(isDatasetRow: Bool) async throws {
        let redactor = try Redactor(patterns: [("[0-9]{4,}", nil)])
        let desk = JudgeDesk(recorded: { request in
            var numbering = Redactor.Numbering()
            return (try? redactor.redact(request, numbering: &numbering)) ?? request
        })
        let questions = ["call 100002", "call 100003"].map { Self.inquiry($0, .embedding) }
        let model = ScriptedModel { request in
            Reply(content: request.messages.last?.text == "call 100002" ? "[1,2]" : "[3,4]")
        }
        for mode in [RecordingMode.record, .replay, .record, .live] {
            let session = RecordingSession(store: project.store)
            let chain = try journaled(model, redactor: redactor)
            let recorder = Recorder(
                mode: mode, live: chain, journaled: chain, session: session, redactor: redactor,
                now: { "2026-11-21T10:00:00Z" })
            let interview = Interview(
                about: TemporaryProject.request(isDatasetRow: isDatasetRow), desk: desk, answering: recorder)
            #expect(
                Self.contents(await interview.ask(questions, label: "similar")) == ["[1,2]", "[3,4]"],
                "\(mode)")
            #expect(session.commit().failures.isEmpty)
        }
        #expect(model.requests.count == 2)
    }

    @Test(
        "a question asked about two answers is recorded with each of them, though it is asked once",
        arguments: [false, true])
    func equalQuestions(isDatasetRow: Bool) async throws {
        let model = Self.numbering()
        // The second case is new in the second run.
        for (run, cases) in [["a"], ["a", "b"]].enumerated() {
            let session = RecordingSession(store: project.store)
            let recorder = Recorder(
                mode: .record, live: model, session: session, now: { "2026-11-21T10:00:00Z" })
            for id in cases {
                let request = TemporaryProject.request(case: id, text: id, isDatasetRow: isDatasetRow)
                let interview = Interview(about: request, desk: JudgeDesk(), answering: recorder)
                let answer = try await interview.ask(Self.inquiry("polite?"), label: "tone")
                #expect(answer.source == (run == 0 ? .live : .replayed))
                #expect((answer.notice != nil) == (id == "b"), "\(answer.notice ?? "")")
            }
            #expect(session.commit().failures.isEmpty)
        }
        #expect(model.requests.count == 1)
        for id in ["a", "b"] {
            let request = TemporaryProject.request(case: id, text: id, isDatasetRow: isDatasetRow)
            let interview = Interview(
                about: request, desk: JudgeDesk(), answering: Replay(store: project.store))
            let answer = try await interview.ask(Self.inquiry("polite?"), label: "tone")
            #expect(answer.reply.content == "polite? 1" && answer.notice == nil)
        }
    }

    @Test(
        "a missing recording of a question is told with the command that records its case",
        arguments: [("small", " --model small"), ("given", "")])
    func missing(model: String, option: String) async throws {
        let interview = Interview(
            about: TemporaryProject.request(model: model), desk: JudgeDesk(),
            answering: Replay(store: project.store))
        do throws(EvaluationError) {
            _ = try await interview.ask(Self.inquiry("polite?"), label: "tone")
            Issue.record("it was answered")
        } catch {
            #expect(error.kind == .fixtureMissing && error.message.contains("no recording of judge/tone"))
            #expect(error.hint == "record it with `evalrun record support --case late-parcel\(option)`")
        }
    }

    @Test("the notice of a fallback names the judge that was asked")
    func fallback() async throws {
        let session = RecordingSession(store: project.store)
        let model = ScriptedModel { _ in Reply(content: "yes", fallback: "mild") }
        let recorder = Recorder(mode: .record, live: model, session: session, now: { "2026-11-21T10:00:00Z" })
        for answering in [recorder, Replay(store: project.store)] as [any Answering] {
            let interview = Interview(
                about: TemporaryProject.request(), desk: JudgeDesk(), answering: answering)
            let answer = try await interview.ask(Self.inquiry("polite?"), label: "tone")
            if answer.source == .replayed {
                #expect(answer.notice == "the fallback 'mild' answered for 'strict'")
            }
            _ = session.commit()
        }
    }
}
