/// What stands before the root element, looked at before the library sees the text.
enum XMLProlog {
    /// What is wrong with the document type declaration; nil where there is none, or where the library will tell.
    ///
    /// Refused are an internal subset, since it can declare entities, and what the library lets pass: a fragment
    /// identifier in the system identifier (XML 1.0, section 4.2.2), and a name that follows at once.
    static func problem(in bytes: UnsafeBufferPointer<UInt8>) -> String? {
        var position = 0
        while true {
            while position < bytes.count, isSpace(bytes[position]) { position += 1 }
            if starts(bytes, at: position, with: "<?") {
                guard let end = find("?>", in: bytes, from: position + 2) else { return nil }
                position = end
            } else if starts(bytes, at: position, with: "<!--") {
                guard let end = find("-->", in: bytes, from: position + 4) else { return nil }
                position = end
            } else if starts(bytes, at: position, with: "<!DOCTYPE") {
                return doctypeProblem(in: bytes, from: position + 9)
            } else {
                return nil
            }
        }
    }

    private static func doctypeProblem(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> String? {
        guard start < bytes.count, isSpace(bytes[start]) else {
            return "there is no white space behind 'DOCTYPE'"
        }
        var position = start
        var literals: [Range<Int>] = []
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: ">"): return fragmentProblem(literals, bytes)
            case UInt8(ascii: "["):
                return
                    "its DOCTYPE has an internal subset ('['), which could declare entities and is not read"
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                let quote = bytes[position]
                guard let end = bytes[(position + 1)...].firstIndex(of: quote) else { return nil }
                literals.append(position + 1..<end)
                position = end + 1
            default: position += 1
            }
        }
        return nil
    }

    private static func fragmentProblem(
        _ literals: [Range<Int>], _ bytes: UnsafeBufferPointer<UInt8>
    ) -> String? {
        // The system identifier is the last literal; a public one before it may hold '#'.
        guard let system = literals.last, bytes[system].contains(UInt8(ascii: "#")) else { return nil }
        return "the system identifier of its DOCTYPE has a fragment ('#')"
    }

    /// Whether XML takes a byte for white space.
    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }

    /// Whether a text stands at a place.
    static func starts(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int, with text: StaticString) -> Bool
    {
        guard position + text.utf8CodeUnitCount <= bytes.count else { return false }
        for index in 0..<text.utf8CodeUnitCount where bytes[position + index] != text.utf8Start[index] {
            return false
        }
        return true
    }

    /// The place behind the next occurrence of a text.
    static func find(_ text: StaticString, in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        var position = start
        while position + text.utf8CodeUnitCount <= bytes.count {
            if starts(bytes, at: position, with: text) { return position + text.utf8CodeUnitCount }
            position += 1
        }
        return nil
    }
}
