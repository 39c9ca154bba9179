import Foundation
import JSON
import StubServer
import Testing
import XML

/// Everything that can go wrong between this program and a provider, on the real program.
@Suite("Faults of live models", .serialized)
struct LiveFaultTests {
    /// A provider that fails, and what comes of it.
    struct Fault: Sendable, CustomTestStringConvertible {
        let name: String
        let replies: [StubReply]
        var provider = "timeout_s: 20"
        var retry = "{attempts: 2, base_s: 0.001, cap_s: 0.002}"
        var kinds = ["provider"]
        /// How many requests the run makes; nil when that is no promise.
        var requests: Int?
        /// What the error says, in any capitals.
        var says: [String] = []
        var testDescription: String { name }
    }

    private static let answer = LiveProject.completion(String(repeating: "a long answer. ", count: 40))
    private static let shortTime = "timeout_s: 0.4"

    private static let broken = [
        Fault(name: "an HTML page with status 200", replies: [.html200], requests: 2),
        Fault(name: "JSON that ends early", replies: [.halfJSON(answer)], requests: 2),
        Fault(
            name: "JSON without an answer", replies: [.json(200, #"{"id":"x","choices":[]}"#)], requests: 2),
        Fault(name: "JSON of something else", replies: [.json(200, #"[1,2]"#)], requests: 2),
        Fault(name: "an empty body with status 200", replies: [.json(200, "")], requests: 2),
        Fault(
            name: "a body that is not UTF-8",
            replies: [.whole(200, [0x7B, 0xFF, 0xFE, 0x7D], type: "application/json")], requests: 2),
        Fault(
            name: "a body that is not what its encoding says",
            replies: [.json(200, answer, headers: [("Content-Encoding", "gzip")])]),
        Fault(
            name: "no HTTP at all",
            replies: [StubReply(steps: [.send(Array("220 mail.example ESMTP\r\n".utf8)), .close])]),
        Fault(name: "a body cut short", replies: [.truncatedJSON(answer)], requests: 2),
        Fault(name: "a reset in the body", replies: [.resetInBody(answer)], requests: 2),
        Fault(name: "a reset before the answer", replies: [.resetAtOnce]),
        Fault(name: "an end before the answer", replies: [.closedAtOnce]),
        Fault(name: "a half-closed connection", replies: [.halfClosed(answer)], requests: 2),
        Fault(name: "an endless body", replies: [.endless]),
        Fault(
            name: "endless header fields", replies: [.endlessHeaders], provider: "timeout_s: 2",
            kinds: ["provider", "timeout"]),
        Fault(
            name: "a redirect",
            replies: [
                StubReply(steps: [
                    .send(StubReply.head(302, [("Location", "/v1/x"), ("Content-Length", "0")]))
                ])
            ],
            requests: 1),
    ]

    private static let slow = [
        Fault(
            name: "no response", replies: [.noResponse], provider: shortTime, kinds: ["timeout"], requests: 2,
            says: ["0.4 s"]),
        Fault(
            name: "a body that stops", replies: [.stalled(answer)], provider: shortTime, kinds: ["timeout"],
            requests: 2, says: ["0.4 s"]),
        Fault(
            name: "a body that trickles",
            replies: [.trickle(answer.map(String.init), pauseMilliseconds: 50)], provider: shortTime,
            kinds: ["timeout"], requests: 2, says: ["0.4 s"]),
    ]

    private static let refusing = [
        Fault(
            name: "a wrong key",
            replies: [
                .json(
                    401,
                    LiveProject.error(
                        "Incorrect API key provided: \(LiveProject.key).", type: "invalid_request_error",
                        code: "invalid_api_key"))
            ], requests: 1, says: ["401", "STUB_KEY"]),
        Fault(
            name: "a forbidden model",
            replies: [.json(403, LiveProject.error("no access", type: "permission_error", code: nil))],
            requests: 1, says: ["403"]),
        Fault(
            name: "an unknown model",
            replies: [
                .json(404, LiveProject.error("does not exist", type: "x", code: "model_not_found"))
            ], requests: 1, says: ["does not exist"]),
        Fault(
            name: "a rate limit that never ends",
            replies: [
                .json(
                    429,
                    LiveProject.error("Rate limit reached", type: "requests", code: "rate_limit_exceeded"),
                    headers: [("retry-after-ms", "1")])
            ], requests: 2, says: ["429"]),
        Fault(
            name: "a Retry-After that is too long",
            replies: [
                .json(
                    429,
                    LiveProject.error("Rate limit reached", type: "requests", code: "rate_limit_exceeded"),
                    headers: [("Retry-After", "3600")])
            ], retry: "{attempts: 3, base_s: 0.001, max_wait_s: 5}", requests: 1,
            says: ["3600", "max_wait_s"]),
        Fault(
            name: "no quota left",
            replies: [
                .json(
                    429,
                    LiveProject.error(
                        "You exceeded your current quota", type: "insufficient_quota",
                        code: "insufficient_quota"))
            ], requests: 1, says: ["quota"]),
        Fault(
            name: "a parameter that the model does not take",
            replies: [
                .json(
                    400,
                    LiveProject.error(
                        "Unsupported value: 'temperature' does not support 0", type: "invalid_request_error",
                        code: "unsupported_value", param: "temperature"))
            ], requests: 1, says: ["temperature", "gpt-5-mini"]),
        Fault(
            name: "errors that never end",
            replies: [.json(500, LiveProject.error("boom", type: "server_error", code: nil))], requests: 2,
            says: ["500", "boom"]),
        Fault(
            name: "an error page with status 502", replies: [.text(502, "<html>Bad gateway</html>")],
            requests: 2, says: ["502"]),
        Fault(
            name: "an overloaded provider", replies: [.json(529, #"{"error":"overloaded"}"#)], requests: 2,
            says: ["529"]),
        Fault(
            name: "an error that must not be retried",
            replies: [.json(503, "{}", headers: [("x-should-retry", "false")])], requests: 1, says: ["503"]),
    ]

    @Test(
        "a fault is an errored execution that says who failed and what to do: exit 3, reports, no recording",
        arguments: broken + slow + refusing)
    func fault(fault: Fault) throws {
        let server = try StubServer(script: fault.replies)
        let live = try LiveProject(url: server.url, provider: fault.provider, retry: fault.retry)
        try check(live, fault) { server.requests.count }
    }

    @Test(
        "a provider that can't be reached is such a fault",
        arguments: [
            Fault(name: "closed port", replies: [], says: ["127.0.0.1"]),
            Fault(name: "https on a port without TLS", replies: [.html200], says: ["tls"]),
        ])
    func unreachable(fault: Fault) throws {
        let server = try StubServer(script: fault.replies)
        let port = fault.replies.isEmpty ? try StubServer.closedPort() : server.port
        let scheme = fault.replies.isEmpty ? "http" : "https"
        let live = try LiveProject(
            url: "\(scheme)://127.0.0.1:\(port)", provider: fault.provider, retry: fault.retry)
        try check(live, fault) { server.requests.count }
    }

    @Test(
        "a fault is the same in every mode that asks",
        arguments: broken.prefix(1) + slow.prefix(1) + refusing.suffix(4),
        ["live", "record"])
    func modes(fault: Fault, mode: String) throws {
        let server = try StubServer(script: fault.replies)
        let live = try LiveProject(url: server.url, provider: fault.provider, retry: fault.retry)
        try check(live, fault, mode: mode) { server.requests.count }
    }

    /// Runs, and looks at all that a run leaves.
    private func check(
        _ live: LiveProject, _ fault: Fault, mode: String = "refresh", requests: () -> Int
    ) throws {
        let project = live.project
        let recording = mode == "record" ? nil : try live.importRecording()
        let old = try recording.map { try project.read($0) }
        let (run, file) = try live.run("run", "--mode", mode)
        #expect(run.exitCode == 3, "\(run.all.prefix(3000))")
        #expect(file.summary["passed"] == 0 && file.summary["errored"] == 1, "\(run.all.prefix(3000))")
        #expect(file.summary["exit_code"] == 3)
        let error = try #require(file.executions.first?["error"])
        let message = error["message"]?.string ?? ""
        let hint = error["hint"]?.string ?? ""
        #expect(fault.kinds.contains(error["kind"]?.string ?? ""), "\(error)")
        #expect(message.contains("stub") || message.contains("127.0.0.1"), "says who failed: \(message)")
        #expect(!hint.isEmpty, "says what to do: \(message)")
        for text in fault.says {
            let isSaid = (message + "\n" + hint).lowercased().contains(text.lowercased())
            #expect(isSaid, "\(text) in \(message) | \(hint)")
        }
        #expect(message.utf8.count < 2000, "a message that can be read")
        #expect(run.output.contains("exit 3"), "\(run.output.suffix(500))")
        #expect(!(try live.texts(run).contains(LiveProject.key)), "no key in what is shown")
        #expect(XMLChecker.check(try project.read("j.xml")) == [])
        #expect(try project.read("j.xml").contains("<error"))
        if let count = fault.requests { #expect(requests() == count) }
        if let recording {
            #expect(try project.read(recording) == old, "the recording is as it was")
        } else {
            #expect(try Self.files(of: project, in: "fixtures") == [], "nothing is recorded")
        }
    }

    @Test(
        "what a retry gets is an answer like any other, and is recorded",
        arguments: [
            Fault(
                name: "429 with Retry-After",
                replies: [.json(429, "{}", headers: [("Retry-After", "0")])]),
            Fault(
                name: "429 with retry-after-ms",
                replies: [.json(429, "{}", headers: [("retry-after-ms", "2")])]),
            Fault(name: "529", replies: [.json(529, #"{"error":{"type":"overloaded_error"}}"#)]),
            Fault(name: "500", replies: [.text(500, "boom")]),
            Fault(name: "408", replies: [.text(408, "")]),
            Fault(name: "409", replies: [.json(409, "{}")]),
            Fault(
                name: "400 that asks for a retry",
                replies: [.json(400, "{}", headers: [("x-should-retry", "true")])]),
            Fault(name: "HTML", replies: [.html200]),
            Fault(name: "a cut body", replies: [.truncatedJSON(answer)]),
            Fault(name: "a reset", replies: [.resetInBody(answer)]),
            Fault(name: "silence", replies: [.noResponse], provider: shortTime),
        ])
    func retried(fault: Fault) throws {
        let server = try StubServer(script: fault.replies + [.json(200, LiveProject.completion("fine"))])
        let live = try LiveProject(url: server.url, provider: fault.provider, retry: fault.retry)
        let (run, file) = try live.run("record")
        #expect(run.exitCode == 0, "\(run.all.prefix(3000))")
        let execution = try #require(file.executions.first)
        #expect(execution["status"] == "passed" && execution["output"] == "fine")
        #expect(execution["attempts"] == 2 && execution["source"] == "live")
        #expect(server.requests.count == 2)
        #expect(server.requests.first?.body == server.requests.last?.body)
        #expect(server.requests.allSatisfy { $0.header("Authorization") == "Bearer \(LiveProject.key)" })
        server.stop()
        let replay = try live.run("run")
        #expect(replay.run.exitCode == 0, "\(replay.run.all.prefix(3000))")
        #expect(replay.file.executions.first?["source"] == "replayed")
        #expect(!(try live.project.read("fixtures/s/c1/p.small.yaml").contains(LiveProject.key)))
    }

    @Test("an answer that trickles in time is an answer")
    func trickle() throws {
        let pieces = LiveProject.completion("fine").map(String.init)
        let server = try StubServer(script: [.trickle(pieces, pauseMilliseconds: 0)])
        let live = try LiveProject(url: server.url)
        let (run, file) = try live.run("run", "--mode", "live")
        #expect(run.exitCode == 0, "\(run.all.prefix(3000))")
        #expect(file.executions.first?["output"] == "fine")
    }

    @Test("without a key nothing is asked: exit 4", arguments: ["record", "refresh", "live"])
    func withoutKey(mode: String) throws {
        let server = try StubServer(script: [.json(200, Self.answer)])
        let live = try LiveProject(url: server.url)
        let (run, file) = try live.run("run", "--mode", mode, key: nil)
        #expect(run.exitCode == 4, "\(run.all.prefix(3000))")
        #expect(file.executions.first?["error"]?["kind"] == "needs-key")
        #expect(run.output.contains("STUB_KEY") && server.requests.isEmpty)
    }

    @Test("a key in a prompt's values is not sent: exit 2, and with --allow-sensitive exit 3")
    func keyInRequest() throws {
        let server = try StubServer(script: [.json(200, Self.answer)])
        let live = try LiveProject(url: server.url)
        let suite = try live.project.read("evalsuites/s.suite.yaml")
        try live.project.write(
            suite.replacingOccurrences(of: "question 1", with: LiveProject.key), to: "evalsuites/s.suite.yaml"
        )
        let early = try live.project.run(
            "run", "--mode", "live", environment: ["STUB_KEY": LiveProject.key])
        #expect(early.exitCode == 2 && early.errors.contains("evalsuites/s.suite.yaml:5:"), "\(early.all)")
        #expect(!(early.output + early.errors).contains(LiveProject.key))
        let (run, file) = try live.run("run", "--mode", "live", "--allow-sensitive")
        #expect(run.exitCode == 3, "\(run.all.prefix(3000))")
        #expect(file.executions.first?["error"]?["kind"] == "refused")
        #expect(!(try live.texts(run).contains(LiveProject.key)), "no key in what is shown")
        #expect(server.requests.isEmpty)
    }

    @Test("after some failures in a row the rest is not asked for")
    func breaker() throws {
        let server = try StubServer(script: [.text(500, "boom")])
        let live = try LiveProject(
            url: server.url, cases: 40, provider: "breaker: 3, limits: {concurrency: 1}",
            retry: "{attempts: 1}")
        let (run, file) = try live.run("run", "--mode", "live", "--jobs", "1")
        #expect(run.exitCode == 3, "\(run.all.prefix(3000))")
        let kinds = file.executions.compactMap { $0["error"]?["kind"]?.string }
        #expect(kinds.count == 40 && kinds.filter { $0 == "breaker" }.count == 37, "\(kinds)")
        #expect(server.requests.count == 3)
    }

    @Test("one case that fails does not take the others along; their answers are recorded")
    func mixed() throws {
        let server = try StubServer { request in
            request.text.contains("question 2")
                ? .json(400, LiveProject.error("too long", type: "x", code: "context_length_exceeded"))
                : .json(200, LiveProject.completion("fine"))
        }
        let live = try LiveProject(url: server.url, cases: 3)
        let (run, file) = try live.run("record")
        #expect(run.exitCode == 3, "\(run.all.prefix(3000))")
        #expect(file.statuses == ["c1#1 passed", "c2#1 errored provider", "c3#1 passed"])
        #expect(try live.project.names(in: "fixtures/s") == ["c1", "c3"])
    }

    /// All files below a folder that may be missing.
    static func files(of project: TemporaryProject, in folder: String) throws -> [String] {
        guard project.exists(folder) else { return [] }
        let all = FileManager.default.enumerator(atPath: project.path + "/" + folder)
        return (all?.allObjects as? [String] ?? []).filter { name in
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(
                atPath: project.path + "/\(folder)/\(name)", isDirectory: &isFolder)
            return !isFolder.boolValue
        }
        .sorted()
    }
}
