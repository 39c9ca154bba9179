/// A text in PostgreSQL's spelling, and the way back to where its parts came from.
struct SQLSpelling {
    /// The longest text of another dialect than PostgreSQL that is rewritten, in tokens.
    static let maximumTokens = 40_000

    /// The text to parse.
    let text: String
    /// The tokens that the text was made from.
    let tokens: [SQLToken]
    /// Where each token begins in the text, in characters; empty when the text is the source itself.
    private let starts: [Int]
    private let source: String

    /// Spells a text of a dialect; PostgreSQL's is left as it is.
    init(_ source: String, dialect: SQLDialect) throws(SQLRefusal) {
        self.source = source
        let written = try SQLLexer.tokens(of: source, dialect: dialect)
        guard dialect != .postgreSQL else {
            text = source
            tokens = written
            starts = []
            try SQLNesting.check(written)
            return
        }
        // Rewriting moves tokens about, which takes time with the square of their number.
        guard written.count <= Self.maximumTokens else {
            throw SQLRefusal(
                "it has more than \(Self.maximumTokens) words and symbols, and \(dialect.rawValue) is read by "
                    + "rewriting it", kind: .limit)
        }
        try SQLNesting.check(written)
        var spelled: [SQLToken] = []
        for statement in Self.statements(written, dialect) {
            if let first = statement.first, !spelled.isEmpty {
                spelled.append(SQLToken(kind: .symbol, text: ";", offset: first.offset))
            }
            let part = SQLStatementTokens(tokens: statement)
            try DialectRefusals.check(part, dialect)
            switch dialect {
            case .mySQL, .mariaDB: spelled += try MySQLSpelling.rewritten(part).tokens
            case .sqlite: spelled += SQLiteSpelling.rewritten(part).tokens
            case .transactSQL: spelled += TransactSQLSpelling.rewritten(part).tokens
            case .postgreSQL: spelled += statement
            }
        }
        try SQLNesting.check(spelled)
        var text = ""
        var starts: [Int] = []
        var length = 0
        for token in spelled {
            let written = token.spelled
            starts.append(length)
            text += written
            text += " "
            length += written.unicodeScalars.count + 1
        }
        self.text = text
        tokens = spelled
        self.starts = starts
    }

    /// The byte in the source for a character of the text, both counted from 0.
    func sourceOffset(ofCharacter character: Int) -> Int {
        guard !starts.isEmpty else {
            let scalars = source.unicodeScalars
            let index = scalars.index(scalars.startIndex, offsetBy: character, limitedBy: scalars.endIndex)
            return source.utf8.distance(from: source.utf8.startIndex, to: index ?? scalars.endIndex)
        }
        return token(atCharacter: character).map { tokens[$0].offset } ?? source.utf8.count
    }

    /// The token at a byte of the text, as the parser counts the places of what it found; nil behind the last.
    func token(atByte byte: Int) -> Int? {
        guard !starts.isEmpty else {
            var low = 0
            var high = tokens.count
            while low < high {
                let middle = (low + high) / 2
                if tokens[middle].offset < byte { low = middle + 1 } else { high = middle }
            }
            return low < tokens.count && tokens[low].offset == byte ? low : nil
        }
        let view = text.utf8
        guard let index = view.index(view.startIndex, offsetBy: byte, limitedBy: view.endIndex) else {
            return nil
        }
        return token(atCharacter: text.unicodeScalars.distance(from: text.startIndex, to: index))
    }

    /// The last token that begins at or before a character; nil behind the last one's end.
    private func token(atCharacter character: Int) -> Int? {
        var low = 0
        var high = starts.count
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] <= character { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return nil }
        return character < (text.unicodeScalars.count) ? low - 1 : nil
    }

    /// The tokens between semicolons; in Transact-SQL a GO by itself separates as well.
    private static func statements(_ tokens: [SQLToken], _ dialect: SQLDialect) -> [[SQLToken]] {
        tokens.split { $0.isSymbol(";") || dialect == .transactSQL && $0.isWord("GO") }.map(Array.init)
    }
}
