extension StubReply {
    /// The status line, the header fields and the empty line after them.
    public static func head(_ status: Int, _ headers: [(String, String)]) -> [UInt8] {
        var text = "HTTP/1.1 \(status) \(reasons[status] ?? "Status")\r\n"
        for (name, value) in headers { text += "\(name): \(value)\r\n" }
        return Array((text + "\r\n").utf8)
    }

    /// A whole response with a length.
    public static func whole(
        _ status: Int, _ body: [UInt8], type: String, headers: [(String, String)] = []
    ) -> StubReply {
        let fields = [("Content-Type", type), ("Content-Length", String(body.count))] + headers
        return StubReply(steps: [.send(head(status, fields) + body)])
    }

    /// A JSON body, whole.
    public static func json(
        _ status: Int, _ text: String, headers: [(String, String)] = []
    ) -> StubReply {
        whole(status, Array(text.utf8), type: "application/json", headers: headers)
    }

    /// A plain text, whole.
    public static func text(
        _ status: Int, _ text: String, headers: [(String, String)] = []
    ) -> StubReply {
        whole(status, Array(text.utf8), type: "text/plain; charset=utf-8", headers: headers)
    }

    /// A page with status 200, as a proxy or a wrong address gives it.
    public static var html200: StubReply {
        let page =
            "<!doctype html><html><head><title>Sign in</title></head><body>Please sign in.</body></html>"
        return whole(200, Array(page.utf8), type: "text/html; charset=utf-8")
    }

    /// Half of a JSON text, with a length that agrees: the connection is whole, the text is not.
    public static func halfJSON(_ text: String) -> StubReply {
        whole(200, Array(text.utf8.prefix(text.utf8.count / 2)), type: "application/json")
    }

    /// Half of a JSON text under the length of the whole, then the end of the connection.
    public static func truncatedJSON(_ text: String) -> StubReply {
        StubReply(steps: beginning(of: text) + [.close])
    }

    /// Half of a JSON text under the length of the whole, then a reset.
    public static func resetInBody(_ text: String) -> StubReply {
        StubReply(steps: beginning(of: text) + [.reset])
    }

    /// Half of a JSON text under the length of the whole, then the end of sending while the connection stays open.
    public static func halfClosed(_ text: String) -> StubReply {
        StubReply(steps: beginning(of: text) + [.finishSending, .hang])
    }

    /// Half of a JSON text under the length of the whole, then silence.
    public static func stalled(_ text: String) -> StubReply {
        StubReply(steps: beginning(of: text) + [.hang])
    }

    /// A body that begins as JSON and never ends.
    public static var endless: StubReply {
        let piece = Array(repeating: UInt8(ascii: "a"), count: 1 << 16)
        let fields = [("Content-Type", "application/json"), ("Connection", "close")]
        return StubReply(steps: [.send(head(200, fields) + Array(#"{"id":""#.utf8)), .sendForever(piece)])
    }

    /// Header fields that never end.
    public static var endlessHeaders: StubReply {
        StubReply(steps: [
            .send(Array("HTTP/1.1 200 OK\r\n".utf8)),
            .sendForever(Array("X-Padding: \(String(repeating: "a", count: 1000))\r\n".utf8)),
        ])
    }

    /// A JSON body in pieces, each in a packet of its own with a pause before it.
    public static func trickle(_ pieces: [String], pauseMilliseconds: Int = 0) -> StubReply {
        let length = pieces.reduce(0) { $0 + $1.utf8.count }
        let fields = [("Content-Type", "application/json"), ("Content-Length", String(length))]
        let body = pieces.flatMap { [Step.pause(milliseconds: pauseMilliseconds), .send(Array($0.utf8))] }
        return StubReply(steps: [.send(head(200, fields))] + body)
    }

    /// A body in chunks, each in a packet of its own.
    public static func chunked(
        _ status: Int, _ pieces: [[UInt8]], type: String, headers: [(String, String)] = []
    ) -> StubReply {
        let fields = [("Content-Type", type), ("Transfer-Encoding", "chunked")] + headers
        return StubReply(
            steps: [.send(head(status, fields))] + pieces.map { .send(chunk($0)) } + [.send(chunk([]))])
    }

    /// Events with data alone, such as OpenAI's (its closing `[DONE]` is an event as well).
    public static func serverSentEvents(_ data: [String], headers: [(String, String)] = []) -> StubReply {
        chunked(
            200, data.map { Array("data: \($0)\n\n".utf8) }, type: "text/event-stream", headers: headers)
    }

    /// Events with names, such as Anthropic's.
    public static func serverSentEvents(
        named events: [(name: String, data: String)], headers: [(String, String)] = []
    ) -> StubReply {
        chunked(
            200, events.map { Array("event: \($0.name)\ndata: \($0.data)\n\n".utf8) },
            type: "text/event-stream",
            headers: headers)
    }

    /// Silence until the client goes away.
    public static var noResponse: StubReply { StubReply(steps: [.hang]) }

    /// A reset without a byte of an answer.
    public static var resetAtOnce: StubReply { StubReply(steps: [.reset]) }

    /// The end of the connection without a byte of an answer.
    public static var closedAtOnce: StubReply { StubReply(steps: [.close]) }

    /// One chunk with its framing; an empty one ends the body.
    public static func chunk(_ bytes: [UInt8]) -> [UInt8] {
        Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + Array("\r\n".utf8)
    }

    private static func beginning(of text: String) -> [Step] {
        let fields = [("Content-Type", "application/json"), ("Content-Length", String(text.utf8.count))]
        return [.send(head(200, fields) + Array(text.utf8.prefix(text.utf8.count / 2)))]
    }

    private static let reasons = [
        200: "OK", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found",
        408: "Request Timeout", 409: "Conflict", 413: "Content Too Large", 429: "Too Many Requests",
        500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout",
        529: "Overloaded",
    ]
}
