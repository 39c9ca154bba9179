/// Cuts SQL into tokens as a dialect writes them; comments and white space are left out.
struct SQLLexer {
    private let bytes: [UInt8]
    private let dialect: SQLDialect
    private var position = 0
    /// Whether the present place is inside of `/*! … */`, which MySQL executes.
    private var isInExecutableComment = false

    /// Prepares to read a text.
    init(_ text: String, dialect: SQLDialect) {
        bytes = Array(text.utf8)
        self.dialect = dialect
    }

    /// All tokens; throws where a quote or comment has no end, or a character belongs to no token.
    static func tokens(of text: String, dialect: SQLDialect) throws(SQLRefusal) -> [SQLToken] {
        var lexer = SQLLexer(text, dialect: dialect)
        var tokens: [SQLToken] = []
        while let token = try lexer.next() { tokens.append(token) }
        return tokens
    }

    private mutating func next() throws(SQLRefusal) -> SQLToken? {
        try skipSpaceAndComments()
        guard position < bytes.count else { return nil }
        let start = position
        switch bytes[position] {
        case UInt8(ascii: "'"):
            return SQLToken(kind: .string, text: try quoted(escapes: isMySQL), offset: start)
        case UInt8(ascii: "\""):
            let text = try quoted(escapes: isMySQL)
            return SQLToken(kind: isMySQL ? .string : .name, text: text, offset: start)
        case UInt8(ascii: "`"):
            guard isMySQL || dialect == .sqlite else {
                throw SQLRefusal("\(dialect.rawValue) has no names in backticks", at: start)
            }
            return SQLToken(kind: .name, text: try quoted(escapes: false), offset: start)
        case UInt8(ascii: "[") where dialect == .transactSQL || dialect == .sqlite:
            return SQLToken(kind: .name, text: try bracketed(), offset: start)
        case UInt8(ascii: "[") where isMySQL:
            throw SQLRefusal("\(dialect.rawValue) has no '['", at: start)
        case UInt8(ascii: "$") where dialect == .postgreSQL: return try dollar(start)
        case UInt8(ascii: "$") where byte(at: 1) == UInt8(ascii: "$"):
            throw SQLRefusal("\(dialect.rawValue) has no texts in '$$'", at: start)
        case UInt8(ascii: "?") where dialect != .postgreSQL: return parameter(start)
        case UInt8(ascii: ":") where dialect != .postgreSQL && Self.isNameStart(byte(at: 1)):
            return parameter(start)
        case UInt8(ascii: "@") where dialect != .postgreSQL: return try variable(start)
        case UInt8(ascii: "."):
            if Self.isDigit(byte(at: 1)) { return number(start) }
            return symbol(start)
        case let byte where Self.isDigit(byte): return number(start)
        case let byte where Self.isNameStart(byte) || isSpecialNameStart(byte): return try word(start)
        default: return symbol(start)
        }
    }

    private var isMySQL: Bool { dialect.isMySQL }

    private func byte(at distance: Int) -> UInt8 {
        position + distance < bytes.count ? bytes[position + distance] : 0
    }

    private mutating func skipSpaceAndComments() throws(SQLRefusal) {
        while position < bytes.count {
            switch bytes[position] {
            case 0: throw SQLRefusal("the character U+0000 is not allowed", at: position)
            case 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x20: position += 1
            case UInt8(ascii: "-")
            where byte(at: 1) == UInt8(ascii: "-") && (!isMySQL || byte(at: 2) <= 0x20):
                skipLine()
            case UInt8(ascii: "#") where isMySQL: skipLine()
            case UInt8(ascii: "/") where byte(at: 1) == UInt8(ascii: "*"):
                let isMariaDB = byte(at: 2) == UInt8(ascii: "M") && byte(at: 3) == UInt8(ascii: "!")
                if isMySQL, byte(at: 2) == UInt8(ascii: "!") || isMariaDB {
                    position += isMariaDB ? 4 : 3
                    while Self.isDigit(byte(at: 0)) { position += 1 }
                    isInExecutableComment = true
                } else {
                    try skipComment()
                }
            case UInt8(ascii: "*") where isInExecutableComment && byte(at: 1) == UInt8(ascii: "/"):
                position += 2
                isInExecutableComment = false
            default: return
            }
        }
        if isInExecutableComment { throw SQLRefusal("a comment has no end", at: bytes.count) }
    }

    private mutating func skipLine() {
        while position < bytes.count, bytes[position] != 0x0A, bytes[position] != 0x0D { position += 1 }
    }

    private mutating func skipComment() throws(SQLRefusal) {
        let start = position
        let nests = dialect == .postgreSQL || dialect == .transactSQL
        var depth = 0
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "/"), byte(at: 1) == UInt8(ascii: "*"), depth == 0 || nests {
                depth += 1
                position += 2
            } else if bytes[position] == UInt8(ascii: "*"), byte(at: 1) == UInt8(ascii: "/") {
                depth -= 1
                position += 2
                if depth == 0 { return }
            } else {
                position += 1
            }
        }
        throw SQLRefusal("a comment has no end", at: start)
    }

    /// What stands between two quotes of the present kind; a doubled quote stands for one.
    private mutating func quoted(escapes: Bool) throws(SQLRefusal) -> String {
        let start = position
        let quote = bytes[position]
        var text: [UInt8] = []
        position += 1
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == 0 { throw SQLRefusal("the character U+0000 is not allowed", at: position - 1) }
            if byte == quote {
                guard self.byte(at: 0) == quote else { return String(decoding: text, as: UTF8.self) }
                position += 1
            } else if escapes, byte == UInt8(ascii: "\\"), position < bytes.count {
                text.append(bytes[position])
                position += 1
                continue
            }
            text.append(byte)
        }
        let what =
            quote == UInt8(ascii: "'")
            ? "a text in quotes" : "a name or text in \(Character(Unicode.Scalar(quote)))"
        throw SQLRefusal("\(what) has no end", at: start)
    }

    private mutating func bracketed() throws(SQLRefusal) -> String {
        let start = position
        var text: [UInt8] = []
        position += 1
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: "]") {
                guard self.byte(at: 0) == UInt8(ascii: "]"), dialect == .transactSQL else {
                    return String(decoding: text, as: UTF8.self)
                }
                position += 1
            }
            text.append(byte)
        }
        throw SQLRefusal("a name in brackets has no end", at: start)
    }

    /// `$1`, or a text between `$tag$` and `$tag$`.
    private mutating func dollar(_ start: Int) throws(SQLRefusal) -> SQLToken {
        position += 1
        if Self.isDigit(byte(at: 0)) {
            while Self.isDigit(byte(at: 0)) { position += 1 }
            return SQLToken(kind: .parameter, text: text(from: start), offset: start)
        }
        while Self.isNameStart(byte(at: 0)) || Self.isDigit(byte(at: 0)) { position += 1 }
        guard byte(at: 0) == UInt8(ascii: "$") else {
            return SQLToken(kind: .symbol, text: text(from: start), offset: start)
        }
        position += 1
        let tag = bytes[start..<position]
        var end = position
        while end + tag.count <= bytes.count {
            if bytes[end..<end + tag.count].elementsEqual(tag) {
                let text = String(decoding: bytes[position..<end], as: UTF8.self)
                position = end + tag.count
                return SQLToken(kind: .string, text: text, offset: start)
            }
            end += 1
        }
        throw SQLRefusal("a text in \(String(decoding: tag, as: UTF8.self)) has no end", at: start)
    }

    private mutating func parameter(_ start: Int) -> SQLToken {
        position += 1
        while isNamePart(byte(at: 0)) { position += 1 }
        return SQLToken(kind: .parameter, text: text(from: start), offset: start)
    }

    /// `@name`, `@@name`, and in MySQL `@'name'` and its like.
    private mutating func variable(_ start: Int) throws(SQLRefusal) -> SQLToken {
        position += 1
        if byte(at: 0) == UInt8(ascii: "@") { position += 1 }
        if isMySQL, [UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`")].contains(byte(at: 0)) {
            _ = try quoted(escapes: false)
        } else {
            guard isNamePart(byte(at: 0)) else {
                // A lone `@` is a symbol, also at the very end of the text.
                position = start
                return symbol(start)
            }
            while isNamePart(byte(at: 0)) || byte(at: 0) == UInt8(ascii: ".") { position += 1 }
        }
        return SQLToken(kind: .parameter, text: text(from: start), offset: start)
    }

    private mutating func number(_ start: Int) -> SQLToken {
        let isPrefixed = bytes[position] == UInt8(ascii: "0") && (byte(at: 1) | 0x20 == UInt8(ascii: "x"))
        if isPrefixed, dialect != .postgreSQL {
            position += 2
            while Self.isHexDigit(byte(at: 0)) { position += 1 }
            // PostgreSQL 15 has no such numbers; whether it is one is known here.
            let isNumber = position > start + 2 && !isNamePart(byte(at: 0))
            return SQLToken(kind: .number, text: isNumber ? "0" : text(from: start), offset: start)
        }
        while Self.isDigit(byte(at: 0)) { position += 1 }
        if byte(at: 0) == UInt8(ascii: ".") {
            position += 1
            while Self.isDigit(byte(at: 0)) { position += 1 }
        }
        if byte(at: 0) | 0x20 == UInt8(ascii: "e") {
            let isSigned = byte(at: 1) == UInt8(ascii: "+") || byte(at: 1) == UInt8(ascii: "-")
            if Self.isDigit(byte(at: isSigned ? 2 : 1)) {
                position += isSigned ? 2 : 1
                while Self.isDigit(byte(at: 0)) { position += 1 }
            }
        }
        // `1abc` is left together, for the parser to refuse.
        while isNamePart(byte(at: 0)) { position += 1 }
        return SQLToken(kind: .number, text: text(from: start), offset: start)
    }

    private mutating func word(_ start: Int) throws(SQLRefusal) -> SQLToken {
        position += 1
        while isNamePart(byte(at: 0)) { position += 1 }
        let word = text(from: start)
        guard byte(at: 0) == UInt8(ascii: "'") else {
            return SQLToken(kind: .word, text: word, offset: start)
        }
        if dialect == .postgreSQL {
            guard ["e", "b", "x", "n"].contains(word.lowercased()) else {
                return SQLToken(kind: .word, text: word, offset: start)
            }
            let escapes = word.lowercased() == "e"
            return SQLToken(kind: .string, text: try quoted(escapes: escapes), offset: start)
        }
        guard ["n", "x", "b"].contains(word.lowercased()) || isMySQL && word.utf8.first == UInt8(ascii: "_")
        else { return SQLToken(kind: .word, text: word, offset: start) }
        return SQLToken(kind: .string, text: try quoted(escapes: isMySQL), offset: start)
    }

    private mutating func symbol(_ start: Int) -> SQLToken {
        let long = ["<=>", "->>", "::", ":=", "<=", ">=", "<>", "!=", "||", "&&", "<<", ">>", "->", "=="]
        for symbol in long where bytes[position...].starts(with: symbol.utf8) {
            position += symbol.utf8.count
            return SQLToken(kind: .symbol, text: symbol, offset: start)
        }
        position += 1
        while position < bytes.count, bytes[position] & 0xC0 == 0x80 { position += 1 }
        return SQLToken(kind: .symbol, text: text(from: start), offset: start)
    }

    private func text(from start: Int) -> String { String(decoding: bytes[start..<position], as: UTF8.self) }

    private func isSpecialNameStart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "$"): isMySQL
        case UInt8(ascii: "#"): dialect == .transactSQL
        default: false
        }
    }

    private func isNamePart(_ byte: UInt8) -> Bool {
        if Self.isNameStart(byte) || Self.isDigit(byte) || byte == UInt8(ascii: "$") { return true }
        return dialect == .transactSQL && (byte == UInt8(ascii: "#") || byte == UInt8(ascii: "@"))
    }

    private static func isNameStart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
            0x80...:
            true
        default: false
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        let lower = byte | 0x20
        return isDigit(byte) || lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "f")
    }
}
