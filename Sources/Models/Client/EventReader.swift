/// Reads the events of a stream from pieces of any size: `text/event-stream`, or one JSON value a line.
///
/// Which of the two it is shows in the first byte. After the rules of the HTML standard: lines end with CR, LF or
/// both, a line that begins with a colon is a comment, an empty line ends an event.
struct EventReader {
    private enum Format {
        case events
        case lines
    }

    private var format: Format?
    /// True when the first byte was one of a JSON object.
    var hasLines: Bool { format == .lines }
    private var line: [UInt8] = []
    private var isAfterReturn = false
    private var type: String?
    private var data: String?

    /// Takes a piece; returns the events that it completes.
    mutating func take(_ piece: ArraySlice<UInt8>) -> [ServerSentEvent] {
        var events: [ServerSentEvent] = []
        var start = piece.startIndex
        for index in piece.indices {
            let byte = piece[index]
            guard byte == 0x0A || byte == 0x0D else { continue }
            if byte == 0x0A, isAfterReturn, line.isEmpty, start == index {
                isAfterReturn = false
                start = index + 1
                continue
            }
            line += piece[start..<index]
            start = index + 1
            isAfterReturn = byte == 0x0D
            if let event = endLine() { events.append(event) }
        }
        if start < piece.endIndex {
            line += piece[start...]
            isAfterReturn = false
        }
        return events
    }

    /// The event that stands at the end without a line feed behind it.
    mutating func finish() -> ServerSentEvent? {
        let last = line.isEmpty ? nil : endLine()
        return last ?? endEvent()
    }

    private mutating func endLine() -> ServerSentEvent? {
        defer { line.removeAll(keepingCapacity: true) }
        var bytes = line[...]
        if format == nil {
            if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
            guard let first = bytes.first else { return nil }
            format = first == UInt8(ascii: "{") ? .lines : .events
        }
        if format == .lines {
            return bytes.isEmpty ? nil : ServerSentEvent(data: String(decoding: bytes, as: UTF8.self))
        }
        guard !bytes.isEmpty else { return endEvent() }
        let colon = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex
        var value = bytes[colon...].dropFirst()
        if value.first == 0x20 { value = value.dropFirst() }
        switch String(decoding: bytes[..<colon], as: UTF8.self) {
        case "event": type = String(decoding: value, as: UTF8.self)
        case "data":
            let text = String(decoding: value, as: UTF8.self)
            data = data.map { $0 + "\n" + text } ?? text
        default: break
        }
        return nil
    }

    private mutating func endEvent() -> ServerSentEvent? {
        defer {
            type = nil
            data = nil
        }
        return data.map { ServerSentEvent(type: type, data: $0) }
    }
}
