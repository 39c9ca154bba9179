import Diagnostics
import Evals
import Files
import JSON
import Secrets
import Testing

@testable import Recordings

@Suite("Recorder")
struct RecorderTests {
    let project: TemporaryProject
    private static let path = "fixtures/support/late-parcel/reply.small.yaml"
    private static let secret = "sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789"
    private static let variable = "no-shape-at-all-9"

    init() throws { project = try TemporaryProject() }

    private func recorder(
        _ mode: RecordingMode, _ live: any Answering, _ session: RecordingSession,
        redactor: Redactor = .standard
    ) -> Recorder {
        Recorder(mode: mode, live: live, session: session, redactor: redactor) { "2026-11-21T10:00:00Z" }
    }

    /// What becomes of one request, and what was written.
    private func ask(
        _ mode: RecordingMode, _ live: any Answering, _ request: ModelRequest = TemporaryProject.request(),
        redactor: Redactor = .standard
    ) async -> (result: Result<Answer, EvaluationError>, outcome: RecordingOutcome) {
        let session = RecordingSession(store: project.store)
        let result: Result<Answer, EvaluationError>
        do throws(EvaluationError) {
            result = .success(
                try await recorder(mode, live, session, redactor: redactor).answer(request))
        } catch {
            result = .failure(error)
        }
        return (result, session.commit())
    }

    private func failure(of result: Result<Answer, EvaluationError>) -> EvaluationError? {
        if case .failure(let error) = result { error } else { nil }
    }

    private func record(_ text: String, _ request: ModelRequest = TemporaryProject.request()) async {
        _ = await ask(.record, ScriptedModel(saying: text), request)
    }

    @Test(
        "each mode asks, replays and records as its table says",
        arguments: [
            // mode, what is recorded before, expected answer, asked, recorded afterwards
            (RecordingMode.replay, "fresh", "old", 0, "old"), (.record, "fresh", "old", 0, "old"),
            (.refresh, "fresh", "new", 1, "new"), (.live, "fresh", "new", 1, "old"),
            (.replay, "stale", "fixture-stale", 0, "old"), (.record, "stale", "new", 1, "new"),
            (.refresh, "stale", "new", 1, "new"), (.live, "stale", "new", 1, "old"),
            (.replay, "missing", "fixture-missing", 0, nil), (.record, "missing", "new", 1, "new"),
            (.refresh, "missing", "new", 1, "new"), (.live, "missing", "new", 1, nil),
        ] as [(RecordingMode, String, String, Int, String?)])
    func modes(mode: RecordingMode, before: String, says: String, asked: Int, after: String?) async throws {
        if before != "missing" {
            await record(
                "old", TemporaryProject.request(text: before == "fresh" ? "Where is it?" : "Before?"))
        }
        let model = ScriptedModel(saying: "new")
        let (result, outcome) = await ask(mode, model)
        switch result {
        case .success(let answer):
            #expect(answer.reply.content == says)
            #expect(answer.source == (asked > 0 ? .live : .replayed))
            #expect(answer.requestSHA256 == RequestKey.sha256(of: TemporaryProject.request()))
        case .failure(let error): #expect(error.kind.rawValue == says)
        }
        #expect(model.requests.count == asked)
        #expect(outcome.failures.isEmpty)
        #expect(outcome.paths == (asked > 0 && mode.writes ? [Self.path] : []))
        let text = after == nil ? "" : try project.read(Self.path)
        #expect(project.exists(Self.path) == (after != nil))
        #expect(after.map { text.contains("content: \($0)\n") } ?? true, "\(text)")
    }

    @Test("an error of the model passes through and changes no recording", arguments: RecordingMode.allCases)
    func errors(mode: RecordingMode) async throws {
        await record("old", TemporaryProject.request(text: "Before?"))
        let before = try project.read(Self.path)
        let model = ScriptedModel { _ throws(EvaluationError) in throw EvaluationError(.needsKey, "no key") }
        let (result, outcome) = await ask(mode, model)
        let error = try #require(failure(of: result))
        #expect(error.kind == (mode == .replay ? .fixtureStale : .needsKey))
        #expect(outcome.paths.isEmpty && outcome.failures.isEmpty)
        #expect(try project.read(Self.path) == before)
    }

    @Test(
        "the model gets the request as it is; judged and recorded is the redacted reply, live and in replay alike"
    )
    func redaction() async throws {
        let request = TemporaryProject.request(text: "My key is \(Self.secret), I am ann@corp.io")
        let model = ScriptedModel { _ in
            Reply(
                servedModel: "m \(Self.secret)",
                content: "\(Self.secret) of bob@corp.io and \(Self.variable)",
                finishReason: "stop", requestID: Self.secret, context: ["ann@corp.io", "fine"])
        }
        let redactor = try Redactor(patterns: [], kinds: [.email], secrets: [Self.variable])
        let (result, outcome) = await ask(.record, model, request, redactor: redactor)
        let live = try result.get()
        #expect(outcome.answers == 1)
        #expect(model.requests.first?.messages.last?.text == "My key is \(Self.secret), I am ann@corp.io")
        #expect(
            live.reply.content == "[redacted:anthropic:1] of [redacted:email:3] and [redacted:key:4]")
        #expect(live.reply.context == ["[redacted:email:2]", "fine"])
        #expect(live.reply.requestID == "[redacted:anthropic:1]")
        let text = try project.read(Self.path)
        for part in [Self.secret, "corp.io", Self.variable] { #expect(!text.contains(part), "\(part)") }
        // The same with and without the variable in the environment.
        for secrets in [[Self.variable], []] {
            let other = try Redactor(patterns: [], kinds: [.email], secrets: secrets)
            let replayed = try await Replay(store: project.store, redactor: other).answer(request)
            #expect(replayed.reply == live.reply)
            #expect(replayed.requestSHA256 == live.requestSHA256)
        }
    }

    @Test(
        "what would spread a secret is refused: before it is sent, or before it is written",
        arguments: [
            (RecordingMode.record, "variable", 0), (.refresh, "variable", 0), (.live, "variable", 0),
            (.record, "case", 0), (.record, "identity", 0), (.live, "identity", 0), (.record, "schema", 1),
        ])
    func refused(mode: RecordingMode, place: String, asked: Int) async throws {
        var request = TemporaryProject.request(text: place == "variable" ? "use \(Self.variable)" : "hello")
        switch place {
        case "case": request.site.caseID = "row \(Self.secret)"
        case "identity": request.model.identity = Self.secret
        case "schema": request.outputSchema = ["description": .string("of \(Self.secret)")]
        default: break
        }
        let model = ScriptedModel(saying: "fine")
        let redactor = try Redactor(patterns: [], secrets: [Self.variable])
        let (result, outcome) = await ask(mode, model, request, redactor: redactor)
        #expect(model.requests.count == asked)
        if asked == 0 {
            let error = try #require(failure(of: result))
            #expect(error.kind == .refused)
            for text in [error.message, error.hint ?? ""] {
                #expect(!text.contains(Self.secret) && !text.contains(Self.variable), "\(text)")
            }
            #expect(outcome.paths.isEmpty)
        } else {
            #expect(try result.get().reply.content == "fine")
        }
    }

    @Test("a pattern of redact: that gives up refuses the request")
    func patternGivesUp() async throws {
        let redactor = try Redactor(patterns: [(source: "(a+)+$", mark: nil)])
        let model = ScriptedModel { _ in Reply(content: String(repeating: "a", count: 40) + "!") }
        let (result, outcome) = await ask(.record, model, redactor: redactor)
        let error = try #require(failure(of: result))
        #expect(error.kind == .refused)
        #expect(outcome.paths.isEmpty && !project.exists(Self.path))
    }

    @Test("an answer without any text is judged and recorded as an empty one", arguments: [true, false])
    func emptyAnswer(isDatasetRow: Bool) async throws {
        let model = ScriptedModel { _ in Reply(content: nil, finishReason: "length") }
        let request = TemporaryProject.request(isDatasetRow: isDatasetRow)
        let (result, _) = await ask(.record, model, request)
        #expect(try result.get().reply.content == "")
        #expect(try await Replay(store: project.store).answer(request).reply == result.get().reply)
    }

    @Test("an answer that can't be recorded counts in the run, and is told")
    func unrecordable() async throws {
        let model = ScriptedModel { _ in Reply(content: "x", finishReason: "eos") }
        let (result, outcome) = await ask(.record, model)
        #expect(try result.get().reply.content == "x")
        #expect(outcome.paths.isEmpty && outcome.answers == 0)
        #expect(outcome.failures.map(\.id) == ["recording-not-written"])
        #expect(outcome.failures.first?.message.contains("finish_reason") == true)
        #expect(!project.exists(Self.path))
    }

    @Test(
        "nothing is asked whose answer could not be recorded", arguments: [RecordingMode.record, .refresh],
        ["yaml", "line", "key"])
    func damagedFile(mode: RecordingMode, damage: String) async throws {
        let requests = ["a", "b"].map {
            TemporaryProject.request(case: $0, text: $0, isDatasetRow: damage != "yaml")
        }
        for request in requests { await record("old", request) }
        let path =
            damage == "yaml" ? "fixtures/support/b/reply.small.yaml" : "fixtures/support/reply.small.jsonl"
        let text = try project.read(path)
        switch damage {
        case "yaml": try project.write("case: [", to: path)
        case "line": try project.write(String(text.dropLast(20)), to: path)
        default: try project.write(text.replacing(#""content":"a""#, with: #""content":"c""#), to: path)
        }
        let before = try project.read(path)
        let model = ScriptedModel(saying: "new")
        let (result, outcome) = await ask(
            mode, model, TemporaryProject.request(case: "b", text: "changed", isDatasetRow: damage != "yaml"))
        let error = try #require(failure(of: result))
        #expect(error.kind == .fixtureMissing)
        #expect(error.message.contains(path), "\(error.message)")
        #expect(model.requests.isEmpty && outcome.paths.isEmpty)
        #expect(try project.read(path) == before)
    }

    @Test("samples are recorded each for itself, and a run with more of them asks for the new ones alone")
    func samples() async throws {
        let model = ScriptedModel { request in Reply(content: "answer \(request.sample)") }
        for isDatasetRow in [false, true] {
            for count in [2, 4] {
                let session = RecordingSession(store: project.store)
                let recorder = recorder(.record, model, session)
                for sample in 1...count {
                    let request = TemporaryProject.request(
                        text: "row: \(isDatasetRow)", sample: sample, isDatasetRow: isDatasetRow)
                    #expect(try await recorder.answer(request).reply.content == "answer \(sample)")
                }
                #expect(session.commit().answers == 2)
            }
        }
        #expect(model.requests.map(\.sample) == [1, 2, 3, 4, 1, 2, 3, 4])
    }

    @Test(
        "embeddings are recorded beside the answer and replayed as they were", arguments: [false, true])
    func embeddings(isDatasetRow: Bool) async throws {
        let vector = "[0.25,-0.0011111111111111,7]"
        let answered = TemporaryProject.request(isDatasetRow: isDatasetRow)
        var embedded = TemporaryProject.request(text: "The parcel is on its way.", isDatasetRow: isDatasetRow)
        embedded.parameters = [:]
        embedded.site.purpose = "embedding/similarity"
        let usage = Usage(inputTokens: 6, outputTokens: 0)
        let model = ScriptedModel { request in
            request.site.purpose == "answer"
                ? Reply(content: "soon", finishReason: "stop")
                : Reply(servedModel: "e-1", content: vector, usage: usage, latencyMS: 12)
        }
        let steps: [(RecordingMode, Answer.Source, Int)] = [
            (.record, .live, 2), (.replay, .replayed, 2), (.record, .replayed, 2), (.refresh, .live, 4),
        ]
        for (mode, source, asked) in steps {
            let session = RecordingSession(store: project.store)
            let recorder = recorder(mode, model, session)
            #expect(try await recorder.answer(answered).reply.content == "soon")
            let answer = try await recorder.answer(embedded)
            #expect(answer.reply.content == vector)
            #expect(answer.reply.servedModel == "e-1")
            #expect(answer.reply.usage == usage)
            #expect(answer.source == source)
            let outcome = session.commit()
            #expect(outcome.failures.isEmpty)
            #expect(model.requests.count == asked)
        }
        let path = isDatasetRow ? "fixtures/support/reply.small.jsonl" : Self.path
        #expect(try project.read(path).contains("embedding/similarity"))
        // Another text is another request.
        embedded.messages = [Message(role: .user, text: "Another text.")]
        #expect(failure(of: await ask(.replay, model, embedded).result)?.kind == .fixtureStale)
    }
}
