/// Rewrites a statement of Microsoft's Transact-SQL.
///
/// What is understood, beside what PostgreSQL writes alike: names in brackets and `#names`; N'…'; variables; TOP;
/// INSERT and DELETE without INTO and FROM; table hints WITH (…); CROSS and OUTER APPLY; dateparts of DATEADD, DATEDIFF,
/// DATEPART and DATENAME; CONVERT and TRY_CONVERT; OUTPUT; IDENTITY; types with MAX; GO between batches.
enum TransactSQLSpelling {
    /// The statement as PostgreSQL writes it.
    static func rewritten(_ source: SQLStatementTokens) -> SQLStatementTokens {
        var statement = source
        rewriteHead(&statement)
        var index = 0
        while index < statement.count {
            let token = statement.tokens[index]
            if token.kind == .word,
                token.text.utf8.contains(UInt8(ascii: "#")) || token.text.utf8.contains(UInt8(ascii: "@"))
            {
                statement.tokens[index].kind = .name
            }
            guard token.kind == .word, !statement.hasSymbol(".", at: index - 1) else {
                index += 1
                continue
            }
            let before = statement.count
            rewrite(token.text.uppercased(), &statement, at: index)
            // Where tokens were taken out, another one stands at this place now.
            if statement.count >= before { index += 1 }
        }
        return statement
    }

    private static func rewriteHead(_ statement: inout SQLStatementTokens) {
        if statement.has("INSERT", at: 0), !statement.has("INTO", at: 1) {
            statement.replace(1..<1, with: "INTO")
        }
        if statement.has("DELETE", at: 0) || statement.has("UPDATE", at: 0) {
            removeTop(&statement, at: 1)
            if statement.has("DELETE", at: 0), !statement.has("FROM", at: 1),
                let end = statement.endOfName(at: 1)
            {
                // DELETE t FROM a AS t JOIN …
                if statement.has("FROM", at: end) { statement.tokens[end].text = "USING" }
                statement.replace(1..<1, with: "FROM")
            }
        }
        if statement.hasWord(in: ["EXEC", "EXECUTE"], at: 0), let end = statement.endOfName(at: 1),
            end == statement.count
        {
            statement.tokens[0].text = "CALL"
            statement.replace(end..<end, with: "( )")
        }
    }

    private static func rewrite(_ word: String, _ statement: inout SQLStatementTokens, at index: Int) {
        let isCalled = statement.hasSymbol("(", at: index + 1)
        switch word {
        case "SELECT":
            let next = statement.hasWord(in: ["ALL", "DISTINCT"], at: index + 1) ? index + 2 : index + 1
            removeTop(&statement, at: next)
        case "WITH" where isCalled && index > 0:
            if let close = statement.closing(of: index + 1) { statement.remove(index..<close + 1) }
        case "CROSS" where statement.has("APPLY", at: index + 1):
            statement.replace(index..<index + 2, with: "CROSS JOIN LATERAL")
        case "OUTER" where statement.has("APPLY", at: index + 1):
            statement.replace(index..<index + 2, with: "CROSS JOIN LATERAL")
        case "DATEADD", "DATEDIFF", "DATEPART", "DATENAME", "DATETRUNC", "DATEDIFF_BIG":
            if isCalled, statement[index + 2]?.kind == .word, statement.hasSymbol(",", at: index + 3) {
                statement.tokens[index + 2].kind = .string
            }
        case "CONVERT" where isCalled, "TRY_CONVERT" where isCalled:
            // The type comes first; only that it is there is of interest.
            if let close = statement.closing(of: index + 1) {
                let parts = statement.parts(of: index + 2..<close)
                if parts.count >= 2 { statement.remove(parts[0].lowerBound..<parts[1].lowerBound) }
            }
        case "TRY_CAST" where isCalled: statement.tokens[index].text = "CAST"
        case "IDENTITY" where isCalled:
            if let close = statement.closing(of: index + 1) { statement.remove(index..<close + 1) }
        case "MAX"
        where statement.hasSymbol("(", at: index - 1) && statement.hasSymbol(")", at: index + 1)
            && statement.hasWord(in: ["VARCHAR", "NVARCHAR", "VARBINARY"], at: index - 2):
            statement.tokens[index] = SQLToken(
                kind: .number, text: "1", offset: statement.tokens[index].offset)
        case "CLUSTERED", "NONCLUSTERED": statement.remove(at: index)
        case "OUTPUT" where index > 0:
            let stops: Set<String> = ["VALUES", "WHERE", "FROM", "SELECT", "INTO"]
            let end =
                (index + 1..<statement.count).first { statement.hasWord(in: stops, at: $0) }
                ?? statement.count
            let shown = Array(statement.tokens[index + 1..<end])
            statement.remove(index..<end)
            let offset = shown.first?.offset ?? 0
            if !shown.isEmpty { statement.tokens += SQLStatementTokens.made("RETURNING", at: offset) + shown }
        default: break
        }
    }

    /// `TOP 5`, `TOP (5) PERCENT WITH TIES`.
    private static func removeTop(_ statement: inout SQLStatementTokens, at index: Int) {
        guard statement.has("TOP", at: index) else { return }
        var end = index + 1
        if statement.hasSymbol("(", at: end), let close = statement.closing(of: end) {
            end = close + 1
        } else if let kind = statement[end]?.kind, kind == .number || kind == .parameter {
            end += 1
        } else {
            return
        }
        if statement.has("PERCENT", at: end) { end += 1 }
        if statement.has("WITH", "TIES", at: end) { end += 2 }
        statement.remove(index..<end)
    }
}
