/// Rewrites CREATE and ALTER of MySQL and MariaDB.
///
/// What is understood: lengths of whole-number types, UNSIGNED, ZEROFILL, ENUM, SET, AUTO_INCREMENT, COMMENT, CHARACTER
/// SET, ON UPDATE CURRENT_TIMESTAMP, VIRTUAL columns; KEY, INDEX, UNIQUE KEY, FULLTEXT KEY and prefixes of columns in
/// them; the options of a table; CREATE TABLE … LIKE; CREATE DATABASE IF NOT EXISTS with its options; ALTER TABLE with
/// MODIFY, CHANGE, FIRST, AFTER, ADD INDEX, DROP INDEX, DROP FOREIGN KEY and DROP PRIMARY KEY.
struct MySQLDefinitions {
    private var statement: SQLStatementTokens

    /// The statement as PostgreSQL writes it.
    static func rewritten(_ statement: SQLStatementTokens) throws(SQLRefusal) -> SQLStatementTokens {
        var definitions = MySQLDefinitions(statement: statement)
        definitions.rewrite()
        return definitions.statement
    }

    private mutating func rewrite() {
        if statement.has("ALTER", "TABLE", at: 0) {
            rewriteAlter()
            return
        }
        guard statement.has("CREATE", at: 0) else { return }
        let kind = statement.has("TEMPORARY", at: 1) ? 2 : 1
        if statement.has("TABLE", at: kind) {
            rewriteTable(from: kind + 1)
        } else if statement.hasWord(in: ["DATABASE", "SCHEMA"], at: 1) {
            if statement.has("IF", "NOT", "EXISTS", at: 2) { statement.remove(2..<5) }
            removeOptions(from: 3)
            statement.tokens[1].text = "DATABASE"
        } else if let on = statement.first("ON", from: 1), let end = statement.endOfName(at: on + 1) {
            // CREATE [FULLTEXT] INDEX name ON table (column(10))
            if statement.hasWord(in: ["FULLTEXT", "SPATIAL"], at: 1) { statement.remove(at: 1) }
            if statement.hasSymbol("(", at: end) { removePrefixes(at: end) }
        }
    }

    private mutating func rewriteTable(from start: Int) {
        let name = statement.has("IF", "NOT", "EXISTS", at: start) ? start + 3 : start
        guard let nameEnd = statement.endOfName(at: name) else { return }
        if statement.has("LIKE", at: nameEnd), statement.endOfName(at: nameEnd + 1) == statement.count {
            statement.replace(statement.count..<statement.count, with: ")")
            statement.replace(nameEnd..<nameEnd, with: "(")
            return
        }
        guard statement.hasSymbol("(", at: nameEnd), let close = statement.closing(of: nameEnd) else {
            return
        }
        removeOptions(from: close + 1)
        var items: [[SQLToken]] = []
        for part in statement.parts(of: nameEnd + 1..<close) {
            if let item = Self.item(Array(statement.tokens[part])) { items.append(item) }
        }
        let comma = SQLStatementTokens.made(",", at: statement.tokens[nameEnd].offset)
        statement.tokens.replaceSubrange(nameEnd + 1..<close, with: Array(items.joined(separator: comma)))
    }

    /// One column or key of CREATE TABLE; nil for a key that PostgreSQL does not define there.
    private static func item(_ tokens: [SQLToken]) -> [SQLToken]? {
        var item = SQLStatementTokens(tokens: tokens)
        var start = 0
        if item.has("CONSTRAINT", at: 0) {
            start = item.hasWord(in: ["PRIMARY", "UNIQUE", "FOREIGN", "CHECK"], at: 1) ? 1 : 2
        }
        if start == 1 { item.remove(at: 0) }
        if start == 1 { start = 0 }
        if item.hasWord(in: ["FULLTEXT", "SPATIAL"], at: 0) { return nil }
        // A column may be called key or index; a key has a list of columns.
        if item.hasWord(in: ["KEY", "INDEX"], at: 0) {
            let open = item[1]?.isName == true ? 2 : 1
            if item.hasSymbol("(", at: open) || item.has("USING", at: open) { return nil }
        }
        if item.has("UNIQUE", at: start) {
            while item[start + 1]?.isName == true { item.remove(at: start + 1) }
            keyColumns(&item, from: start + 1)
            return item.tokens
        }
        if item.has("PRIMARY", "KEY", at: start) {
            if item.has("USING", at: start + 2) { item.remove(start + 2..<start + 4) }
            keyColumns(&item, from: start + 2)
            return item.tokens
        }
        if item.has("FOREIGN", "KEY", at: start) {
            if item[start + 2]?.isName == true { item.remove(at: start + 2) }
            return item.tokens
        }
        if item.has("CHECK", at: start) { return item.tokens }
        column(&item)
        return item.tokens
    }

    /// Prefixes in the columns of a key, and what stands behind them.
    private static func keyColumns(_ item: inout SQLStatementTokens, from open: Int) {
        guard item.hasSymbol("(", at: open) else { return }
        var definitions = MySQLDefinitions(statement: item)
        definitions.removePrefixes(at: open)
        item = definitions.statement
        guard let close = item.closing(of: open) else { return }
        for index in stride(from: close - 1, to: open, by: -1)
        where item.hasWord(in: ["ASC", "DESC"], at: index) {
            item.remove(at: index)
        }
        guard let end = item.closing(of: open) else { return }
        if item.hasWord(in: ["USING"], at: end + 1) { item.remove(end + 1..<end + 3) }
        if item.has("COMMENT", at: end + 1) { item.remove(end + 1..<end + 3) }
    }

    private mutating func removePrefixes(at open: Int) {
        guard let close = statement.closing(of: open) else { return }
        var index = close - 1
        while index > open + 1 {
            if statement.hasSymbol(")", at: index), statement[index - 1]?.kind == .number,
                statement.hasSymbol("(", at: index - 2), statement[index - 3]?.isName == true
            {
                statement.remove(index - 2..<index + 1)
                index -= 2
            }
            index -= 1
        }
    }

    private static let wholeNumbers: Set<String> = [
        "INT", "INTEGER", "TINYINT", "SMALLINT", "MEDIUMINT", "BIGINT", "INT4", "INT8",
    ]

    /// Name, type and attributes of a column.
    private static func column(_ item: inout SQLStatementTokens) {
        var index = 1
        while index < item.count {
            let isCalled = item.hasSymbol("(", at: index + 1)
            guard let token = item[index], token.kind == .word else {
                index += 1
                continue
            }
            switch token.text.uppercased() {
            case let word where index == 1 && wholeNumbers.contains(word):
                if isCalled, let close = item.closing(of: index + 1) { item.remove(index + 1..<close + 1) }
                index += 1
            case "FLOAT" where index == 1, "DOUBLE" where index == 1, "REAL" where index == 1:
                let next = item.has("PRECISION", at: 2) ? 3 : 2
                if item.hasSymbol("(", at: next), let close = item.closing(of: next) {
                    item.remove(next..<close + 1)
                }
                index = next
            case "ENUM" where isCalled, "SET" where isCalled && index == 1:
                if let close = item.closing(of: index + 1) { item.replace(index..<close + 1, with: "text") }
                index += 1
            case "UNSIGNED", "SIGNED", "ZEROFILL", "AUTO_INCREMENT", "INVISIBLE", "VIRTUAL", "PERSISTENT":
                if token.isWord("VIRTUAL") || token.isWord("PERSISTENT") {
                    item.replace(index..<index + 1, with: "STORED")
                    index += 1
                } else {
                    item.remove(at: index)
                }
            case "COMMENT" where item[index + 1]?.kind == .string: item.remove(index..<index + 2)
            case "CHARACTER" where item.has("SET", at: index + 1): item.remove(index..<index + 3)
            case "CHARSET": item.remove(index..<index + 2)
            case "ON"
            where item.has("UPDATE", at: index + 1)
                && item.hasWord(in: ["CURRENT_TIMESTAMP", "NOW"], at: index + 2):
                let end =
                    item.hasSymbol("(", at: index + 3)
                    ? item.closing(of: index + 3).map { $0 + 1 } : index + 3
                item.remove(index..<(end ?? index + 3))
            case "UNIQUE" where item.has("KEY", at: index + 1): item.remove(at: index + 1)
            case "KEY" where !item.has("PRIMARY", at: index - 1) && !item.has("FOREIGN", at: index - 1):
                item.remove(at: index)
            default: index += 1
            }
        }
    }

    /// Options of a table or database: words, an optional '=' and a value each.
    private mutating func removeOptions(from start: Int) {
        let options: Set<String> = [
            "ENGINE", "TYPE", "AUTO_INCREMENT", "AVG_ROW_LENGTH", "CHARSET", "CHECKSUM", "COLLATE", "COMMENT",
            "ROW_FORMAT", "KEY_BLOCK_SIZE", "MAX_ROWS", "MIN_ROWS", "PACK_KEYS", "STATS_PERSISTENT",
            "ENCRYPTION",
        ]
        while start < statement.count {
            var end = start
            if statement.hasSymbol(",", at: end) { end += 1 }
            if statement.has("DEFAULT", at: end) { end += 1 }
            if statement.has("CHARACTER", "SET", at: end) {
                end += 2
            } else if statement.hasWord(in: options, at: end) {
                end += 1
            } else {
                return
            }
            if statement.hasSymbol("=", at: end) { end += 1 }
            guard let value = statement[end], value.kind != .symbol else { return }
            statement.remove(start..<end + 1)
        }
    }

    // MARK: ALTER TABLE

    private mutating func rewriteAlter() {
        guard let nameEnd = statement.endOfName(at: 2) else { return }
        removeOptions(from: nameEnd)
        if nameEnd == statement.count {
            // Options alone: nothing is left to alter.
            statement.replace(nameEnd..<nameEnd, with: "OWNER TO x")
            return
        }
        var actions: [[SQLToken]] = []
        for part in statement.parts(of: nameEnd..<statement.count) {
            actions.append(Self.action(Array(statement.tokens[part])))
        }
        let comma = SQLStatementTokens.made(",", at: statement.tokens[nameEnd].offset)
        statement.tokens.replaceSubrange(
            nameEnd..<statement.count, with: Array(actions.joined(separator: comma)))
    }

    private static func action(_ tokens: [SQLToken]) -> [SQLToken] {
        var action = SQLStatementTokens(tokens: tokens)
        let verb = action[0]?.text.uppercased() ?? ""
        switch verb {
        case "ADD", "MODIFY", "CHANGE":
            var start = action.has("COLUMN", at: 1) ? 2 : 1
            if verb == "ADD", start == 1,
                action.hasWord(in: ["INDEX", "KEY", "FULLTEXT", "SPATIAL", "UNIQUE"], at: 1)
            {
                return key(action)
            }
            if verb == "ADD", start == 1,
                action.hasWord(in: ["PRIMARY", "FOREIGN", "CONSTRAINT", "CHECK"], at: 1)
            {
                return Array(action.tokens.prefix(1)) + (item(Array(action.tokens.dropFirst())) ?? [])
            }
            if verb == "CHANGE" { start += 1 }
            if action.has("IF", "NOT", "EXISTS", at: start) { start += 3 }
            if action.has("FIRST", at: action.count - 1) { action.remove(at: action.count - 1) }
            if action.has("AFTER", at: action.count - 2) { action.remove(action.count - 2..<action.count) }
            var definition = SQLStatementTokens(tokens: Array(action.tokens.dropFirst(start)))
            column(&definition)
            return SQLStatementTokens.made("ADD COLUMN", at: tokens.first?.offset ?? 0) + definition.tokens
        case "DROP":
            if action.hasWord(in: ["INDEX", "KEY"], at: 1) { action.replace(1..<2, with: "CONSTRAINT") }
            if action.has("FOREIGN", "KEY", at: 1) { action.replace(1..<3, with: "CONSTRAINT") }
            if action.has("PRIMARY", "KEY", at: 1) { action.replace(1..<3, with: "CONSTRAINT primary_key") }
            return action.tokens
        default: return tokens
        }
    }

    /// `ADD [UNIQUE|FULLTEXT] INDEX name (a, b(10))` becomes `ADD UNIQUE (a, b)`.
    private static func key(_ tokens: SQLStatementTokens) -> [SQLToken] {
        var action = tokens
        while action[1]?.isName == true { action.remove(at: 1) }
        action.replace(1..<1, with: "UNIQUE")
        keyColumns(&action, from: 2)
        return action.tokens
    }
}
