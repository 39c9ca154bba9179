/// How deep the tree of a statement can nest at most, counted from its tokens before it is parsed: the parser's code
/// recurses, and would exhaust the stack.
enum SQLNesting {
    /// The deepest nesting that is parsed.
    static let maximum = 200

    /// Words that put one more level on the expression or chain they stand in.
    private static let operators: Set<String> = [
        "NOT", "IS", "ISNULL", "NOTNULL", "IN", "LIKE", "ILIKE", "SIMILAR", "BETWEEN", "COLLATE", "AT",
        "ESCAPE",
        "OPERATOR", "OVERLAPS", "DIV", "MOD", "XOR", "REGEXP", "RLIKE", "GLOB", "MATCH", "ANY", "ALL", "SOME",
    ]
    /// Words that go on chains which no clause ends.
    private static let links: Set<String> = ["JOIN", "UNION", "EXCEPT", "INTERSECT", "CASE", "APPLY"]
    /// Words behind which an expression begins anew, or that join expressions without nesting them.
    private static let breaks: Set<String> = [
        "AND", "OR", "SELECT", "FROM", "WHERE", "GROUP", "ORDER", "HAVING", "LIMIT", "SET", "VALUES", "ON",
        "WHEN", "THEN", "ELSE", "USING",
    ]

    private struct Level {
        var expression = 0
        var chain = 0
    }

    /// Throws where a statement may nest too deep.
    static func check(_ tokens: [SQLToken]) throws(SQLRefusal) {
        var levels = [Level()]
        var depth = 0
        for token in tokens {
            switch token.kind {
            case .symbol where token.text == "(" || token.text == "[":
                levels.append(Level())
                depth += 1
            case .symbol where token.text == ")" || token.text == "]":
                guard levels.count > 1, let level = levels.popLast() else { continue }
                depth -= 1 + level.expression + level.chain
            case .symbol where token.text == ";":
                levels = [Level()]
                depth = 0
            case .symbol where token.text == ",":
                depth -= levels[levels.count - 1].expression
                levels[levels.count - 1].expression = 0
            case .symbol where token.text == ".": break
            case .symbol:
                levels[levels.count - 1].expression += 1
                depth += 1
            case .word:
                let word = token.text.uppercased()
                if breaks.contains(word) {
                    depth -= levels[levels.count - 1].expression
                    levels[levels.count - 1].expression = 0
                } else if operators.contains(word) {
                    levels[levels.count - 1].expression += 1
                    depth += 1
                } else if links.contains(word) {
                    levels[levels.count - 1].chain += 1
                    depth += 1
                }
            default: break
            }
            guard depth <= maximum else {
                throw SQLRefusal("it may nest deeper than \(maximum) levels", kind: .limit, at: token.offset)
            }
        }
    }
}
