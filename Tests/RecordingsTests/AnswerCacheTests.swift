import Diagnostics
import Evals
import Files
import Synchronization
import Testing

@testable import Recordings

@Suite("Cache of answers")
struct AnswerCacheTests {
    let project: TemporaryProject

    init() throws { project = try TemporaryProject() }

    private var folder: String { project.path + "/cache/inner" }

    private func cached(
        _ model: CountingModel, warn: @escaping @Sendable (Diagnostic) -> Void = { _ in }
    ) throws -> CachedAnswering {
        CachedAnswering(
            model, cache: try AnswerCache(folder: folder + "/"), now: { "2026-11-21T10:00:00Z" }, warn: warn)
    }

    private func path(_ request: ModelRequest) -> String {
        let key = RequestKey.sha256(of: request)
        return "cache/inner/\(key.prefix(2))/\(key.dropFirst(2)).json"
    }

    @Test("an answer is kept across runs, by request and sample")
    func keeping() async throws {
        let model = CountingModel()
        let request = TemporaryProject.request()
        let live = try await cached(model).answer(request)
        #expect(live.source == .live)
        #expect(project.exists(path(request)))
        // Another case, suite and alias: the key is of what is sent alone.
        let elsewhere = TemporaryProject.request(case: "x", prompt: "p", model: "large", suite: "y")
        for again in [request, elsewhere] {
            let answer = try await cached(model).answer(again)
            #expect(
                answer
                    == Answer(
                        reply: live.reply, source: .cached, requestSHA256: RequestKey.sha256(of: request)))
        }
        #expect(try await cached(model).answer(TemporaryProject.request(sample: 2)).source == .live)
        #expect(try await cached(model).answer(TemporaryProject.request(text: "Why?")).source == .live)
        #expect(model.requests.count == 3)
    }

    @Test("an answer of one route is none of another's, and what a fallback answered is not kept")
    func routes() async throws {
        let model = CountingModel()
        let request = TemporaryProject.request()
        for route in ["https://a.example/v1", "https://b.example/v1", "https://a.example/v1"] {
            let cached = CachedAnswering(
                model, cache: try AnswerCache(folder: folder), now: { nil }, route: { _ in route })
            _ = try await cached.answer(request)
        }
        #expect(model.requests.count == 2)
        let fallback = FallbackModel()
        for _ in 0..<2 {
            let answer = try await CachedAnswering(
                fallback, cache: try AnswerCache(folder: folder), now: { nil }
            ).answer(TemporaryProject.request(text: "other"))
            #expect(answer.source == .live && answer.reply.fallback == "spare")
        }
    }

    /// Answers as a model whose fallback stepped in.
    private struct FallbackModel: Answering {
        func answer(_ request: ModelRequest) async throws(EvaluationError) -> Answer {
            Answer(reply: Reply(content: "spare", fallback: "spare"), source: .live)
        }
    }

    @Test("requests that differ only in what is redacted are asked each, and are not kept")
    func redactedTwins() async throws {
        let model = CountingModel()
        let redactor = try Redactor(patterns: [("[0-9]{4,}", nil)])
        let cached = CachedAnswering(
            model, cache: try AnswerCache(folder: folder), redactor: redactor, now: { nil })
        for text in ["order 100002", "order 100003", "order 100002"] {
            #expect(try await cached.answer(TemporaryProject.request(text: text)).source == .live)
        }
        #expect(model.requests.count == 3)
    }

    @Test("errors and what is no live answer are not kept")
    func notKept() async throws {
        let request = TemporaryProject.request()
        let model = CountingModel(failures: 1)
        let cached = try cached(model)
        await #expect(throws: EvaluationError.self) { _ = try await cached.answer(request) }
        #expect(!project.exists(path(request)))
        #expect(try await cached.answer(request).reply.content == "2")
        let echo = CountingModel(source: .echo)
        let other = TemporaryProject.request(text: "other")
        for _ in 0..<2 { _ = try await self.cached(echo).answer(other) }
        #expect(echo.requests.count == 2 && !project.exists(path(other)))
    }

    @Test(
        "a file that is no answer to the request is replaced, and told",
        arguments: ["", "{}", "cut", "changed", "other request", "two lines", "folder", "edited request"])
    func damage(kind: String) async throws {
        let model = CountingModel()
        let request = TemporaryProject.request()
        let other = TemporaryProject.request(text: "other")
        _ = try await cached(model).answer(request)
        _ = try await cached(model).answer(other)
        let text = try project.read(path(request))
        switch kind {
        case "cut": try project.write(String(text.prefix(text.count - 5)), to: path(request))
        case "changed": try project.write(text.replacing("\"1\"", with: "\"2\""), to: path(request))
        case "other request": try project.write(try project.read(path(other)), to: path(request))
        case "two lines": try project.write(text + text, to: path(request))
        case "edited request":
            // A file made with care, whose check is right: the request is compared as well.
            var exchange = Exchange(
                request: other, response: Reply(content: "wrong"), recordedAt: nil)
            exchange.requestSHA256 = RequestKey.sha256(of: request)
            try AnswerCache(folder: folder).store(exchange)
        case "folder":
            try project.remove(path(request))
            try project.write("", to: path(request) + "/file")
            let warnings = Mutex<[Diagnostic]>([])
            let cached = try cached(model) { warning in warnings.withLock { $0.append(warning) } }
            #expect(try await cached.answer(request).source == .live)
            #expect(try await cached.answer(request).source == .live)
            #expect(warnings.withLock { $0.map(\.id) } == ["cache-unwritable"])
            return
        default: try project.write(kind, to: path(request))
        }
        let answer = try await cached(model).answer(request)
        #expect(answer.source == .live && answer.reply.content == "3")
        #expect(answer.notice?.hasSuffix("was damaged, and was replaced") == true)
        let again = try await cached(model).answer(request)
        #expect(again.source == .cached && again.reply == answer.reply && again.notice == nil)
    }

    @Test("a path at which there is a file is no cache", arguments: ["file", "file/below", "", "a\u{0}b"])
    func noFolder(path: String) throws {
        try project.write("", to: "file")
        let folder = path.isEmpty ? "" : project.path + "/" + path
        #expect(throws: DiagnosticError.self) { _ = try AnswerCache(folder: folder) }
    }

    @Test("several writers at once leave whole files")
    func severalWriters() async throws {
        let caches = try (0..<4).map { _ in
            try cached(CountingModel(text: String(repeating: "x", count: 9000)))
        }
        await withTaskGroup(of: Void.self) { group in
            for cache in caches {
                for index in 0..<50 {
                    group.addTask {
                        let answer = try? await cache.answer(TemporaryProject.request(text: "\(index)"))
                        #expect(answer != nil && answer?.notice == nil)
                    }
                }
            }
        }
        let model = CountingModel()
        for index in 0..<50 {
            #expect(
                try await cached(model).answer(TemporaryProject.request(text: "\(index)")).source == .cached)
        }
        #expect(model.requests.isEmpty)
    }

    @Test("secrets are not kept")
    func secrets() async throws {
        let key = "sk-ant-api03-" + String(repeating: "aB3", count: 12)
        let asked = TemporaryProject.request(text: "My key is \(key)")
        let clean = try await cached(CountingModel(text: " " + key)).answer(asked)
        #expect(clean.reply.content == "1 [redacted:anthropic:1]")
        let answer = try await cached(CountingModel(text: " " + key)).answer(TemporaryProject.request())
        #expect(answer.reply.content == "1 [redacted:anthropic:1]")
        let sha = try #require(answer.requestSHA256)
        let text = try project.read("cache/inner/\(sha.prefix(2))/\(sha.dropFirst(2)).json")
        #expect(!text.contains(key))
    }
}
