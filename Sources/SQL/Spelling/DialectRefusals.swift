/// What PostgreSQL's parser takes and a dialect does not have.
enum DialectRefusals {
    /// Throws at the first token that the dialect does not have.
    static func check(_ statement: SQLStatementTokens, _ dialect: SQLDialect) throws(SQLRefusal) {
        for (index, token) in statement.tokens.enumerated() {
            switch token.kind {
            case .symbol:
                if let what = symbol(token.text, at: index, statement, dialect) {
                    throw SQLRefusal("\(dialect.rawValue) has no \(what)", at: token.offset)
                }
            case .word:
                if let what = word(token, at: index, statement, dialect) {
                    throw SQLRefusal("\(dialect.rawValue) has no \(what)", at: token.offset)
                }
            default: break
            }
        }
    }

    private static func symbol(
        _ text: String, at index: Int, _ statement: SQLStatementTokens, _ dialect: SQLDialect
    ) -> String? {
        switch text {
        case "::": return "casts with '::'"
        case "[": return "'['"
        case "==": return dialect == .sqlite ? nil : "'=='"
        case "<=>", "&&": return dialect.isMySQL ? nil : "'\(text)'"
        case "->", "->>": return dialect == .transactSQL ? "'\(text)'" : nil
        case "||": return dialect == .transactSQL ? "'||'" : nil
        case "~", "#", "^":
            if text == "^", dialect.isMySQL || dialect == .transactSQL { return nil }
            return statement.isBehindOperand(index) ? "operator '\(text)'" : nil
        case "!":
            if dialect.isMySQL { return statement.isBehindOperand(index) ? "operator '!'" : nil }
            return "'!'"
        case "@", "?": return "'\(text)' here"
        case ":=": return dialect.isMySQL ? nil : "':='"
        default: return nil
        }
    }

    private static func word(
        _ token: SQLToken, at index: Int, _ statement: SQLStatementTokens, _ dialect: SQLDialect
    ) -> String? {
        let word = token.text.uppercased()
        let isCalled = statement.hasSymbol("(", at: index + 1)
        let isMySQL = dialect.isMySQL
        switch word {
        case "ILIKE": return statement.isBehindOperand(index) ? "ILIKE" : nil
        case "SIMILAR": return statement.has("TO", at: index + 1) ? "SIMILAR TO" : nil
        case "RETURNING": return dialect == .mySQL || dialect == .transactSQL ? "RETURNING" : nil
        case "NULLS":
            let isOrder = statement.has("FIRST", at: index + 1) || statement.has("LAST", at: index + 1)
            return isOrder && dialect != .sqlite ? "NULLS FIRST and NULLS LAST" : nil
        case "FULL":
            let isJoin = statement.has("JOIN", at: index + 1) || statement.has("OUTER", at: index + 1)
            return isMySQL && isJoin ? "FULL JOIN" : nil
        case "ON" where statement.has("CONFLICT", at: index + 1):
            return dialect == .sqlite ? nil : "ON CONFLICT"
        case "ON" where statement.hasSymbol("(", at: index + 1) && statement.has("DISTINCT", at: index - 1):
            return "DISTINCT ON"
        case "FETCH": return dialect == .mySQL || dialect == .sqlite ? "FETCH" : nil
        case "LIMIT": return dialect == .transactSQL && !isCalled ? "LIMIT" : nil
        case "ONLY": return statement.has("FROM", at: index - 1) ? "ONLY" : nil
        default:
            return isCalled && foreignFunctions(dialect).contains(word) ? "function \(token.text)" : nil
        }
    }

    /// Functions that belong to PostgreSQL, and that models write into other dialects.
    private static func foreignFunctions(_ dialect: SQLDialect) -> Set<String> {
        switch dialect {
        case .mySQL, .mariaDB:
            [
                "GENERATE_SERIES", "UNNEST", "ARRAY_AGG", "STRING_AGG", "DATE_TRUNC", "TO_TSVECTOR",
                "TO_TSQUERY",
                "REGEXP_MATCHES", "JSONB_AGG", "JSONB_BUILD_OBJECT", "GETDATE", "DATEPART", "STRFTIME",
            ]
        case .sqlite:
            ["UNNEST", "ARRAY_AGG", "DATE_TRUNC", "TO_TSVECTOR", "TO_TSQUERY", "DATE_FORMAT", "GETDATE"]
        case .transactSQL:
            ["UNNEST", "ARRAY_AGG", "DATE_TRUNC", "TO_TSVECTOR", "TO_TSQUERY", "DATE_FORMAT", "GROUP_CONCAT"]
        case .postgreSQL: []
        }
    }
}
