/// What may stand anywhere in a statement: expressions, hints, clauses.
extension MySQLSpelling {
    private static let modifiers: Set<String> = [
        "HIGH_PRIORITY", "STRAIGHT_JOIN", "SQL_SMALL_RESULT", "SQL_BIG_RESULT", "SQL_BUFFER_RESULT",
        "SQL_CACHE",
        "SQL_NO_CACHE", "SQL_CALC_FOUND_ROWS",
    ]
    private static let units: Set<String> = [
        "MICROSECOND", "SECOND", "MINUTE", "HOUR", "DAY", "WEEK", "MONTH", "QUARTER", "YEAR",
        "SECOND_MICROSECOND", "MINUTE_MICROSECOND", "MINUTE_SECOND", "HOUR_MICROSECOND", "HOUR_SECOND",
        "HOUR_MINUTE", "DAY_MICROSECOND", "DAY_SECOND", "DAY_MINUTE", "DAY_HOUR", "YEAR_MONTH",
    ]
    /// Names to MySQL, keywords to PostgreSQL.
    private static let names: Set<String> = [
        "USER", "PLACING", "INITIALLY", "DEFERRABLE", "ASYMMETRIC", "SYMMETRIC", "VARIADIC", "AUTHORIZATION",
        "CONCURRENTLY", "FREEZE", "ISNULL", "NOTNULL", "OVERLAPS", "VERBOSE", "SESSION_USER", "ANALYSE",
        "LOCALTIME",
        "LOCALTIMESTAMP", "SYSTEM_USER",
    ]
    /// Functions to MySQL, types or keywords to PostgreSQL.
    private static let functions: Set<String> = [
        "CHAR", "TIME", "TIMESTAMP", "BIT", "CURRENT_USER", "INTERVAL", "DEC", "XMLELEMENT", "VALUES",
    ]

    /// Rewrites everything behind the head of the statement.
    mutating func rewriteBody() throws(SQLRefusal) {
        var index = 0
        while index < statement.count {
            let token = statement.tokens[index]
            let before = statement.count
            switch token.kind {
            case .symbol: rewriteSymbol(token.text, at: index)
            case .word: try rewriteWord(token.text.uppercased(), at: index)
            default: break
            }
            // Where tokens were taken out, another one stands at this place now.
            if statement.count >= before { index += 1 }
        }
    }

    private mutating func rewriteSymbol(_ symbol: String, at index: Int) {
        switch symbol {
        case "<=>", ":=": statement.tokens[index].text = "="
        case "&&": statement.replace(index..<index + 1, with: "AND")
        case "||": statement.replace(index..<index + 1, with: "OR")
        case "!": statement.replace(index..<index + 1, with: "NOT")
        case "^": statement.tokens[index].text = "#"
        default: break
        }
    }

    private mutating func rewriteWord(_ word: String, at index: Int) throws(SQLRefusal) {
        // Behind a dot any word is a name.
        guard !statement.hasSymbol(".", at: index - 1) else { return }
        let isCalled = statement.hasSymbol("(", at: index + 1)
        switch word {
        case "SELECT": rewriteModifiers(behind: index)
        case "DIV" where statement.isBehindOperand(index), "MOD" where statement.isBehindOperand(index):
            statement.replace(index..<index + 1, with: word == "DIV" ? "/" : "%")
        case "XOR" where statement.isBehindOperand(index): statement.tokens[index].text = "OR"
        case "REGEXP" where statement.isBehindOperand(index) || statement.has("NOT", at: index - 1),
            "RLIKE" where statement.isBehindOperand(index) || statement.has("NOT", at: index - 1):
            statement.tokens[index].text = "LIKE"
        case "SOUNDS" where statement.has("LIKE", at: index + 1): statement.remove(at: index)
        case "BINARY" where !statement.isBehindOperand(index) && !isCalled: statement.remove(at: index)
        case "LIMIT": rewriteLimit(at: index)
        case "LOCK" where statement.has("LOCK", "IN", "SHARE", "MODE", at: index):
            statement.replace(index..<index + 4, with: "FOR SHARE")
        case "WITH" where statement.has("ROLLUP", at: index + 1): statement.remove(index..<index + 2)
        case "STRAIGHT_JOIN": statement.tokens[index].text = "JOIN"
        case "USE", "FORCE", "IGNORE": removeIndexHint(at: index)
        case "INTERVAL" where !statement.has("AS", at: index - 1): try rewriteInterval(at: index)
        case "SEPARATOR" where statement[index + 1]?.kind == .string: statement.remove(index..<index + 2)
        case "MATCH" where isCalled: rewriteMatch(at: index)
        case "CONVERT" where isCalled: rewriteConvert(at: index)
        case "CAST" where isCalled: rewriteCast(at: index)
        case "CURRENT_TIMESTAMP", "CURRENT_DATE", "CURRENT_TIME":
            if isCalled, statement.hasSymbol(")", at: index + 2) { statement.remove(index + 1..<index + 3) }
        case "INTO" where statement[index + 1]?.kind == .parameter:
            var end = index + 2
            while statement.hasSymbol(",", at: end), statement[end + 1]?.kind == .parameter { end += 2 }
            statement.remove(index..<end)
        default:
            if Self.names.contains(word)
                || isCalled && isExpression(at: index) && Self.functions.contains(word)
            {
                statement.tokens[index] = SQLToken(
                    kind: .name, text: word.lowercased(), offset: statement.tokens[index].offset)
            }
        }
    }

    /// Whether a word followed by '(' is a function, and not a type or the VALUES of an INSERT.
    private func isExpression(at index: Int) -> Bool {
        if statement.has("CREATE", at: 0) || statement.has("ALTER", at: 0) { return false }
        if statement.has("AS", at: index - 1) { return false }
        if statement.has("VALUES", at: index) {
            guard let before = statement[index - 1] else { return false }
            return before.kind == .symbol && before.text != ")" && before.text != ","
        }
        return true
    }

    private mutating func rewriteModifiers(behind select: Int) {
        var distinct: String?
        let start = select + 1
        while let token = statement[start], token.kind == .word {
            let word = token.text.uppercased()
            if Self.modifiers.contains(word) {
                statement.remove(at: start)
            } else if ["ALL", "DISTINCT", "DISTINCTROW"].contains(word), distinct == nil {
                distinct = word == "ALL" ? "ALL" : "DISTINCT"
                statement.remove(at: start)
            } else {
                break
            }
        }
        if let distinct { statement.replace(start..<start, with: distinct) }
    }

    /// `LIMIT 5, 10` skips five and takes ten.
    private mutating func rewriteLimit(at index: Int) {
        guard statement.hasSymbol(",", at: index + 2), let skipped = statement[index + 1],
            let taken = statement[index + 3], [.number, .parameter].contains(skipped.kind),
            [.number, .parameter].contains(taken.kind)
        else { return }
        let offset = SQLToken(kind: .word, text: "OFFSET", offset: statement.tokens[index + 2].offset)
        statement.tokens.replaceSubrange(index + 1..<index + 4, with: [taken, offset, skipped])
    }

    /// `USE INDEX FOR JOIN (a, b)` and its like behind a table.
    private mutating func removeIndexHint(at index: Int) {
        guard index > 0, statement.hasWord(in: ["INDEX", "KEY"], at: index + 1) else { return }
        var open = index + 2
        if statement.has("FOR", at: open) { open += statement.has("JOIN", at: open + 1) ? 2 : 3 }
        guard statement.hasSymbol("(", at: open), let close = statement.closing(of: open) else { return }
        statement.remove(index..<close + 1)
    }

    /// `INTERVAL n DAY` becomes `(n)`.
    private mutating func rewriteInterval(at index: Int) throws(SQLRefusal) {
        var end = index + 1
        if statement.hasSymbol("-", at: end) { end += 1 }
        if statement.hasSymbol("(", at: end) {
            guard let close = statement.closing(of: end) else { return }
            end = close + 1
        } else if let nameEnd = statement.endOfName(at: end) {
            end = nameEnd
            if statement.hasSymbol("(", at: end), let close = statement.closing(of: end) { end = close + 1 }
        } else {
            end += 1
        }
        // INTERVAL(a, b, …) is a function.
        guard let unit = statement[end], unit.isWord(in: Self.units) else {
            if statement.hasSymbol("(", at: index + 1) {
                statement.tokens[index] = SQLToken(
                    kind: .name, text: "interval", offset: statement.tokens[index].offset)
                return
            }
            throw SQLRefusal("INTERVAL needs a number and a unit", at: statement.tokens[index].offset)
        }
        // What is added matters; to write the unit as PostgreSQL has it would tell nothing more.
        statement.remove(at: end)
        statement.replace(end..<end, with: ")")
        statement.replace(index..<index + 1, with: "(")
    }

    /// `MATCH (a, b) AGAINST ('x' IN BOOLEAN MODE)` becomes `MATCH (a, b) = AGAINST ('x')`.
    private mutating func rewriteMatch(at index: Int) {
        guard let close = statement.closing(of: index + 1), statement.has("AGAINST", at: close + 1),
            statement.hasSymbol("(", at: close + 2), let end = statement.closing(of: close + 2)
        else { return }
        if let mode = (close + 3..<end).first(where: { statement.hasWord(in: ["IN", "WITH"], at: $0) }) {
            statement.remove(mode..<end)
        }
        statement.replace(close + 1..<close + 1, with: "=")
    }

    /// `CONVERT(a USING utf8mb4)` becomes `CONVERT(a)`, `CONVERT(a, SIGNED)` becomes `CAST(a AS SIGNED)`.
    private mutating func rewriteConvert(at index: Int) {
        guard let close = statement.closing(of: index + 1) else { return }
        if let using = (index + 2..<close).first(where: { statement.has("USING", at: $0) }) {
            statement.remove(using..<close)
            return
        }
        let parts = statement.parts(of: index + 2..<close)
        guard parts.count == 2 else { return }
        statement.replace(parts[1].lowerBound - 1..<parts[1].lowerBound, with: "AS")
        statement.tokens[index].text = "CAST"
        rewriteCast(at: index)
    }

    private mutating func rewriteCast(at index: Int) {
        guard let close = statement.closing(of: index + 1) else { return }
        var depth = 0
        for place in index + 1..<close {
            if statement.hasSymbol("(", at: place) { depth += 1 }
            if statement.hasSymbol(")", at: place) { depth -= 1 }
            guard depth == 1, statement.has("AS", at: place) else { continue }
            if statement.hasWord(in: ["SIGNED", "UNSIGNED"], at: place + 1) {
                statement.replace(place + 1..<close, with: "bigint")
            } else if let set = (place + 1..<close).first(where: {
                statement.has("CHARACTER", "SET", at: $0) || statement.has("CHARSET", at: $0)
            }) {
                statement.remove(set..<close)
            }
            return
        }
    }
}
