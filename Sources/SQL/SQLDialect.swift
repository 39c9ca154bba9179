/// A kind of database whose SQL is understood.
public enum SQLDialect: String, Sendable, Hashable, CaseIterable {
    /// MySQL 8.
    case mySQL = "MySQL"
    /// MariaDB 10.6 and newer: MySQL's spelling, and `RETURNING`.
    case mariaDB = "MariaDB"
    /// PostgreSQL 15, parsed by its own grammar.
    case postgreSQL = "PostgreSQL"
    /// SQLite 3.35 and newer.
    case sqlite = "SQLite"
    /// Microsoft SQL Server.
    case transactSQL = "TransactSQL"

    /// The dialect with a name, whatever the case of its letters; nil when there is none.
    public init?(named name: String) {
        let wanted = name.lowercased()
        switch wanted {
        case "postgres": self = .postgreSQL
        case "mssql", "sqlserver": self = .transactSQL
        default:
            guard let dialect = Self.allCases.first(where: { $0.rawValue.lowercased() == wanted }) else {
                return nil
            }
            self = dialect
        }
    }

    /// Whether it is MySQL or its sister.
    var isMySQL: Bool { self == .mySQL || self == .mariaDB }
}
