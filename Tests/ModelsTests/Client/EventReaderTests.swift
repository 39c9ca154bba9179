import Testing

@testable import Models

@Suite struct EventReaderTests {
    static let streams: [(String, [ServerSentEvent])] = [
        ("data: a\n\ndata: b\n\n", [.init(data: "a"), .init(data: "b")]),
        ("event: x\r\ndata: a\r\ndata: b\r\n\r\n", [.init(type: "x", data: "a\nb")]),
        (": comment\rdata:a\r\rdata: b", [.init(data: "a"), .init(data: "b")]),
        ("\u{FEFF}data: a\n\n", [.init(data: "a")]),
        ("event: only\n\ndata\n\n", [.init(data: "")]),
        (
            "{\"a\":1}\n{\"a\":2}\r\n{\"a\":3}",
            [.init(data: "{\"a\":1}"), .init(data: "{\"a\":2}"), .init(data: "{\"a\":3}")]
        ),
        ("\n\n{\"a\":1}\n", [.init(data: "{\"a\":1}")]),
        ("id: 3\nretry: 10\n\n", []),
        ("", []),
    ]

    @Test("A stream gives the same events however it is cut", arguments: streams)
    func cuts(_ stream: (text: String, events: [ServerSentEvent])) {
        let bytes = Array(stream.text.utf8)
        for size in 1...max(1, bytes.count) {
            var reader = EventReader()
            var events: [ServerSentEvent] = []
            var index = 0
            while index < bytes.count {
                let end = min(bytes.count, index + size)
                events += reader.take(bytes[index..<end])
                index = end
            }
            if let last = reader.finish() { events.append(last) }
            #expect(events == stream.events, "in pieces of \(size)")
        }
    }
}
