/// The statements that PostgreSQL's parser tells apart.
enum StatementKinds {
    /// Statements that other databases have as well, as far as they are written alike.
    private static let common: Set<String> = [
        "SelectStmt", "InsertStmt", "UpdateStmt", "DeleteStmt", "CreateStmt", "CreateTableAsStmt", "ViewStmt",
        "DropStmt", "TruncateStmt", "AlterTableStmt", "IndexStmt", "RenameStmt", "ExplainStmt",
        "TransactionStmt",
        "CreatedbStmt", "DropdbStmt", "CreateSchemaStmt", "GrantStmt", "CallStmt", "VariableSetStmt",
        "VariableShowStmt",
    ]

    /// Whether a dialect has such statements.
    static func isKnown(_ kind: String, to dialect: SQLDialect) -> Bool {
        switch dialect {
        case .postgreSQL: true
        case .mySQL, .mariaDB: common.contains(kind)
        case .sqlite:
            common.subtracting(["TruncateStmt", "GrantStmt", "CallStmt", "CreatedbStmt", "DropdbStmt"])
                .contains(kind)
        case .transactSQL: common.contains(kind) || kind == "MergeStmt"
        }
    }

    /// A kind as people write it: `CopyStmt` is `COPY`.
    static func words(_ kind: String) -> String {
        var words = ""
        for scalar in kind.unicodeScalars {
            if scalar.properties.isUppercase, !words.isEmpty { words += " " }
            words.unicodeScalars.append(scalar)
        }
        let parts = words.uppercased().split(separator: " ").filter { $0 != "STMT" }
        return parts.joined(separator: " ")
    }
}
