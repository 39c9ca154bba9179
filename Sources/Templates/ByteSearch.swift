/// Finds and replaces parts of texts byte by byte.
enum ByteSearch {
    /// True when the text holds the part.
    static func contains(_ text: String, _ part: String) -> Bool {
        part.isEmpty || !starts(of: Array(part.utf8), in: Array(text.utf8), limit: 1).isEmpty
    }

    /// The offsets of the part, without overlaps, at most `limit`; the part must not be empty.
    static func starts(of part: [UInt8], in text: [UInt8], limit: Int = .max) -> [Int] {
        var starts: [Int] = []
        guard let first = part.first, part.count <= text.count else { return [] }
        var index = 0
        while index <= text.count - part.count, starts.count < limit {
            if text[index] == first, text[index..<(index + part.count)].elementsEqual(part) {
                starts.append(index)
                index += part.count
            } else {
                index += 1
            }
        }
        return starts
    }

    /// The pieces between the offsets of a part of `length` bytes.
    static func pieces(of text: [UInt8], around starts: [Int], length: Int) -> [String] {
        var pieces: [String] = []
        var from = 0
        for start in starts {
            pieces.append(String(decoding: text[from..<start], as: UTF8.self))
            from = start + length
        }
        pieces.append(String(decoding: text[from...], as: UTF8.self))
        return pieces
    }
}
