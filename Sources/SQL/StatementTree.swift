import JSON

/// Looks into the trees of libpg_query.
enum StatementTree {
    /// Whether a WITH query reads a relation of its own name.
    static func refersToItself(_ query: JSONValue, _ name: String) -> Bool {
        switch query {
        case .array(let elements): return elements.contains { refersToItself($0, name) }
        case .object(let members):
            for (key, value) in members {
                if key == "RangeVar", value["relname"]?.string?.lowercased() == name { return true }
                if refersToItself(value, name) { return true }
            }
            return false
        default: return false
        }
    }

    /// The alias of a relation in lower case.
    static func alias(of relation: JSONValue) -> String? {
        relation["alias"]?["aliasname"]?.string?.lowercased()
    }

    /// The table whose alias is the name of another node.
    static func table(aliased target: JSONValue?, among relations: [JSONValue]) -> JSONValue? {
        guard let wanted = target?["relname"]?.string?.lowercased(), target?["schemaname"] == nil else {
            return nil
        }
        for relation in relations {
            if let table = relation["RangeVar"], alias(of: table) == wanted { return table }
            if let join = relation["JoinExpr"] {
                let sides = [join["larg"], join["rarg"]].compactMap(\.self)
                if let found = table(aliased: target, among: sides) { return found }
            }
        }
        return nil
    }

    /// A FROM without the target of the statement, which is named there once more.
    static func without(_ target: JSONValue?, in node: JSONValue) -> JSONValue {
        if let table = node["RangeVar"], table["relname"] == target?["relname"],
            table["schemaname"] == target?["schemaname"]
        {
            return [:]
        }
        guard case .object(var join)? = node["JoinExpr"] else { return node }
        for side in ["larg", "rarg"] { join[side] = join[side].map { without(target, in: $0) } }
        return ["JoinExpr": .object(join)]
    }

    /// The name of an expression that is nothing but a name without a qualifier, in lower case.
    static func bareName(_ node: JSONValue) -> String? {
        guard let fields = node["ColumnRef"]?["fields"]?.array, fields.count == 1 else { return nil }
        return fields[0]["String"]?["sval"]?.string?.lowercased()
    }

    /// The name at the end of a column.
    static func lastName(_ node: JSONValue) -> String? {
        node["ColumnRef"]?["fields"]?.array?.last?["String"]?["sval"]?.string
    }
}
