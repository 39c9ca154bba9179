#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// One connection: reads requests and performs replies, on the connection's own thread.
struct StubConnection: Sendable {
    /// The socket, which its listener closes.
    let descriptor: Int32
    /// From 1, in the order of acceptance.
    let number: Int
    private var buffer: [UInt8] = []

    /// Takes over a socket.
    init(descriptor: Int32, number: Int) {
        self.descriptor = descriptor
        self.number = number
    }

    /// The next whole request, without its number; nil when the client has gone or sent no HTTP.
    mutating func nextRequest() -> StubRequest? {
        while buffer.isEmpty {
            guard let more = StubSocket.receive(descriptor) else { return nil }
            buffer += more
        }
        // What is no method, such as the first byte of TLS, has no line to wait for.
        guard (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(buffer[0]) else { return refuse() }
        guard let head = line(endingWith: "\r\n\r\n") else { return nil }
        let lines = head.split(separator: "\r\n", omittingEmptySubsequences: true)
        let words = (lines.first ?? "").split(separator: " ")
        guard words.count == 3, words[2].hasPrefix("HTTP/1.") else { return refuse() }
        let headers = lines.dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            return (name: String(parts[0]), value: parts.count < 2 ? "" : Self.trimmed(parts[1]))
        }
        var request = StubRequest(
            method: String(words[0]), path: String(words[1]), headers: headers, body: [], number: 0,
            connection: number)
        if request.header("Expect")?.lowercased() == "100-continue" {
            StubSocket.send(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8), to: descriptor)
        }
        if request.header("Transfer-Encoding")?.lowercased() == "chunked" {
            guard let body = chunks() else { return refuse() }
            request.body = body
        } else if let text = request.header("Content-Length") {
            guard let length = Int(text), length >= 0, let body = bytes(length) else { return refuse() }
            request.body = body
        }
        return request
    }

    /// Performs a reply; false when the connection is to be closed.
    func perform(_ reply: StubReply) -> Bool {
        for step in reply.steps {
            switch step {
            case .send(let bytes):
                guard StubSocket.send(bytes, to: descriptor) else { return false }
            case .sendForever(let bytes):
                while StubSocket.send(bytes, to: descriptor) {}
                return false
            case .pause(let milliseconds):
                guard StubSocket.pause(descriptor, milliseconds: milliseconds) else { return false }
            case .hang:
                while StubSocket.receive(descriptor) != nil {}
                return false
            case .finishSending:
                shutdown(descriptor, StubSocket.sending)
            case .reset:
                StubSocket.resetWhenClosed(descriptor)
                return false
            case .close:
                return false
            }
        }
        return true
    }

    private mutating func refuse() -> StubRequest? {
        let reply = StubReply.text(
            400, "not a request that this server reads", headers: [("Connection", "close")])
        _ = perform(reply)
        return nil
    }

    /// The body of a request in chunks; nil when it is broken.
    private mutating func chunks() -> [UInt8]? {
        var body: [UInt8] = []
        while let line = line(endingWith: "\r\n") {
            let digits = line.prefix { $0 != ";" }
            guard let size = Int(Self.trimmed(digits), radix: 16), size >= 0 else { return nil }
            if size == 0 {
                // Trailers, up to an empty line.
                while let trailer = self.line(endingWith: "\r\n") {
                    if trailer.isEmpty { return body }
                }
                return nil
            }
            guard let piece = bytes(size), self.line(endingWith: "\r\n") == "" else { return nil }
            body += piece
        }
        return nil
    }

    /// The text before an end, which is taken away too; nil when the client has gone.
    private mutating func line(endingWith end: String) -> String? {
        let end = Array(end.utf8)
        var start = 0
        while true {
            var index = start
            while index + end.count <= buffer.count {
                if buffer[index..<index + end.count].elementsEqual(end) {
                    let text = String(decoding: buffer[..<index], as: UTF8.self)
                    buffer.removeFirst(index + end.count)
                    return text
                }
                index += 1
            }
            start = index
            guard let more = StubSocket.receive(descriptor) else { return nil }
            buffer += more
        }
    }

    private mutating func bytes(_ count: Int) -> [UInt8]? {
        while buffer.count < count {
            guard let more = StubSocket.receive(descriptor) else { return nil }
            buffer += more
        }
        defer { buffer.removeFirst(count) }
        return Array(buffer[..<count])
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        let kept = text.drop { $0 == " " || $0 == "\t" }
        return String(kept.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}
