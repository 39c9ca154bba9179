import HTTP
import StubServer
import Testing

@Suite struct HTTPEngineTests {
    private func post(
        _ url: String, _ body: String = "{}", timeouts: HTTPRequest.Timeouts = .init(connect: 5, total: 20),
        limit: Int = 1 << 20
    ) -> HTTPRequest {
        HTTPRequest(
            url: url, headers: ["Content-Type": "application/json"], body: Array(body.utf8),
            timeouts: timeouts,
            responseLimit: limit)
    }

    @Test("A request carries method, path, fields and body, and the response comes back whole")
    func exchange() async throws {
        let server = try StubServer { request in
            .json(201, "{\"got\":\(request.body.count)}", headers: [("X-Request-Id", "r1")])
        }
        let engine = try HTTPEngine()
        var request = post(server.url + "/v1/x?a=b", "{\"q\":\"é\"}")
        request.headers.add("X-Empty", "")
        let response = try await engine.send(request)
        #expect(response.status == 201)
        #expect(response.headers["x-request-id"] == "r1")
        #expect(String(decoding: response.body, as: UTF8.self) == "{\"got\":10}")
        #expect(response.version == "1.1")
        #expect(response.timings.total > 0)
        #expect(response.timings.firstByte <= response.timings.total)
        let seen = try #require(server.requests.first)
        #expect(seen.method == "POST")
        #expect(seen.path == "/v1/x?a=b")
        #expect(String(decoding: seen.body, as: UTF8.self) == "{\"q\":\"é\"}")
        let names = Set(seen.headers.map { $0.0.lowercased() })
        #expect(names.contains("x-empty"))
        #expect(!names.contains("expect"))
    }

    @Test("One connection serves one request after the other")
    func keepAlive() async throws {
        let server = try StubServer { _ in .json(200, "{}") }
        let engine = try HTTPEngine()
        for _ in 0..<20 { _ = try await engine.send(post(server.url)) }
        #expect(server.connections == 1)
        #expect(server.requests.count == 20)
    }

    @Test("Hundreds of requests at once all get their own response")
    func many() async throws {
        let server = try StubServer { .json(200, String(decoding: $0.body, as: UTF8.self)) }
        let engine = try HTTPEngine()
        let answers = try await withThrowingTaskGroup(of: (Int, String).self) { group in
            for index in 0..<300 {
                let request = post(server.url, "{\"n\":\(index)}")
                group.addTask {
                    (index, String(decoding: try await engine.send(request).body, as: UTF8.self))
                }
            }
            var answers: [Int: String] = [:]
            for try await (index, answer) in group { answers[index] = answer }
            return answers
        }
        #expect(answers.count == 300)
        #expect(answers.allSatisfy { $0.value == "{\"n\":\($0.key)}" })
    }

    struct Fault: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var reply: StubReply
        var kind: HTTPError.Kind
        var words: String
    }

    static let faultList = [
        Fault(testDescription: "closed at once", reply: .closedAtOnce, kind: .brokenOff, words: "broke"),
        Fault(testDescription: "reset at once", reply: .resetAtOnce, kind: .brokenOff, words: "broke"),
        Fault(
            testDescription: "reset in the body", reply: .resetInBody("{\"a\":"), kind: .brokenOff,
            words: "broke"),
        Fault(
            testDescription: "half closed", reply: .halfClosed("{\"a\":"), kind: .brokenOff, words: "broke"),
        Fault(testDescription: "endless body", reply: .endless, kind: .tooLarge, words: "more than"),
        Fault(testDescription: "endless headers", reply: .endlessHeaders, kind: .tooLarge, words: "header"),
        Fault(
            testDescription: "no HTTP",
            reply: StubReply(steps: [.send(Array("hello\r\n\r\n".utf8)), .close]),
            kind: .malformed, words: "no HTTP"),
        Fault(
            testDescription: "bad gzip",
            reply: .whole(
                200, Array("not gzip".utf8), type: "application/json", headers: [("Content-Encoding", "gzip")]
            ),
            kind: .malformed, words: "no HTTP"),
    ]

    @Test("Each fault of a server is an error that says which", arguments: faultList)
    func faults(_ fault: Fault) async throws {
        let server = try StubServer { _ in fault.reply }
        let engine = try HTTPEngine()
        let error = await #expect(throws: HTTPError.self) {
            _ = try await engine.send(post(server.url + "/secret?key=abc"))
        }
        #expect(error?.kind == fault.kind, "\(error?.message ?? "")")
        #expect(error?.message.contains(fault.words) == true, "\(error?.message ?? "")")
        #expect(error?.message.contains("secret") == false)
        #expect(error?.message.contains("127.0.0.1") == true)
    }

    @Test("A server that is silent, stalls or trickles is given up in time")
    func timeouts() async throws {
        let engine = try HTTPEngine()
        let cases: [(StubReply, HTTPRequest.Timeouts, HTTPError.Kind)] = [
            (.noResponse, .init(connect: 5, total: 0.2), .totalTimeout),
            (.noResponse, .init(connect: 5, firstByte: 0.1, total: 20), .firstByteTimeout),
            (.stalled("{\"a\":"), .init(connect: 5, firstByte: 10, total: 0.3), .totalTimeout),
            (
                .trickle(Array(repeating: "x", count: 10_000), pauseMilliseconds: 20),
                .init(connect: 5, firstByte: 10, total: 0.3), .totalTimeout
            ),
        ]
        for (reply, bounds, kind) in cases {
            let server = try StubServer { _ in reply }
            let error = await #expect(throws: HTTPError.self) {
                _ = try await engine.send(post(server.url, timeouts: bounds))
            }
            #expect(error?.kind == kind, "\(error?.message ?? "")")
        }
    }

    @Test("Addresses that can't be used or reached are errors without the address's secrets")
    func addresses() async throws {
        let closed = try StubServer.closedPort()
        let cases: [(String, HTTPError.Kind)] = [
            ("http://127.0.0.1:\(closed)/x", .connect), ("ftp://127.0.0.1/x", .badURL), ("nonsense", .badURL),
            ("http://", .badURL), ("http://a b/", .badURL), ("http://127.0.0.1:99999/", .badURL),
            ("http://nobody:hunter2@127.0.0.1:\(closed)/x", .connect),
        ]
        let engine = try HTTPEngine()
        for (url, kind) in cases {
            let error = await #expect(throws: HTTPError.self) { _ = try await engine.send(post(url)) }
            #expect(error?.kind == kind, "\(url): \(error?.message ?? "")")
            #expect(error?.message.contains("hunter2") == false)
        }
    }

    @Test(
        "A field with a line break is refused instead of sent",
        arguments: ["a\r\nX-Evil: 1", "a\nb", "a\u{0}b"])
    func injection(_ value: String) async throws {
        let server = try StubServer { _ in .json(200, "{}") }
        var request = post(server.url)
        request.headers.add("X-Key", value)
        let engine = try HTTPEngine()
        let error = await #expect(throws: HTTPError.self) { _ = try await engine.send(request) }
        #expect(error?.kind == .badURL)
        #expect(error?.message.contains("Evil") == false)
        #expect(server.requests.isEmpty)
    }

    @Test("Cancelling a task ends its request, and the engine goes on")
    func cancellation() async throws {
        let server = try StubServer { $0.path == "/hang" ? .noResponse : .json(200, "{}") }
        let engine = try HTTPEngine()
        let hanging = post(server.url + "/hang")
        let task = Task { try await engine.send(hanging) }
        while server.requests.isEmpty { await Task.yield() }
        task.cancel()
        let result = await task.result
        #expect(throws: HTTPError(.cancelled, "the request was cancelled")) { try result.get() }
        let late = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await engine.send(hanging)
        }
        late.cancel()
        _ = await late.result
        #expect(try await engine.send(post(server.url)).status == 200)
    }

    @Test("An engine that goes away ends what waits")
    func ending() async throws {
        let server = try StubServer { _ in .noResponse }
        var engine: HTTPEngine? = try HTTPEngine()
        let request = post(server.url)
        let task = Task { [engine] in try await engine?.send(request) }
        while server.requests.isEmpty { await Task.yield() }
        task.cancel()
        engine = nil
        _ = await task.result
    }

    @Test("Redirects are not followed")
    func redirects() async throws {
        let server = try StubServer { _ in .json(302, "{}", headers: [("Location", "/other")]) }
        let response = try await HTTPEngine().send(post(server.url))
        #expect(response.status == 302)
        #expect(server.requests.count == 1)
    }

    @Test("A good body goes to the receiver piece by piece, the body of an error to the response")
    func receiver() async throws {
        let server = try StubServer { request in
            request.number == 1 ? .serverSentEvents(["a", "b"]) : .json(500, "{\"error\":1}")
        }
        let engine = try HTTPEngine()
        let box = ReceivedBytes()
        let good = try await engine.send(post(server.url)) { piece, _ in box.append(piece) }
        #expect(good.body.isEmpty)
        #expect(box.text.contains("data: a\n\ndata: b\n\n"))
        let bad = try await engine.send(post(server.url)) { piece, _ in box.append(piece) }
        #expect(String(decoding: bad.body, as: UTF8.self) == "{\"error\":1}")
    }
}
