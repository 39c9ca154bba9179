import Diagnostics
import Evals
import Files
import JSON
import Testing

@testable import Recordings

@Suite("Recordings made anew")
struct RerollTests {
    let project: TemporaryProject

    init() throws { project = try TemporaryProject() }

    private static func request(
        _ purpose: String = "answer", text: String = "Where is it?", isDatasetRow: Bool = false
    ) -> ModelRequest {
        var request = TemporaryProject.request(text: text, isDatasetRow: isDatasetRow)
        request.site.purpose = purpose
        return request
    }

    /// Asks and records; whether the answer is told to be re-rolled, and how many were.
    private func ask(
        _ mode: RecordingMode, _ reply: Reply, _ request: ModelRequest = request()
    ) async throws -> (isRerolled: Bool, count: Int) {
        let session = RecordingSession(store: project.store)
        let recorder = Recorder(
            mode: mode, live: ScriptedModel { _ in reply }, session: session
        ) { "2026-11-21T10:00:00Z" }
        let answer = try await recorder.answer(request)
        let outcome = session.commit()
        #expect(outcome.failures.isEmpty)
        return (answer.isRerolled, outcome.rerolled)
    }

    /// The mark on the recording of a request, and what a replay of it tells.
    private func mark(_ request: ModelRequest = request()) async throws -> Int {
        let store = project.store
        let exchanges = try store.exchanges(
            at: RecordingPlace(of: request.site), case: request.site.caseID)
        let found = try #require(
            exchanges.first { $0.requestSHA256 == RequestKey.sha256(of: request) })
        let replayed = try await Replay(store: store).answer(request)
        #expect(replayed.isRerolled == (found.rerolled > 0))
        return found.rerolled
    }

    private static func text(_ text: String) -> Reply { Reply(content: text, finishReason: "stop") }

    struct Pair: Sendable, CustomTestStringConvertible {
        var purpose: String
        var old: Reply
        var new: Reply
        var isRerolled: Bool
        /// Whether the answer has no form.
        var isFree = false
        var testDescription: String { "\(purpose) \(old.content ?? "-") \(new.content ?? "-")" }

        init(_ purpose: String, _ old: Reply, _ new: Reply, _ isRerolled: Bool) {
            (self.purpose, self.old, self.new, self.isRerolled) = (purpose, old, new, isRerolled)
        }

        init(_ purpose: String, _ old: String, _ new: String, _ isRerolled: Bool, isFree: Bool = false) {
            self.init(purpose, text(old), text(new), isRerolled)
            self.isFree = isFree
        }
    }

    /// A judge's verdict with the log probabilities of its tokens.
    private static func scored(_ reason: String, _ score: Int, _ likely: [Int: Double]) -> Reply {
        let top = likely.sorted { $0.key < $1.key }.map { (token, logprob) -> JSONValue in
            ["token": .string("\(token)"), "logprob": .double(logprob)]
        }
        let pieces = [#"{"reason": ""#, reason, #"", "score":"#, " \(score)", "}"]
        let logprobs = pieces.map { piece -> JSONValue in
            let isScore = piece == " \(score)"
            return [
                "token": .string(piece), "logprob": -0.1,
                "top_logprobs": isScore
                    ? .array(top) : [["token": .string(piece), "logprob": -0.1]],
            ]
        }
        return Reply(
            content: pieces.joined(), finishReason: "stop", logprobs: .array(logprobs))
    }

    private static func refusing(_ words: String) -> Reply { Reply(content: nil, refusal: words) }

    private static func call(_ id: String, _ city: String) -> Reply {
        Reply(
            content: nil, toolCalls: [["id": .string(id), "name": "f", "arguments": ["city": .string(city)]]])
    }

    /// A form of verdicts with reasons, in it and in the list `c`.
    private static let form: JSONValue = [
        "type": "object",
        "properties": [
            "reason": ["type": "string"], "x": ["type": "object", "properties": [:]],
            "c": ["type": "array", "items": ["properties": ["reason": ["type": "string"]]]],
        ],
    ]

    static let pairs: [Pair] = [
        Pair("answer", "a", "b", true), Pair("answer", "a", "a", false), Pair("answer", "a", "a ", true),
        // What a call costs and takes is no part of what it says.
        Pair(
            "answer", text("a"),
            Reply(content: "a", finishReason: "stop", latencyMS: 9, attempts: 3, requestID: "x"), false),
        Pair("answer", text("a"), refusing("no"), true),
        Pair("answer", refusing("no"), refusing("never"), true),
        Pair("answer", call("1", "Rome"), call("2", "Rome"), false),
        Pair("answer", call("1", "Rome"), call("1", "Oslo"), true),
        Pair("answer", #"{"reason": "a", "x": 1}"#, #"{"reason": "b", "x": 1}"#, true),
        // A verdict in other words is the same verdict.
        Pair("judge/tone", #"{"reason": "a", "pass": true}"#, #"{"pass": true, "reason": "b"}"#, false),
        Pair("judge/tone", #"{"reason": "a", "pass": true}"#, #"{"reason": "a", "pass": false}"#, true),
        Pair(
            "judge/tone", #"{"c": [{"reason": "a", "s": 1}, {"reason": "b", "s": 2}]}"#,
            #"{"c": [{"reason": "x", "s": 1}, {"reason": "y", "s": 2}]}"#, false),
        Pair(
            "judge/tone", #"{"c": [{"reason": "a", "s": 1}]}"#, #"{"c": [{"reason": "a", "s": 2}]}"#, true),
        Pair("judge/tone", "no JSON", "no JSON", false), Pair("judge/tone", "no JSON", "{}", true),
        Pair("judge/tone", refusing("no"), refusing("never"), false),
        Pair("judge/tone", text("{}"), Reply(content: "{}", refusal: "no"), true),
        // What a model under test says again has no form with reasons: they are its answer.
        Pair(
            "judge/same", #"{"reason": "a", "free": true}"#, #"{"reason": "b", "free": true}"#, true,
            isFree: true),
        Pair("judge/tone", #"{"x": {"reason": "a"}}"#, #"{"x": {"reason": "b"}}"#, true),
        // Scores weighted by log probabilities change with these.
        Pair(
            "judge/tone", scored("a", 8, [8: -0.1, 7: -2.4]), scored("b", 8, [8: -0.101, 7: -2.401]), false),
        Pair("judge/tone", scored("a", 8, [8: -0.1, 7: -2.4]), scored("a", 8, [8: -0.7, 7: -0.7]), true),
        Pair("judge/tone", scored("a", 8, [8: -0.1, 3: -9]), scored("a", 8, [8: -0.1, 2: -8]), false),
        Pair("judge/tone", scored("a", 8, [8: -0.1]), text(#"{"reason": "a", "score": 8}"#), true),
        // Numbers of embeddings never come back the same to the last digit; another direction is another embedding.
        Pair("embedding/similar", "[0.1,0.2]", "[0.1,0.20001]", false),
        Pair("embedding/similar", "[0.1,0.2]", "[0.1,0.25]", true),
        Pair("embedding/similar", "[1e300,0]", "[1e-300,0]", false),
        Pair("embedding/similar", "[0.1,0.2]", "[0.1,0.2,0]", true),
        Pair("embedding/similar", "[0.1,0.2]", "[]", true), Pair("embedding/similar", "[]", "[]", false),
        Pair(
            "moderation/safe", #"{"flagged": false, "s": 0.101}"#, #"{"flagged": false, "s": 0.1012}"#, false),
        Pair("moderation/safe", #"{"flagged": false, "s": 0.1}"#, #"{"flagged": false, "s": 0.2}"#, true),
        Pair("moderation/safe", #"{"flagged": false, "s": 0.1}"#, #"{"flagged": true, "s": 0.1}"#, true),
    ]

    @Test("another answer or verdict to the same request is marked, in files and packs", arguments: pairs)
    func comparison(pair: Pair) async throws {
        for isDatasetRow in [false, true] {
            var request = Self.request(
                pair.purpose, text: "Where is it in \(isDatasetRow)?", isDatasetRow: isDatasetRow)
            if !pair.isFree { request.outputSchema = Self.form }
            let first = try await ask(.refresh, pair.old, request)
            #expect(!first.isRerolled && first.count == 0)
            #expect(try await mark(request) == 0)
            let second = try await ask(.refresh, pair.new, request)
            #expect(second.isRerolled == pair.isRerolled && second.count == (pair.isRerolled ? 1 : 0))
            #expect(try await mark(request) == (pair.isRerolled ? 1 : 0))
        }
    }

    @Test("an answer made anew under another case's name is re-rolled, too", arguments: ["a", "b"])
    func renamed(answer: String) async throws {
        var request = Self.request()
        _ = try await ask(.refresh, Reply(content: "a", finishReason: "stop"), request)
        request.site.caseID = "renamed"
        let again = try await ask(.refresh, Reply(content: answer, finishReason: "stop"), request)
        #expect(again.isRerolled == (answer == "b"))
        #expect(try await mark(request) == (answer == "b" ? 1 : 0))
    }

    @Test("the mark counts, survives an equal answer, and goes when the request changes")
    func counting() async throws {
        _ = try await ask(.record, Self.text("a"))
        _ = try await ask(.refresh, Self.text("b"))
        #expect(try await ask(.refresh, Self.text("c")) == (true, 1))
        #expect(try await mark() == 2)
        #expect(try await ask(.refresh, Self.text("c")) == (true, 0))
        #expect(try await mark() == 2)
        #expect(try await ask(.record, Self.text("d")) == (true, 0))
        let path = RecordingPlace(of: Self.request().site).path
        let written = try project.read(path)
        #expect(written.contains("    sample: 1\n    rerolled: 2\n    request_sha256:"), "\(written)")
        let changed = Self.request(text: "And now?")
        #expect(try await ask(.record, Self.text("e"), changed) == (false, 0))
        #expect(try await mark(changed) == 0)
        #expect(try !project.read(path).contains("rerolled"))
    }

    @Test(
        "a mark that is none is refused",
        arguments: ["0", "-1", "1.5", "x", "true", "1000001", "9223372036854775807"])
    func badMark(mark: String) async throws {
        _ = try await ask(.record, Self.text("a"))
        let path = RecordingPlace(of: Self.request().site).path
        let text = try project.read(path)
        let marked = text.split(separator: "\n", omittingEmptySubsequences: false)
            .flatMap { $0 == "    sample: 1" ? [String($0), "    rerolled: \(mark)"] : [String($0)] }
        try project.write(marked.joined(separator: "\n"), to: path)
        let replay = Replay(store: project.store)
        let error = await #expect(throws: EvaluationError.self) { try await replay.answer(Self.request()) }
        #expect(error?.kind == .fixtureMissing && error?.message.contains("rerolled") == true)
    }

    @Test("accepting takes marks out of files, packs and folders, and lists them", arguments: [false, true])
    func accept(isDatasetRow: Bool) async throws {
        let (answer, judge) = (
            Self.request(isDatasetRow: isDatasetRow),
            Self.request("judge/tone", text: "Is it polite?", isDatasetRow: isDatasetRow)
        )
        for text in ["1", "2", "3"] {
            _ = try await ask(.refresh, Self.text(text), answer)
            _ = try await ask(.refresh, Self.text("[\(text)]"), judge)
        }
        let path = RecordingPlace(of: answer.site).path
        #expect(try await mark(answer) == 2)
        let acceptance = FixtureAcceptance(store: project.store)
        let accepted = try acceptance.accept([path, "fixtures/support/"])
        #expect(accepted.map(\.exchange.purpose).sorted() == ["answer", "judge/tone"])
        #expect(accepted.allSatisfy { $0.path == path && $0.exchange.rerolled == 2 })
        #expect(try await mark(answer) == 0)
        #expect(try await mark(judge) == 0)
        #expect(try await Replay(store: project.store).answer(answer).reply.content == "3")
        #expect(try acceptance.accept([path]).isEmpty)
    }

    @Test(
        "paths without recordings and damaged files are named, and nothing is changed",
        arguments: ["fixtures/other", "fixtures/sup", "", "../x", "fixtures/support/broken.yaml"])
    func refused(path: String) async throws {
        _ = try await ask(.record, Self.text("a"))
        _ = try await ask(.refresh, Self.text("b"))
        try project.write("evalrun_fixture: 7\n", to: "fixtures/support/broken.yaml")
        let good = RecordingPlace(of: Self.request().site).path
        let error = #expect(throws: DiagnosticError.self) {
            try FixtureAcceptance(store: project.store).accept([good, path])
        }
        #expect(error?.diagnostics.isEmpty == false)
        #expect(try await mark() == 1)
    }

    @Test("a moved recording keeps its mark, and an import that changes an answer is one")
    func otherWays() async throws {
        let exchange = Exchange(request: Self.request(), response: Self.text("a"), recordedAt: nil)
        func write(_ exchange: Exchange) throws {
            var writer = RecordingWriter(store: project.store)
            writer.add(exchange, at: Self.request().site)
            _ = try writer.commit()
        }
        var moved = exchange
        moved.rerolled = 3
        try write(moved)
        #expect(try await mark() == 3)
        var imported = exchange
        imported.response = Self.text("b")
        try write(imported)
        #expect(try await mark() == 4)
    }
}
