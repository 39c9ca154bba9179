import JSON

/// Walks the trees of statements and notes what they do to tables and columns.
struct AuthorityWalk {
    /// What stands behind FROM and its like.
    struct Relation {
        /// The name by which columns refer to it, in lower case.
        var alias: String
        /// The table; nil for a subquery, a function, a WITH query.
        var table: String?
        /// The names of the columns of a subquery, where they are known.
        var outputs: Set<String> = []
    }

    /// What is known where an expression stands.
    struct Scope {
        /// The relations of the query and, behind them, of those around it.
        var levels: [[Relation]] = [[]]
        /// The names of WITH queries, in lower case.
        var queries: Set<String> = []
        /// Names that the select list gives, for ORDER BY and GROUP BY.
        var outputs: Set<String> = []

        /// The same with a level for an inner query.
        var inner: Scope { Scope(levels: [[]] + levels, queries: queries) }
    }

    private let dialect: SQLDialect
    /// The tables so far, each once.
    private(set) var tables: [SQLAuthority] = []
    /// The columns so far, each once.
    private(set) var columns: [SQLAuthority] = []
    /// The kinds of statements whose tables can't be told.
    private(set) var opaqueKinds: [String] = []
    private var seenTables: Set<SQLAuthority> = []
    private var seenColumns: Set<SQLAuthority> = []

    /// Prepares a walk.
    init(dialect: SQLDialect) { self.dialect = dialect }

    /// Notes what a statement does.
    mutating func visit(_ kind: String, _ statement: JSONValue) { visit(kind, statement, Scope()) }

    private mutating func visit(_ kind: String, _ statement: JSONValue, _ scope: Scope) {
        switch kind {
        case "SelectStmt": visitSelect(statement, scope.inner)
        case "InsertStmt": visitInsert(statement, scope.inner)
        case "UpdateStmt": visitUpdate(statement, scope.inner)
        case "DeleteStmt": visitDelete(statement, scope.inner)
        case "MergeStmt": visitMerge(statement, scope.inner)
        case "CreateStmt":
            note(table: statement["relation"], "create")
            visitExpressions(statement["tableElts"], scope, operation: "create")
        case "CreateTableAsStmt":
            note(table: statement["into"]?["rel"], "create")
            visitNode(statement["query"], scope)
        case "ViewStmt":
            note(table: statement["view"], "create")
            visitNode(statement["query"], scope)
        case "TruncateStmt":
            for relation in statement["relations"]?.array ?? [] {
                note(table: relation["RangeVar"], "truncate")
            }
        case "AlterTableStmt": note(table: statement["relation"], "alter")
        case "IndexStmt": note(table: statement["relation"], "create")
        case "RenameStmt" where statement["relation"] != nil: note(table: statement["relation"], "alter")
        case "DropStmt": visitDrop(statement)
        case "ExplainStmt": visitNode(statement["query"], scope)
        case "TransactionStmt", "VariableSetStmt", "VariableShowStmt": break
        default: noteOpaque(StatementKinds.words(kind))
        }
    }

    /// Visits a node `{KIND: …}` that is a statement.
    private mutating func visitNode(_ node: JSONValue?, _ scope: Scope) {
        guard case .object(let members)? = node else { return }
        for (kind, statement) in members { visit(kind, statement, scope) }
    }

    private mutating func noteOpaque(_ kind: String) {
        if !opaqueKinds.contains(kind) { opaqueKinds.append(kind) }
    }

    private mutating func visitDrop(_ statement: JSONValue) {
        guard ["OBJECT_TABLE", "OBJECT_VIEW", "OBJECT_MATVIEW"].contains(statement["removeType"]?.string)
        else {
            noteOpaque("DROP of something else than a table")
            return
        }
        for object in statement["objects"]?.array ?? [] {
            let parts = (object["List"]?["items"]?.array ?? []).compactMap { $0["String"]?["sval"]?.string }
            guard let name = parts.last else { continue }
            let owner = parts.count > 1 ? parts.dropLast().joined(separator: ".") : nil
            add(table: SQLAuthority(operation: "drop", owners: [owner], name: name))
        }
    }

    // MARK: Queries

    private mutating func visitSelect(_ select: JSONValue, _ outer: Scope) {
        var scope = outer
        visitWith(select["withClause"], &scope)
        if let left = select["larg"], let right = select["rarg"] {
            visitSelect(left, scope.inner)
            visitSelect(right, scope.inner)
            return
        }
        for relation in select["fromClause"]?.array ?? [] { visitFrom(relation, &scope, operation: "select") }
        if let into = select["intoClause"]?["rel"] { note(table: into, "create") }
        for target in select["targetList"]?.array ?? [] {
            if let name = target["ResTarget"]?["name"]?.string { scope.outputs.insert(name.lowercased()) }
        }
        var plain = scope
        plain.outputs = []
        for key in ["targetList", "whereClause", "valuesLists", "windowClause", "limitCount", "limitOffset"] {
            visitExpressions(select[key], plain)
        }
        // The alias of a column may stand in HAVING but for PostgreSQL and SQL Server.
        let knowsAliases = dialect.isMySQL || dialect == .sqlite
        visitExpressions(select["havingClause"], knowsAliases ? scope : plain)
        for element in (select["sortClause"]?.array ?? []).compactMap({ $0["SortBy"]?["node"] })
            + (select["groupClause"]?.array ?? [])
        {
            if let name = StatementTree.bareName(element), scope.outputs.contains(name) { continue }
            visitExpressions(element, plain)
        }
        visitExpressions(select["distinctClause"], plain)
    }

    private mutating func visitWith(_ with: JSONValue?, _ scope: inout Scope) {
        let queries = (with?["ctes"]?.array ?? []).compactMap { $0["CommonTableExpr"] }
        let isRecursive = with?["recursive"] == true
        for query in queries {
            let name = query["ctename"]?.string?.lowercased() ?? ""
            if isRecursive || dialect.isMySQL || dialect == .sqlite || dialect == .transactSQL {
                // Its own name may be meant only where it is recursive; elsewhere a table of that name is.
                if StatementTree.refersToItself(query, name), isRecursive || dialect == .transactSQL {
                    scope.queries.insert(name)
                }
            }
            visitNode(query["ctequery"], scope)
            scope.queries.insert(name)
        }
    }

    private mutating func visitInsert(_ insert: JSONValue, _ outer: Scope) {
        var scope = outer
        visitWith(insert["withClause"], &scope)
        let relation = insert["relation"]
        note(table: relation, "insert")
        let table = relation?["relname"]?.string
        let names = (insert["cols"]?.array ?? []).compactMap { $0["ResTarget"]?["name"]?.string }
        for name in names.isEmpty ? ["(.*)"] : names {
            add(column: SQLAuthority(operation: "insert", owners: [table], name: name))
        }
        visitNode(insert["selectStmt"], scope)
        add(relation, to: &scope)
        if let conflict = insert["onConflictClause"] {
            visitAssignments(conflict["targetList"], table, scope)
            visitExpressions(conflict["whereClause"], scope)
        }
        visitExpressions(insert["returningList"], scope)
    }

    private mutating func visitUpdate(_ update: JSONValue, _ outer: Scope) {
        var scope = outer
        visitWith(update["withClause"], &scope)
        let target = update["relation"]
        var relations: [JSONValue] = update["fromClause"]?.array ?? []
        // `UPDATE a JOIN b …` of MySQL has its target among the joined; what is only an alias is looked up there.
        let real =
            dialect == .postgreSQL ? target : StatementTree.table(aliased: target, among: relations) ?? target
        note(table: real, "update")
        add(target, table: real, to: &scope)
        if dialect != .postgreSQL { relations = relations.map { StatementTree.without(real, in: $0) } }
        for relation in relations { visitFrom(relation, &scope, operation: "select") }
        visitAssignments(update["targetList"], real?["relname"]?.string, scope)
        visitExpressions(update["whereClause"], scope)
        visitExpressions(update["returningList"], scope)
    }

    private mutating func visitDelete(_ delete: JSONValue, _ outer: Scope) {
        var scope = outer
        visitWith(delete["withClause"], &scope)
        let target = delete["relation"]
        var relations: [JSONValue] = delete["usingClause"]?.array ?? []
        let real =
            dialect == .postgreSQL ? target : StatementTree.table(aliased: target, among: relations) ?? target
        note(table: real, "delete")
        add(column: SQLAuthority(operation: "delete", owners: [real?["relname"]?.string], name: "(.*)"))
        add(target, table: real, to: &scope)
        if dialect != .postgreSQL { relations = relations.map { StatementTree.without(real, in: $0) } }
        for relation in relations { visitFrom(relation, &scope, operation: "select") }
        visitExpressions(delete["whereClause"], scope)
        visitExpressions(delete["returningList"], scope)
    }

    private mutating func visitMerge(_ merge: JSONValue, _ outer: Scope) {
        var scope = outer
        visitWith(merge["withClause"], &scope)
        let target = merge["relation"]
        let table = target?["relname"]?.string
        add(target, to: &scope)
        if let source = merge["sourceRelation"] { visitFrom(source, &scope, operation: "select") }
        visitExpressions(merge["joinCondition"], scope)
        for clause in (merge["mergeWhenClauses"]?.array ?? []).compactMap({ $0["MergeWhenClause"] }) {
            let operation: String
            switch clause["commandType"]?.string {
            case "CMD_INSERT": operation = "insert"
            case "CMD_UPDATE": operation = "update"
            case "CMD_DELETE": operation = "delete"
            default: continue
            }
            note(table: target, operation)
            if operation == "delete" {
                add(column: SQLAuthority(operation: operation, owners: [table], name: "(.*)"))
            }
            visitAssignments(clause["targetList"], table, scope, operation: operation)
            visitExpressions(clause["condition"], scope)
            visitExpressions(clause["values"], scope)
        }
    }

    /// `SET a = …`: the columns are written, what stands behind them is read.
    private mutating func visitAssignments(
        _ list: JSONValue?, _ table: String?, _ scope: Scope, operation: String = "update"
    ) {
        for target in (list?.array ?? []).compactMap({ $0["ResTarget"] }) {
            var name = target["name"]?.string
            var owner = table
            // `SET a.x = 1`: to PostgreSQL a part of the column a, to others the column x of the table a.
            if dialect != .postgreSQL,
                let part = target["indirection"]?.array?.last?["String"]?["sval"]?.string
            {
                if let alias = name?.lowercased(),
                    let relation = scope.levels[0].first(where: { $0.alias == alias }),
                    let real = relation.table
                {
                    owner = real
                }
                name = part
            }
            if let name { add(column: SQLAuthority(operation: operation, owners: [nil, owner], name: name)) }
            visitExpressions(target["val"], scope)
        }
    }

    // MARK: Relations

    private mutating func visitFrom(_ node: JSONValue, _ scope: inout Scope, operation: String) {
        guard case .object(let members) = node else { return }
        for (kind, relation) in members {
            switch kind {
            case "RangeVar":
                let name = relation["relname"]?.string ?? ""
                let isQuery = relation["schemaname"] == nil && scope.queries.contains(name.lowercased())
                if isQuery {
                    scope.levels[0].append(
                        Relation(alias: StatementTree.alias(of: relation) ?? name.lowercased(), table: nil))
                } else {
                    let isDummy = dialect.isMySQL && name.lowercased() == "dual"
                    if !isDummy { note(table: relation, operation) }
                    add(relation, to: &scope)
                }
            case "JoinExpr":
                if let left = relation["larg"] { visitFrom(left, &scope, operation: operation) }
                if let right = relation["rarg"] { visitFrom(right, &scope, operation: operation) }
                visitExpressions(relation["quals"], scope)
                for name in (relation["usingClause"]?.array ?? []).compactMap({
                    $0["String"]?["sval"]?.string
                }) {
                    note(column: name, qualifier: nil, scope)
                }
            case "RangeSubselect":
                visitNode(relation["subquery"], scope)
                let targets = relation["subquery"]?["SelectStmt"]?["targetList"]?.array ?? []
                let outputs = targets.compactMap { target -> String? in
                    let result = target["ResTarget"]
                    return (result?["name"]?.string ?? result?["val"].flatMap(StatementTree.lastName))?
                        .lowercased()
                }
                scope.levels[0].append(
                    Relation(
                        alias: StatementTree.alias(of: relation) ?? "", table: nil, outputs: Set(outputs)))
            default:
                visitExpressions(relation, scope)
                scope.levels[0].append(Relation(alias: StatementTree.alias(of: relation) ?? "", table: nil))
            }
        }
    }

    private func add(_ relation: JSONValue?, table: JSONValue? = nil, to scope: inout Scope) {
        guard let relation, let name = relation["relname"]?.string else { return }
        scope.levels[0].append(
            Relation(
                alias: StatementTree.alias(of: relation) ?? name.lowercased(),
                table: (table ?? relation)["relname"]?.string))
    }

    // MARK: Expressions

    private mutating func visitExpressions(_ node: JSONValue?, _ scope: Scope, operation: String = "select") {
        switch node {
        case .array(let elements)?:
            for element in elements { visitExpressions(element, scope, operation: operation) }
        case .object(let members)?:
            for (key, value) in members {
                switch key {
                case "ColumnRef": visitColumn(value, scope)
                case "SelectStmt": visitSelect(value, scope.inner)
                case "subselect", "subquery": visitNode(value, scope)
                case "RangeVar": note(table: value, operation)
                case "pktable": note(table: value, "references")
                default: visitExpressions(value, scope, operation: operation)
                }
            }
        default: break
        }
    }

    private mutating func visitColumn(_ column: JSONValue, _ scope: Scope) {
        var parts: [String] = []
        for field in column["fields"]?.array ?? [] {
            parts.append(field["A_Star"] != nil ? "(.*)" : field["String"]?["sval"]?.string ?? "")
        }
        guard let name = parts.last else { return }
        note(column: name, qualifier: parts.count > 1 ? parts[parts.count - 2] : nil, scope)
    }

    private mutating func note(column name: String, qualifier: String?, _ scope: Scope) {
        if let qualifier {
            let wanted = qualifier.lowercased()
            for level in scope.levels {
                guard let relation = level.first(where: { $0.alias == wanted }) else { continue }
                guard let table = relation.table else { return }
                add(column: SQLAuthority(operation: "select", owners: [table], name: name))
                return
            }
            // The new row of an INSERT, and the changed rows of OUTPUT.
            guard !["excluded", "inserted", "deleted"].contains(wanted) else { return }
            add(column: SQLAuthority(operation: "select", owners: [qualifier], name: name))
            return
        }
        guard !scope.outputs.contains(name.lowercased()) else { return }
        let relations = scope.levels.first { !$0.isEmpty } ?? []
        let tables = relations.compactMap(\.table)
        if tables.isEmpty, !relations.isEmpty { return }
        if name != "(.*)", relations.contains(where: { $0.outputs.contains(name.lowercased()) }) { return }
        add(column: SQLAuthority(operation: "select", owners: [nil] + tables, name: name))
    }

    // MARK: Notes

    private mutating func note(table relation: JSONValue?, _ operation: String) {
        guard let relation, let name = relation["relname"]?.string else { return }
        let owner = [relation["catalogname"]?.string, relation["schemaname"]?.string].compactMap(\.self)
            .joined(separator: ".")
        add(table: SQLAuthority(operation: operation, owners: [owner.isEmpty ? nil : owner], name: name))
    }

    private mutating func add(table: SQLAuthority) {
        if seenTables.insert(table).inserted { tables.append(table) }
    }

    private mutating func add(column: SQLAuthority) {
        if seenColumns.insert(column).inserted { columns.append(column) }
    }
}
