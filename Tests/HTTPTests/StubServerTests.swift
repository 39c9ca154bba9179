import StubServer
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite("Stub server") struct StubServerTests {
    @Test(
        "A request is read whatever its framing, and told as it was",
        arguments: [
            ("GET /a?b=c HTTP/1.1\r\nHost: x\r\n\r\n", "GET", "/a?b=c", ""),
            ("POST /p HTTP/1.1\r\ncontent-LENGTH: 5\r\n\r\nhello", "POST", "/p", "hello"),
            ("POST /p HTTP/1.1\r\nContent-Length: 0\r\n\r\n", "POST", "/p", ""),
            (
                "PUT /c HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nhel\r\n2\r\nlo\r\n0\r\nT: 1\r\n\r\n",
                "PUT", "/c", "hello"
            ),
        ])
    func requests(text: String, method: String, path: String, body: String) throws {
        let server = try StubServer(script: [.json(200, #"{"ok":true}"#, headers: [("X-A", "1")])])
        let client = try #require(RawClient(port: server.port))
        client.send(text)
        #expect(
            client.receive(until: "}")
                == "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\nX-A: 1\r\n\r\n{\"ok\":true}"
        )
        let request = try #require(server.requests.first)
        #expect(request.method == method && request.path == path && request.text == body)
        #expect(request.number == 1 && request.connection == 1)
    }

    @Test(
        "What is no request gets a 400 and the end, and is not counted",
        arguments: [
            "nonsense\r\n\r\n", "\u{16}\u{3}\u{1}", "NONSENSE\r\n\r\n", "GET / SPDY/1\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        ])
    func nonsense(text: String) throws {
        let server = try StubServer(script: [.html200])
        let client = try #require(RawClient(port: server.port))
        client.send(text)
        #expect(client.receive().hasPrefix("HTTP/1.1 400 "))
        #expect(client.end == .closed)
        #expect(server.requests.isEmpty)
    }

    @Test("A script answers in order over one connection, and its last reply stays")
    func script() throws {
        let server = try StubServer(script: [.text(429, "one"), .text(200, "two")])
        let client = try #require(RawClient(port: server.port))
        var statuses: [String] = []
        for _ in 1...3 {
            client.send("GET / HTTP/1.1\r\n\r\n")
            statuses.append(
                String(client.receive(until: statuses.isEmpty ? "one" : "two").dropFirst(9).prefix(3)))
        }
        #expect(statuses == ["429", "200", "200"])
        #expect(server.connections == 1)
        #expect(server.requests.map(\.number) == [1, 2, 3])
        client.send("GET / HTTP/1.1\r\nConnection: close\r\n\r\n")
        #expect(client.receive().hasSuffix("two") && client.end == .closed)
    }

    @Test(
        "Faults come as they are named",
        arguments: [
            ("truncated", StubReply.truncatedJSON("0123456789"), RawClient.End?.some(.closed)),
            ("reset", .resetInBody("0123456789"), .reset),
            ("half-closed", .halfClosed("0123456789"), .closed),
            ("half", .halfJSON("0123456789"), nil),
            ("stalled", .stalled("0123456789"), nil),
        ])
    func faults(name: String, reply: StubReply, end: RawClient.End?) throws {
        let server = try StubServer(script: [reply])
        let client = try #require(RawClient(port: server.port))
        client.send("GET / HTTP/1.1\r\n\r\n")
        let text = client.receive(until: "01234")
        #expect(text.hasSuffix("\r\n\r\n01234"))
        #expect(text.contains("Content-Length: \(name == "half" ? 5 : 10)\r\n"))
        guard let end else { return }
        _ = client.receive()
        #expect(client.end == end)
    }

    @Test("Events are chunks, and the last one is empty")
    func events() throws {
        let server = try StubServer(script: [
            .serverSentEvents(["{}", "[DONE]"]), .serverSentEvents(named: [("ping", "1")]),
        ])
        let client = try #require(RawClient(port: server.port))
        for body in [
            "a\r\ndata: {}\n\n\r\ne\r\ndata: [DONE]\n\n\r\n0\r\n\r\n",
            "15\r\nevent: ping\ndata: 1\n\n\r\n0\r\n\r\n",
        ] {
            client.send("GET / HTTP/1.1\r\n\r\n")
            #expect(client.receive(until: "\r\n0\r\n\r\n").hasSuffix("\r\n\r\n" + body))
        }
    }

    @Test("An endless reply ends with the client, and a silent one when the server stops")
    func endless() throws {
        let server = try StubServer { $0.path == "/endless" ? .endless : .noResponse }
        let endless = try #require(RawClient(port: server.port))
        endless.send("GET /endless HTTP/1.1\r\n\r\n")
        #expect(endless.receive(until: String(repeating: "a", count: 100_000)).hasPrefix("HTTP/1.1 200 OK"))
        let silent = try #require(RawClient(port: server.port))
        silent.send("GET /silent HTTP/1.1\r\n\r\n")
        server.stop()
        server.stop()
        #expect(silent.receive() == "" && silent.end != nil)
        #expect(server.requests.map(\.path).first == "/endless")
        #expect(RawClient(port: server.port) == nil, "nobody listens any more")
    }

    @Test("Many connections at once get an answer each")
    func many() async throws {
        let server = try StubServer { .text(200, "<\($0.path)>") }
        let answers = await withTaskGroup(of: String?.self) { group in
            for index in 0..<200 {
                group.addTask {
                    guard let client = RawClient(port: server.port) else { return nil }
                    client.send("GET /\(index) HTTP/1.1\r\n\r\n")
                    let text = client.receive(until: ">")
                    return text.split(separator: "<").last.map(String.init)
                }
            }
            return await group.reduce(into: Set<String>()) { $0.insert($1 ?? "none") }
        }
        #expect(answers == Set((0..<200).map { "/\($0)>" }))
        #expect(server.requests.count == 200)
    }
}

/// A client that sends what it is told and shows what comes.
final class RawClient {
    /// How the other side ended.
    enum End: Sendable { case closed, reset }

    /// How the other side ended; nil while it has not.
    private(set) var end: End?
    private let descriptor: Int32

    /// Connects; nil when nobody listens.
    init?(port: Int) {
        #if canImport(Glibc)
            descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port)).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let isConnected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else {
            close(descriptor)
            return nil
        }
    }

    deinit { close(descriptor) }

    /// Sends a text.
    func send(_ text: String) {
        let bytes = Array(text.utf8)
        _ = write(descriptor, bytes, bytes.count)
    }

    /// What comes until a text does, or until the end.
    func receive(until text: String? = nil) -> String {
        var seen: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while end == nil {
            if let text, String(decoding: seen, as: UTF8.self).contains(text) { break }
            let count = read(descriptor, &buffer, buffer.count)
            if count > 0 {
                seen += buffer[..<count]
            } else {
                end = count == 0 ? .closed : .reset
            }
        }
        return String(decoding: seen, as: UTF8.self)
    }
}
