import JSON

/// SQL that was parsed: one statement or several.
public struct SQLScript: Sendable {
    /// The longest text that is parsed, in UTF-8 bytes.
    public static let maximumLength = 1 << 20

    /// What the statements do to tables, each once.
    public let tables: [SQLAuthority]
    /// What they do to columns, each once.
    public let columns: [SQLAuthority]
    /// How many statements there are.
    public let statementCount: Int
    /// The kinds of statements whose tables and columns can't be told, such as `CALL`.
    public let opaqueKinds: [String]

    /// Parses a text.
    ///
    /// A text without a statement is refused, as is a select list that is nothing but two names side by side: there a
    /// comma is missing more often than AS.
    public init(_ text: String, dialect: SQLDialect) throws(SQLRefusal) {
        guard text.utf8.count <= Self.maximumLength else {
            throw SQLRefusal("it is longer than \(Self.maximumLength) bytes", kind: .limit)
        }
        let spelling = try SQLSpelling(text, dialect: dialect)
        let trees: [JSONValue]
        do throws(SQLRefusal) {
            trees = try PostgreSQLParser.statements(of: spelling.text)
        } catch {
            throw SQLRefusal(
                error.message, kind: error.kind, at: error.offset.map(spelling.sourceOffset(ofCharacter:)))
        }
        guard !trees.isEmpty else { throw SQLRefusal("there is no statement") }
        var walk = AuthorityWalk(dialect: dialect)
        for tree in trees {
            guard case .object(let members)? = tree["stmt"],
                let (kind, statement) = members.first(where: { _ in true })
            else { throw SQLRefusal("there is no statement") }
            if let place = MissingComma.place(in: statement, kind: kind, spelling) {
                throw SQLRefusal(
                    "two names stand side by side where a comma or AS is missing", at: place)
            }
            guard StatementKinds.isKnown(kind, to: dialect) else {
                throw SQLRefusal("\(dialect.rawValue) has no \(StatementKinds.words(kind))")
            }
            walk.visit(kind, statement)
        }
        statementCount = trees.count
        tables = walk.tables
        columns = walk.columns
        opaqueKinds = walk.opaqueKinds
    }
}
