/// The status line and header fields of a response, line by line; a further status line begins anew.
struct ResponseHead {
    /// The status code; 0 before the status line.
    private(set) var status = 0
    /// The protocol's version.
    private(set) var version = "1.1"
    /// The fields.
    private(set) var fields = HeaderFields()
    private var size = 0

    private static let largest = 128 << 10

    /// Takes a line with its end; false when there are too many.
    mutating func take(_ line: UnsafeRawBufferPointer) -> Bool {
        size += line.count
        guard size <= Self.largest else { return false }
        let text = String(decoding: line, as: UTF8.self)
        if text.hasPrefix("HTTP/") {
            let parts = text.split(maxSplits: 2, whereSeparator: { $0 == " " || $0 == "\r\n" || $0 == "\n" })
            version = parts.first.map { String($0.dropFirst(5)) } ?? "1.1"
            status = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
            fields = HeaderFields()
        } else if let colon = text.firstIndex(of: ":") {
            let value = text[text.index(after: colon)...]
            fields.add(String(text[..<colon]), Self.trimmed(value))
        }
        return true
    }

    private static func trimmed(_ text: Substring) -> String {
        let isSpace = { (character: Character) in character.isWhitespace }
        let start = text.drop(while: isSpace)
        guard let end = start.lastIndex(where: { !isSpace($0) }) else { return "" }
        return String(start[...end])
    }
}
