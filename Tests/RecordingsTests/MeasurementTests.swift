import Diagnostics
import Evals
import Files
import JSON
import Secrets
import Testing

@testable import Recordings

@Suite("Numbers that are asked for")
struct MeasurementTests {
    let project: TemporaryProject
    /// Numbers with digits that look like cards, telephone numbers and whatever a pattern may say.
    private static let vector =
        "[0.4556737586899855,-5105105105105100,0.123456789012345,+49 171 2345678,1e-05]"
    private static let scores =
        #"{"flagged":false,"categories":{"violence":false},"category_scores":{"violence":5105105105105100}}"#

    init() throws { project = try TemporaryProject() }

    /// Redacts all that can be redacted.
    private static func redactor() throws -> Redactor {
        try Redactor(
            patterns: [("[0-9]{4,}", nil)], kinds: Set(PersonalData.allCases), secrets: ["123456789012"])
    }

    @Test(
        "numbers are told from texts by what was asked for and by what there is",
        arguments: [
            (vector, "embedding/similar", true), ("[]", "embedding/similar", true),
            ("[1,\n 2]", "embedding/x", true),
            (vector, "answer", false), (vector, "judge/similar", false), (vector, "embedding", false),
            ("[1, \"4111111111111111\"]", "embedding/similar", false), ("[a]", "embedding/similar", false),
            ("5105105105105100", "embedding/similar", false), ("", "embedding/similar", false),
            ("[", "embedding/similar", false), ("I am 5105105105105100", "embedding/similar", false),
            (scores, "moderation/moderation-1", true), (scores, "judge/moderation-1", false),
            (#"{"flagged":"call +49 171 2345678"}"#, "moderation/m", false), ("{", "moderation/m", false),
            ("5105105105105100", "moderation/m", false),
        ])
    func kinds(content: String, purpose: String, isMeasurement: Bool) {
        #expect(Measurement.isOne(content, askedBy: purpose) == isMeasurement)
    }

    private func request(_ purpose: String, _ text: String, isDatasetRow: Bool) -> ModelRequest {
        var request = TemporaryProject.request(text: text, isDatasetRow: isDatasetRow)
        request.model = ModelSpecification(
            name: "vectors", provider: "openai", model: "text-embedding-3-small")
        request.parameters = [:]
        request.site.purpose = purpose
        return request
    }

    /// The recorder of a run, with its journal and a cache.
    private func recorder(
        _ mode: RecordingMode, _ model: any Answering, _ session: RecordingSession
    ) throws -> Recorder {
        let redactor = try Self.redactor()
        let now = { @Sendable in "2026-11-21T10:00:00Z" }
        let journal = try Journal(
            AppendFile(opening: project.path + "/journal-\(mode).jsonl", shown: "journal.jsonl"))
        let cached = CachedAnswering(
            model, cache: try AnswerCache(folder: project.path + "/cache"), redactor: redactor, now: now)
        let journaled = JournaledAnswering(cached, journal: journal, redactor: redactor, now: now)
        return Recorder(
            mode: mode, live: journaled, journaled: journaled, session: session, redactor: redactor, now: now)
    }

    @Test(
        "no number is changed by recording, replaying, the journal and the cache, and texts are redacted all the same",
        arguments: [(vector, "embedding/similar"), (scores, "moderation/moderation-1")], [false, true])
    func unchanged(_ asked: (content: String, purpose: String), isDatasetRow: Bool) async throws {
        let model = ScriptedModel { _ in
            Reply(servedModel: "e-1", content: asked.content, requestID: "id 5105105105105100")
        }
        let plain = request(asked.purpose, "plain", isDatasetRow: isDatasetRow)
        let telling = request(
            asked.purpose, "my card is 5105105105105100", isDatasetRow: isDatasetRow)
        let steps: [(RecordingMode, [Answer.Source])] = [
            (.record, [.live, .live]), (.replay, [.replayed, .replayed]), (.record, [.live, .live]),
            (.refresh, [.cached, .live]), (.live, [.cached, .live]),
        ]
        for (mode, sources) in steps {
            let session = RecordingSession(store: project.store)
            let recorder = try recorder(mode, model, session)
            var found: [Answer.Source] = []
            for request in [plain, telling] {
                let answer = try await recorder.answer(request)
                #expect(answer.reply.content == asked.content)
                #expect(answer.reply.requestID?.contains("5105105105105100") == false)
                found.append(answer.source)
            }
            #expect(found == sources, "\(mode)")
            #expect(session.commit().failures.isEmpty)
        }
        let path =
            isDatasetRow
            ? "fixtures/support/reply.small.jsonl" : "fixtures/support/late-parcel/reply.small.yaml"
        #expect(try !project.read(path).contains("my card is 51"))
        #expect(try !project.read("journal-live.jsonl").contains("my card is 51"))
        // Models get the text as it is.
        #expect(model.requests.contains { $0.messages.last?.text == "my card is 5105105105105100" })
    }

    @Test("a scan passes numbers over, and finds the same digits in a text", arguments: [false, true])
    func scan(isDatasetRow: Bool) throws {
        for (purpose, content, isFound) in [
            ("embedding/similar", Self.vector, false), ("moderation/m", Self.scores, false),
            ("judge/tone", Self.vector, true),
        ] {
            let session = RecordingSession(store: project.store)
            let request = request(purpose, purpose, isDatasetRow: isDatasetRow)
            session.add(
                Exchange(request: request, response: Reply(content: content), recordedAt: nil),
                at: request.site)
            #expect(session.commit().failures.isEmpty)
            var found: [Diagnostic] = []
            let scan = RecordingScan(store: project.store, redactor: try Self.redactor())
            _ = try scan.run { found.append($0) }
            #expect(found.isEmpty != isFound, "\(purpose): \(found)")
        }
    }
}
