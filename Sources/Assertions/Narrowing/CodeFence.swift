/// The fences of Markdown that models put around what they were asked for.
enum CodeFence {
    /// One fenced block of a text.
    struct Block {
        /// The word behind the opening fence in lower case: `json`; empty without one.
        var language: String
        /// What stands between the fences.
        var content: Substring
    }

    /// What stands inside the fence that wraps the whole text; the text as it is where there is no such fence.
    ///
    /// Text before or behind the fence, or a second block, is more than a wrapping, and is left alone.
    static func stripped(_ text: String) -> String {
        let trimmed = WhiteSpace.trimmed(text)
        let marks = trimmed.utf8.prefix { $0 == trimmed.utf8.first }.count
        guard marks >= 3, trimmed.utf8.first == 0x60 || trimmed.utf8.first == 0x7E else { return text }
        let bytes = trimmed.utf8
        guard let mark = bytes.first, let firstEnd = bytes.firstIndex(of: 0x0A),
            let lastStart = bytes.lastIndex(of: 0x0A)
        else {
            // ```{"a": 1}```: on one line nothing tells a language from the content, so there is none.
            let fence = bytes.prefix(marks)
            guard bytes.count >= 2 * marks, bytes.suffix(marks).elementsEqual(fence) else { return text }
            let inner = bytes.dropFirst(marks).dropLast(marks)
            let hasFence = zip(inner, inner.dropFirst()).contains { $0 == $1 && $0 == fence.first }
            return hasFence ? text : String(Substring(inner))
        }
        guard !bytes[..<firstEnd].dropFirst(marks).contains(mark),
            isFence(bytes[bytes.index(after: lastStart)...], mark, atLeast: marks)
        else { return text }
        guard firstEnd < lastStart else { return "" }
        // A fence between the first line and the last is the end of one block and the begin of more.
        let content = bytes[bytes.index(after: firstEnd)..<lastStart]
        var rest = content
        while !rest.isEmpty {
            let line = rest.prefix { $0 != 0x0A }
            if isFence(line, mark, atLeast: marks) { return text }
            rest = rest[line.endIndex...].dropFirst()
        }
        return String(Substring(content.last == 0x0D ? content.dropLast() : content))
    }

    /// The fenced blocks of a text in order, each opened at the begin of a line or behind other text (```` ```x``` ````).
    ///
    /// A block whose end is missing goes to the end of the text. Of more than `limit` blocks one more is given.
    static func blocks(of text: String, limit: Int) -> [Block] {
        var blocks: [Block] = []
        var rest = text[...]
        while blocks.count <= limit, let opening = firstFence(in: rest) {
            let behind = rest[opening.upperBound...]
            let marks = rest.utf8.distance(from: opening.lowerBound, to: opening.upperBound)
            let closing = firstFence(in: behind, atLeast: marks)
            let body = closing.map { behind[..<$0.lowerBound] } ?? behind
            blocks.append(block(body))
            guard let closing else { break }
            rest = behind[closing.upperBound...]
        }
        return blocks
    }

    private static func block(_ body: Substring) -> Block {
        let word = body.utf8.prefix { isWordPart($0) }
        let behind = body.utf8[word.endIndex...]
        // A word is the language only where the line ends behind it.
        let line = behind.prefix { $0 != 0x0A }
        let isBlank = line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
        guard isBlank, line.endIndex < body.endIndex else { return Block(language: "", content: body) }
        return Block(
            language: String(Substring(word)).lowercased(),
            content: body[body.utf8.index(after: line.endIndex)...])
    }

    private static func isWordPart(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2D, 0x2E, 0x5F, 0x23: true
        default: false
        }
    }

    private static func isFence(_ line: Substring.UTF8View, _ mark: UInt8, atLeast count: Int) -> Bool {
        let blank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0D }
        let body = line.drop(while: blank)
        let marks = body.prefix { $0 == mark }
        return marks.count >= count && body[marks.endIndex...].allSatisfy(blank)
    }

    private static func firstFence(in text: Substring, atLeast count: Int = 3) -> Range<Substring.Index>? {
        var start: Substring.Index?
        var length = 0
        for index in text.utf8.indices {
            if text.utf8[index] == 0x60 {
                if length == 0 { start = index }
                length += 1
            } else {
                if length >= count, let start { return start..<index }
                length = 0
            }
        }
        if length >= count, let start { return start..<text.endIndex }
        return nil
    }
}
