/// The places of an answer where SQL may stand: code fences, and statements in the text.
struct SQLCandidates {
    /// The most places that are looked at.
    static let maximumCount = 500
    /// The longest statement that is looked for in running text, in bytes.
    private static let longest = 16_384

    /// The texts to parse, each group until one of it is SQL; what comes first in a group is the longest.
    private(set) var groups: [[String]] = []
    /// True when there are more than are looked at.
    private(set) var isCut = false
    /// How many bytes may be looked at, so that the search is linear in the length of the answer.
    private var budget = 0

    /// Words that begin a statement, and one that has to follow in it.
    private static let beginnings: [String: [String]] = [
        "SELECT": ["FROM"], "INSERT": ["INTO"], "UPDATE": ["SET"], "DELETE": ["FROM"], "WITH": ["SELECT"],
        "CREATE": ["TABLE", "VIEW", "INDEX", "DATABASE", "SCHEMA"], "ALTER": ["TABLE"],
        "DROP": ["TABLE", "VIEW", "INDEX", "DATABASE", "SCHEMA"], "TRUNCATE": ["TABLE"], "REPLACE": ["INTO"],
        "MERGE": ["INTO", "USING"],
    ]

    /// Finds the places.
    init(in text: String) {
        let blocks = CodeFence.blocks(of: text, limit: Self.maximumCount)
        for block in blocks { add([String(block.content)]) }
        // A whole answer may be a statement that no word above tells: `SHOW TABLES`.
        if blocks.isEmpty { add([text]) }
        let bytes = Array(text.utf8)
        budget = 16 * bytes.count + (1 << 20)
        var position = 0
        while position < bytes.count, !isCut {
            guard Self.isLetter(bytes[position]), position == 0 || !Self.isWordPart(bytes[position - 1])
            else {
                position += 1
                continue
            }
            var end = position
            while end < bytes.count, Self.isWordPart(bytes[end]) { end += 1 }
            if end - position <= 8,
                let next = Self.beginnings[
                    String(decoding: bytes[position..<end], as: UTF8.self).uppercased()]
            {
                end = statement(at: position, behind: next, in: bytes) ?? end
            }
            position = end
        }
    }

    private mutating func add(_ group: [String]) {
        guard groups.count < Self.maximumCount else {
            isCut = true
            return
        }
        groups.append(group)
    }

    /// Adds the statement that may begin at a place; gives where to go on, nil when none begins.
    ///
    /// In running text only a word in capitals begins one, or a word at the begin of a line whose statement ends with
    /// ';': `Select the option` is English.
    private mutating func statement(at start: Int, behind next: [String], in bytes: [UInt8]) -> Int? {
        let isCapital = bytes[start...].prefix(4).allSatisfy { $0 < UInt8(ascii: "a") }
        let isInCode = start > 0 && bytes[start - 1] == UInt8(ascii: "`")
        let isAtLine = bytes[..<start].last { $0 != 0x20 && $0 != 0x09 }.map { $0 == 0x0A } ?? true
        guard isCapital || isInCode || isAtLine else { return nil }
        let (end, lineEnd, isEnded) = Self.end(of: start, in: bytes)
        budget -= end - start
        guard budget > 0 else {
            isCut = true
            return nil
        }
        guard isCapital || isEnded || isInCode, next.contains(where: { Self.has($0, in: bytes[start..<end]) })
        else { return nil }
        let whole = String(decoding: bytes[start..<end], as: UTF8.self)
        var group = [whole]
        let line = lineEnd ?? end
        if line < end { group.append(String(decoding: bytes[start..<line], as: UTF8.self)) }
        if isInCode, let tick = bytes[start..<line].lastIndex(of: UInt8(ascii: "`")) {
            group.append(String(decoding: bytes[start..<tick], as: UTF8.self))
            if let first = bytes[start..<line].firstIndex(of: UInt8(ascii: "`")), first < tick {
                group.append(String(decoding: bytes[start..<first], as: UTF8.self))
            }
        }
        // Behind a sentence the full stop is not part of it.
        if let last = whole.utf8.last, last == UInt8(ascii: ".") || last == UInt8(ascii: ":") {
            group.append(String(whole.dropLast()))
        }
        add(group)
        return end
    }

    /// Where a statement ends: at a semicolon outside of quotes, a blank line, a fence, or where it is too long; where its
    /// first line ends; and whether there is a semicolon.
    private static func end(of start: Int, in bytes: [UInt8]) -> (end: Int, lineEnd: Int?, isEnded: Bool) {
        var end = start
        var lineEnd: Int?
        var quote: UInt8?
        while end < bytes.count, end - start < longest {
            let byte = bytes[end]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
                quote = byte
            } else if byte == UInt8(ascii: ";") {
                return (end, lineEnd, true)
            }
            if byte == 0x0A {
                lineEnd = lineEnd ?? end
                let rest = bytes[(end + 1)...].drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
                if rest.first == 0x0A || rest.isEmpty || rest.starts(with: "```".utf8) { break }
            }
            end += 1
        }
        return (end, lineEnd, false)
    }

    /// Whether a keyword stands among other words.
    private static func has(_ word: String, in bytes: ArraySlice<UInt8>) -> Bool {
        let wanted = Array(word.utf8)
        var position = bytes.startIndex
        while position < bytes.endIndex {
            guard isWordPart(bytes[position]) else {
                position += 1
                continue
            }
            let start = position
            while position < bytes.endIndex, isWordPart(bytes[position]) { position += 1 }
            if position - start == wanted.count,
                zip(bytes[start..<position], wanted).allSatisfy({ $0 & 0xDF == $1 })
            {
                return true
            }
        }
        return false
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        let lower = byte | 0x20
        return lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")
    }

    private static func isWordPart(_ byte: UInt8) -> Bool {
        isLetter(byte) || byte == UInt8(ascii: "_") || byte >= 0x80
            || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }
}
