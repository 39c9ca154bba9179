/// Rewrites a statement of SQLite.
///
/// What is understood, beside what PostgreSQL writes alike: names in backticks and brackets; INSERT OR …, REPLACE;
/// LIMIT a, b; `==`, IS between values, GLOB, MATCH, REGEXP; AUTOINCREMENT, WITHOUT ROWID, STRICT; ON CONFLICT behind a
/// constraint; INDEXED BY; PRAGMA name = value; DESC and ASC in keys.
enum SQLiteSpelling {
    /// The statement as PostgreSQL writes it.
    static func rewritten(_ source: SQLStatementTokens) -> SQLStatementTokens {
        var statement = source
        rewriteHead(&statement)
        var index = 0
        while index < statement.count {
            let token = statement.tokens[index]
            let before = statement.count
            if token.isSymbol("==") { statement.tokens[index].text = "=" }
            guard token.kind == .word, !statement.hasSymbol(".", at: index - 1) else {
                index += 1
                continue
            }
            switch token.text.uppercased() {
            case "GLOB" where isOperator(statement, index), "MATCH" where isOperator(statement, index),
                "REGEXP" where isOperator(statement, index):
                statement.tokens[index].text = "LIKE"
            case "IS":
                let next = statement.has("NOT", at: index + 1) ? index + 2 : index + 1
                if !statement.hasWord(in: ["NULL", "TRUE", "FALSE", "DISTINCT", "UNKNOWN"], at: next) {
                    statement.replace(index..<next, with: next == index + 1 ? "=" : "<>")
                }
            case "LIMIT": rewriteLimit(&statement, at: index)
            case "AUTOINCREMENT": statement.remove(at: index)
            case "INDEXED" where statement.has("BY", at: index + 1): statement.remove(index..<index + 3)
            case "CURRENT_TIMESTAMP" where statement.hasSymbol("(", at: index + 1):
                if statement.hasSymbol(")", at: index + 2) { statement.remove(index + 1..<index + 3) }
            default: break
            }
            // Where tokens were taken out, another one stands at this place now.
            if statement.count >= before { index += 1 }
        }
        return statement
    }

    private static func isOperator(_ statement: SQLStatementTokens, _ index: Int) -> Bool {
        statement.isBehindOperand(index) || statement.has("NOT", at: index - 1)
    }

    private static func rewriteHead(_ statement: inout SQLStatementTokens) {
        if statement.has("REPLACE", "INTO", at: 0) { statement.tokens[0].text = "INSERT" }
        if statement.hasWord(in: ["INSERT", "UPDATE"], at: 0), statement.has("OR", at: 1),
            statement.hasWord(in: ["REPLACE", "IGNORE", "ABORT", "FAIL", "ROLLBACK"], at: 2)
        {
            statement.remove(1..<3)
        }
        if statement.has("PRAGMA", at: 0), let end = statement.endOfName(at: 1) {
            let isCalled =
                statement.hasSymbol("(", at: end) && statement.closing(of: end) == statement.count - 1
            let isSet = statement.hasSymbol("=", at: end) && statement.count == end + 2
            if isCalled || isSet || end == statement.count {
                statement.replace(0..<statement.count, with: "SHOW all")
            }
        }
        guard statement.has("CREATE", at: 0), let table = statement.first("TABLE", from: 1), table <= 2 else {
            return
        }
        while statement.count > 3 {
            let last = statement.count - 1
            if statement.has("WITHOUT", "ROWID", at: last - 1) {
                statement.remove(last - 1..<last + 1)
            } else if statement.has("STRICT", at: last) || statement.hasSymbol(",", at: last) {
                statement.remove(at: last)
            } else {
                break
            }
        }
        var index = table
        while index < statement.count {
            if statement.has("ON", "CONFLICT", at: index) {
                statement.remove(index..<index + 3)
            } else if statement.hasWord(in: ["ASC", "DESC"], at: index) {
                statement.remove(at: index)
            } else {
                index += 1
            }
        }
    }

    private static func rewriteLimit(_ statement: inout SQLStatementTokens, at index: Int) {
        guard statement.hasSymbol(",", at: index + 2), let skipped = statement[index + 1],
            let taken = statement[index + 3]
        else { return }
        let offset = SQLToken(kind: .word, text: "OFFSET", offset: statement.tokens[index + 2].offset)
        statement.tokens.replaceSubrange(index + 1..<index + 4, with: [taken, offset, skipped])
    }
}
