/// The tokens of one statement while they are rewritten into PostgreSQL's spelling.
struct SQLStatementTokens {
    /// The tokens.
    var tokens: [SQLToken]

    /// How many there are.
    var count: Int { tokens.count }

    /// The token at a place; nil beyond the end.
    subscript(index: Int) -> SQLToken? { tokens.indices.contains(index) ? tokens[index] : nil }

    /// Whether these keywords stand at a place, one behind the other.
    func has(_ words: String..., at index: Int) -> Bool {
        for (distance, word) in words.enumerated() where self[index + distance]?.isWord(word) != true {
            return false
        }
        return true
    }

    /// Whether a symbol stands at a place.
    func hasSymbol(_ symbol: String, at index: Int) -> Bool { self[index]?.isSymbol(symbol) == true }

    /// Whether a keyword of a set stands at a place.
    func hasWord(in words: Set<String>, at index: Int) -> Bool { self[index]?.isWord(in: words) == true }

    /// The place of the parenthesis that closes the one at a place; nil when none does.
    func closing(of open: Int) -> Int? {
        var depth = 0
        for index in open..<count {
            if tokens[index].isSymbol("(") { depth += 1 }
            if tokens[index].isSymbol(")") {
                depth -= 1
                if depth == 0 { return index }
            }
        }
        return nil
    }

    /// The place behind a name with its qualifiers (`a`, `a.b`, `a.b.c`); nil where none stands.
    func endOfName(at index: Int) -> Int? {
        guard self[index]?.isName == true else { return nil }
        var end = index + 1
        while hasSymbol(".", at: end), self[end + 1]?.isName == true { end += 2 }
        return end
    }

    /// Whether what stands before a place is the end of an operand.
    func isBehindOperand(_ index: Int) -> Bool {
        guard let before = self[index - 1] else { return false }
        switch before.kind {
        case .name, .string, .number, .parameter: return true
        case .symbol: return before.text == ")" || before.text == "]" || before.text == "*"
        case .word: return !before.isWord(in: Self.notOperands)
        }
    }

    private static let notOperands: Set<String> = [
        "SELECT", "WHERE", "AND", "OR", "NOT", "ON", "WHEN", "THEN", "ELSE", "CASE", "HAVING", "BY", "IN",
        "LIKE",
        "BETWEEN", "SET", "VALUES", "IS", "FROM", "JOIN", "LIMIT", "OFFSET", "RETURN", "DISTINCT", "ALL",
        "AS",
        "INTERVAL", "DEFAULT", "XOR", "DIV", "USING", "WITH", "UNION", "EXISTS",
    ]

    /// The places of the first commas that stand in no parentheses, and where the range ends.
    func parts(of range: Range<Int>) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var depth = 0
        var start = range.lowerBound
        for index in range {
            if tokens[index].isSymbol("(") { depth += 1 }
            if tokens[index].isSymbol(")") { depth -= 1 }
            if depth == 0, tokens[index].isSymbol(",") {
                parts.append(start..<index)
                start = index + 1
            }
        }
        parts.append(start..<range.upperBound)
        return parts
    }

    /// The next place of a keyword outside of parentheses.
    func first(_ word: String, from start: Int) -> Int? {
        var depth = 0
        for index in start..<max(count, start) {
            if tokens[index].isSymbol("(") { depth += 1 }
            if tokens[index].isSymbol(")") { depth -= 1 }
            if depth == 0, tokens[index].isWord(word) { return index }
        }
        return nil
    }

    /// Takes out tokens.
    mutating func remove(_ range: Range<Int>) { tokens.removeSubrange(range.clamped(to: 0..<count)) }

    /// Takes out the token at a place.
    mutating func remove(at index: Int) { if tokens.indices.contains(index) { tokens.remove(at: index) } }

    /// Puts PostgreSQL's spelling in the place of tokens: words, symbols and numbers with spaces between.
    mutating func replace(_ range: Range<Int>, with text: String) {
        let offset = self[range.lowerBound]?.offset ?? tokens.last?.offset ?? 0
        tokens.replaceSubrange(range, with: Self.made(text, at: offset))
    }

    /// Tokens made from words, symbols and numbers with spaces between.
    static func made(_ text: String, at offset: Int) -> [SQLToken] {
        text.split(separator: " ").map { part in
            let isWord =
                part.utf8.first.map { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "z") && $0 != 0x5B }
                ?? false
            return SQLToken(kind: isWord ? .word : .symbol, text: String(part), offset: offset)
        }
    }
}
