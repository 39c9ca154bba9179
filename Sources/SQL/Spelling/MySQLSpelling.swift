/// Rewrites a statement of MySQL or MariaDB.
///
/// What is understood, beside what PostgreSQL writes alike: names in backticks, texts in double quotes, `#` comments and
/// `/*! */`; modifiers of SELECT, INSERT, UPDATE and DELETE; REPLACE; INSERT … SET; ON DUPLICATE KEY UPDATE; UPDATE and
/// DELETE over several tables, with ORDER BY and LIMIT; LIMIT a, b; LOCK IN SHARE MODE; index hints; STRAIGHT_JOIN;
/// WITH ROLLUP; `&&`, `||`, `!`, `<=>`, DIV, MOD, XOR, REGEXP, RLIKE, SOUNDS LIKE, BINARY; INTERVAL n UNIT;
/// GROUP_CONCAT … SEPARATOR; MATCH … AGAINST; CONVERT; CAST to SIGNED and UNSIGNED; user variables; USE, DESCRIBE,
/// SET; and in CREATE and ALTER TABLE what `MySQLDefinitions` knows.
struct MySQLSpelling {
    /// The statement as far as it is rewritten.
    var statement: SQLStatementTokens

    /// The statement as PostgreSQL writes it.
    static func rewritten(_ statement: SQLStatementTokens) throws(SQLRefusal) -> SQLStatementTokens {
        var spelling = MySQLSpelling(statement: statement)
        spelling.joinTexts()
        spelling.rewriteHead()
        if spelling.isDefinition {
            spelling.statement = try MySQLDefinitions.rewritten(spelling.statement)
        }
        try spelling.rewriteBody()
        return spelling.statement
    }

    private var isDefinition: Bool {
        statement.has("CREATE", at: 0) || statement.has("ALTER", at: 0)
    }

    /// Texts side by side are one.
    private mutating func joinTexts() {
        var index = 1
        while index < statement.count {
            if statement.tokens[index].kind == .string, statement.tokens[index - 1].kind == .string {
                statement.tokens[index - 1].text += statement.tokens[index].text
                statement.remove(at: index)
            } else {
                index += 1
            }
        }
    }

    // MARK: The begin of a statement

    private mutating func rewriteHead() {
        guard let first = statement[0], first.kind == .word else { return }
        switch first.text.uppercased() {
        case "INSERT", "REPLACE":
            guard !statement.hasSymbol("(", at: 1) else { return }
            statement.tokens[0].text = "INSERT"
            while statement.hasWord(in: ["LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY", "IGNORE"], at: 1) {
                statement.remove(at: 1)
            }
            if !statement.has("INTO", at: 1) { statement.replace(1..<1, with: "INTO") }
            rewriteInsert()
        case "UPDATE":
            while statement.hasWord(in: ["LOW_PRIORITY", "IGNORE"], at: 1) { statement.remove(at: 1) }
            rewriteUpdate()
        case "DELETE":
            while statement.hasWord(in: ["LOW_PRIORITY", "QUICK", "IGNORE"], at: 1) {
                statement.remove(at: 1)
            }
            rewriteDelete()
        case "DESCRIBE", "DESC":
            if statement.hasWord(in: ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "REPLACE"], at: 1) {
                statement.tokens[0].text = "EXPLAIN"
            } else if let end = statement.endOfName(at: 1), end == statement.count {
                statement.tokens[0].text = "TABLE"
            }
        case "EXPLAIN":
            if statement.has("FORMAT", at: 1), statement.hasSymbol("=", at: 2) { statement.remove(1..<4) }
        case "USE":
            if statement.endOfName(at: 1) == statement.count, statement.count == 2 {
                statement.replace(0..<1, with: "SET search_path TO")
            }
        case "SET":
            if statement[1]?.kind == .parameter {
                statement.tokens[0].text = "SELECT"
            } else if statement.hasWord(in: ["GLOBAL", "PERSIST"], at: 1) {
                statement.remove(at: 1)
            }
        case "SHOW": rewriteShow()
        default: break
        }
    }

    /// `SHOW [FULL] TABLES|COLUMNS|… [FROM|IN name]… [LIKE text]`, checked here and left as `SHOW name`.
    private mutating func rewriteShow() {
        var index = 1
        if statement.hasWord(in: ["FULL", "EXTENDED", "GLOBAL", "SESSION"], at: index) { index += 1 }
        let things: Set<String> = [
            "TABLES", "COLUMNS", "FIELDS", "DATABASES", "SCHEMAS", "INDEX", "INDEXES", "KEYS", "STATUS",
            "VARIABLES", "PROCESSLIST", "GRANTS", "WARNINGS", "ERRORS", "ENGINES", "TRIGGERS",
        ]
        if statement.has("CREATE", "TABLE", at: index) || statement.has("TABLE", "STATUS", at: index) {
            let isCreate = statement.has("CREATE", at: index)
            index += 2
            if isCreate {
                guard let end = statement.endOfName(at: index) else { return }
                index = end
            }
        } else {
            guard statement.hasWord(in: things, at: index) else { return }
            index += 1
        }
        while statement.hasWord(in: ["FROM", "IN"], at: index), let end = statement.endOfName(at: index + 1) {
            index = end
        }
        if statement.has("LIKE", at: index), statement[index + 1]?.kind == .string { index += 2 }
        guard index == statement.count else { return }
        statement.replace(1..<index, with: "all")
    }

    private mutating func rewriteInsert() {
        guard let tableEnd = statement.endOfName(at: 2) else { return }
        if statement.has("SET", at: tableEnd) {
            let end = statement.first("ON", from: tableEnd) ?? statement.count
            var columns: [SQLToken] = []
            var values: [SQLToken] = []
            for part in statement.parts(of: tableEnd + 1..<end) {
                guard let equals = part.first(where: { statement.hasSymbol("=", at: $0) }),
                    equals > part.lowerBound
                else { return }
                if !columns.isEmpty {
                    columns += SQLStatementTokens.made(",", at: statement.tokens[part.lowerBound].offset)
                    values += SQLStatementTokens.made(",", at: statement.tokens[part.lowerBound].offset)
                }
                columns.append(statement.tokens[equals - 1])
                values += statement.tokens[equals + 1..<part.upperBound]
            }
            let offset = statement.tokens[tableEnd].offset
            func made(_ text: String) -> [SQLToken] { SQLStatementTokens.made(text, at: offset) }
            statement.tokens.replaceSubrange(
                tableEnd..<end, with: made("(") + columns + made(") VALUES (") + values + made(")"))
        }
        for index in tableEnd..<max(statement.count, tableEnd) where statement.has("VALUE", at: index) {
            if statement.hasSymbol("(", at: index + 1) { statement.tokens[index].text = "VALUES" }
        }
        guard let duplicate = statement.first("ON", from: tableEnd),
            statement.has("ON", "DUPLICATE", "KEY", "UPDATE", at: duplicate)
        else { return }
        statement.replace(duplicate..<duplicate + 4, with: "ON CONFLICT DO UPDATE SET")
        // VALUES(a) is the value that was to be inserted.
        for index in duplicate..<statement.count where statement.has("VALUES", at: index) {
            statement.tokens[index] = SQLToken(
                kind: .name, text: "values", offset: statement.tokens[index].offset)
        }
        // VALUES (…) AS new: the name for the new row.
        if statement.has("AS", at: duplicate - 2), statement[duplicate - 1]?.isName == true,
            statement.hasSymbol(")", at: duplicate - 3)
        {
            let name = statement.tokens[duplicate - 1].text.lowercased()
            for index in duplicate..<statement.count
            where statement.tokens[index].isName && statement.tokens[index].text.lowercased() == name
                && statement.hasSymbol(".", at: index + 1)
            {
                statement.tokens[index].text = "excluded"
            }
            statement.remove(duplicate - 2..<duplicate)
        }
    }

    /// `UPDATE a JOIN b ON … SET a.x = 1` becomes `UPDATE a SET a.x = 1 FROM a JOIN b ON …`, aliases included.
    private mutating func rewriteUpdate() {
        rewriteTail()
        guard let set = statement.first("SET", from: 1), let nameEnd = statement.endOfName(at: 1) else {
            return
        }
        let tables = Array(statement.tokens[1..<set])
        let isSeveral =
            statement.parts(of: 1..<set).count > 1
            || tables.contains { $0.isWord("JOIN") || $0.isWord("STRAIGHT_JOIN") }
        guard isSeveral else { return }
        let end = statement.first("WHERE", from: set) ?? statement.count
        var targetEnd = nameEnd
        let joins: Set<String> = [
            "JOIN", "INNER", "LEFT", "RIGHT", "CROSS", "NATURAL", "STRAIGHT_JOIN", "SET", "USE", "FORCE",
            "IGNORE",
        ]
        if statement.has("AS", at: targetEnd) {
            targetEnd += 2
        } else if statement[targetEnd]?.isName == true, !statement.hasWord(in: joins, at: targetEnd) {
            targetEnd += 1
        }
        let target = Array(statement.tokens[1..<targetEnd])
        let offset = statement.tokens[set].offset
        statement.tokens.replaceSubrange(
            1..<end,
            with: target + statement.tokens[set..<end] + SQLStatementTokens.made("FROM", at: offset) + tables)
    }

    /// `DELETE a FROM a JOIN b …` becomes `DELETE FROM a USING a JOIN b …`.
    private mutating func rewriteDelete() {
        rewriteTail()
        guard !statement.has("FROM", at: 1), let nameEnd = statement.endOfName(at: 1) else { return }
        var end = nameEnd
        if statement.hasSymbol(".", at: end), statement.hasSymbol("*", at: end + 1) {
            statement.remove(end..<end + 2)
        }
        guard statement.has("FROM", at: end) else { return }
        statement.tokens[end].text = "USING"
        statement.replace(1..<1, with: "FROM")
        end += 1
    }

    /// `ORDER BY x DESC LIMIT 5` at the end of UPDATE or DELETE becomes `RETURNING x`, so that its names are seen.
    private mutating func rewriteTail() {
        if let limit = statement.first("LIMIT", from: 1), limit + 2 == statement.count,
            [.number, .parameter].contains(statement.tokens[limit + 1].kind)
        {
            statement.remove(limit..<statement.count)
        }
        guard let order = statement.first("ORDER", from: 1), statement.has("BY", at: order + 1) else {
            return
        }
        for index in stride(from: statement.count - 1, to: order + 1, by: -1)
        where statement.hasWord(in: ["ASC", "DESC"], at: index) {
            statement.remove(at: index)
        }
        statement.replace(order..<order + 2, with: "RETURNING")
    }
}
