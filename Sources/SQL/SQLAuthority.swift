/// What a statement does to a table or column, and so the right it needs.
public struct SQLAuthority: Sendable, Hashable, CustomStringConvertible {
    /// The verb: `select`, `insert`, `update`, `delete`, `create`, `alter`, `drop`, `truncate` and so on.
    public var operation: String
    /// What stands before the name, each of which would be right: for a table the database, for a column the table; nil
    /// where the statement does not say.
    public var owners: [String?]
    /// The name of the table or column; `(.*)` for all columns.
    public var name: String

    /// The spellings of the right, `select::null::users`: one of them must be allowed.
    public var spellings: [String] { owners.map { "\(operation)::\($0 ?? "null")::\(name)" } }

    /// The spelling for people: the most exact one.
    public var description: String { spellings.last ?? "\(operation)::null::\(name)" }
}
