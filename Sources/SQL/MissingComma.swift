import JSON

/// `SELECT first_name last_name FROM t`: SQL takes the second name for an alias, and a comma is what was meant.
///
/// Only a select list of nothing but two names is taken so; an alias without AS behind any other expression, or in a list
/// of several columns, is what it says.
enum MissingComma {
    /// The byte in the source where the second name stands; nil when the statement has no such list.
    static func place(in statement: JSONValue, kind: String, _ spelling: SQLSpelling) -> Int? {
        if kind == "SelectStmt", let place = place(inSelect: statement, spelling) { return place }
        switch statement {
        case .array(let elements):
            for element in elements { if let place = place(in: element, kind: "", spelling) { return place } }
        case .object(let members):
            for (key, value) in members {
                if let place = place(in: value, kind: key, spelling) { return place }
            }
        default: break
        }
        return nil
    }

    private static func place(inSelect select: JSONValue, _ spelling: SQLSpelling) -> Int? {
        guard let list = select["targetList"]?.array, list.count == 1, select["fromClause"] != nil,
            let target = list[0]["ResTarget"], target["name"] != nil,
            let column = target["val"]?["ColumnRef"], column["fields"]?.array?.count == 1,
            let start = spelling.token(atByte: column["location"]?.integer ?? 0)
        else { return nil }
        let tokens = spelling.tokens
        guard start + 2 < tokens.count, tokens[start].kind == .word, tokens[start + 1].kind == .word,
            !tokens[start + 1].isWord("AS"), tokens[start + 2].isWord("FROM")
        else { return nil }
        return tokens[start + 1].offset
    }
}
