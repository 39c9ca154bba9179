import Diagnostics
import Evals
import JSON
import Patterns
import SQL

/// What `is-sql` and `contains-sql` are told: the kind of database, and what statements may touch.
struct SQLExpectation: Sendable {
    /// A right as it was written, and the pattern that it is.
    private struct Right: Sendable {
        var source: String
        var pattern: Pattern
    }

    /// The kind of database; MySQL where none is named.
    let dialect: SQLDialect
    private let tables: [Right]?
    private let columns: [Right]?

    /// The JSON Schema of such a value.
    static let schema: JSONValue = [
        "type": "object", "additionalProperties": false,
        "properties": [
            "databaseType": [
                "type": "string", "examples": .array(SQLDialect.allCases.map { .string($0.rawValue) }),
            ],
            "allowedTables": ["type": "array", "items": ["type": "string"]],
            "allowedColumns": ["type": "array", "items": ["type": "string"]],
        ],
    ]

    /// Reads the value of an assertion.
    init(_ specification: AssertionSpecification) throws(DiagnosticError) {
        guard let value = specification.value else {
            dialect = .mySQL
            tables = nil
            columns = nil
            return
        }
        guard case .object(let members) = value else {
            throw Self.mistake(
                "bad-value",
                "'\(specification.writtenType)' takes a mapping, not \(ScalarText.article(value))",
                specification, hint: "write {databaseType: MySQL}, or leave the value out")
        }
        let known = ["databaseType", "allowedTables", "allowedColumns"]
        for key in members.keys where !known.contains(key) {
            throw Self.mistake(
                "unknown-key", "unknown key '\(key)' in the value of '\(specification.writtenType)'",
                specification, hint: Spelling.hint(for: key, among: known))
        }
        switch members["databaseType"] {
        case nil: dialect = .mySQL
        case .string(let name)?:
            guard let dialect = SQLDialect(named: name) else {
                let names = SQLDialect.allCases.map(\.rawValue)
                throw Self.mistake(
                    "bad-value", "the databaseType '\(name)' is unknown", specification,
                    hint: Spelling.nearest(to: name, among: names).map { "did you mean '\($0)'?" }
                        ?? "known are \(names.joined(separator: ", "))")
            }
            self.dialect = dialect
        case let other?:
            throw Self.mistake(
                "bad-value", "'databaseType' is \(ScalarText.article(other)), not a text", specification,
                hint: "known are \(SQLDialect.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        tables = try Self.rights("allowedTables", members, specification)
        columns = try Self.rights("allowedColumns", members, specification)
    }

    private static func rights(
        _ key: String, _ members: JSONObject, _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> [Right]? {
        guard let value = members[key] else { return nil }
        let hint = "write a list of patterns such as select::null::users (operation::database::table)"
        guard case .array(let elements) = value else {
            throw mistake(
                "bad-value", "'\(key)' is \(ScalarText.article(value)), not a list", specification, hint: hint
            )
        }
        guard !elements.isEmpty else {
            throw mistake("empty-list", "'\(key)' allows nothing", specification, hint: hint)
        }
        var rights: [Right] = []
        for element in elements {
            guard case .string(let source) = element else {
                throw mistake(
                    "bad-value", "an element of '\(key)' is \(ScalarText.article(element)), not a text",
                    specification, hint: hint)
            }
            do throws(PatternError) {
                _ = try Pattern(source, dialect: .ecma262)
                // The whole right must match: a right to `users` is none to `users_private`.
                rights.append(
                    Right(
                        source: source,
                        pattern: try Pattern("^(?:\(source))$", options: .ignoreCase, dialect: .ecma262)))
            } catch {
                throw mistake("bad-pattern", "'\(source)' in '\(key)': \(error)", specification, hint: hint)
            }
        }
        return rights
    }

    /// What is expected, in words.
    var summary: String {
        var words = dialect.rawValue
        if let tables { words += " that needs only " + tables.map(\.source).joined(separator: ", ") }
        if let columns {
            words += tables == nil ? " that needs only " : ", "
            words += columns.map(\.source).joined(separator: ", ")
        }
        return words
    }

    /// What parsed SQL does that is not allowed, in words; nil when all of it is allowed.
    func offence(of script: SQLScript) throws(EvaluationError) -> String? {
        if tables != nil || columns != nil, let kind = script.opaqueKinds.first {
            return "it has a statement whose tables can't be told: \(kind)"
        }
        if let tables, let right = try Self.first(of: script.tables, beyond: tables) {
            return "it needs \(right), which allowedTables does not have"
        }
        if let columns, let right = try Self.first(of: script.columns, beyond: columns) {
            return "it needs \(right), which allowedColumns does not have"
        }
        return nil
    }

    private static func first(
        of wanted: [SQLAuthority], beyond rights: [Right]
    ) throws(EvaluationError) -> SQLAuthority? {
        for authority in wanted {
            var isAllowed = false
            for spelling in authority.spellings where !isAllowed {
                for right in rights where !isAllowed {
                    do throws(PatternError) {
                        isAllowed = try right.pattern.matches(spelling)
                    } catch {
                        throw EvaluationError(.assertion, error.message, hint: "a simpler pattern helps")
                    }
                }
            }
            if !isAllowed { return authority }
        }
        return nil
    }

    private static func mistake(
        _ id: String, _ message: String, _ specification: AssertionSpecification, hint: String?
    ) -> DiagnosticError {
        DiagnosticError(Diagnostic(id, message, at: specification.valueMark, hint: hint))
    }
}
