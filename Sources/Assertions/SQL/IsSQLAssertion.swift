import Diagnostics
import Evals
import SQL

/// `is-sql`: the whole answer is SQL of a kind of database, and touches nothing else than it may.
enum IsSQLAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "is-sql",
            summary:
                "The whole answer is SQL, one statement or several: MySQL by default, or the databaseType "
                + "named (MariaDB, PostgreSQL, SQLite, TransactSQL); with allowedTables and allowedColumns "
                + "(patterns of operation::owner::name, which must match as a whole) it touches nothing else.",
            family: .structure,
            example: "is-sql: {databaseType: PostgreSQL, allowedTables: ['select::null::(users|orders)']}",
            valueNeed: .optional, valueSchema: SQLExpectation.schema, compile: compile)
    ]

    @Sendable
    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let expectation = try SQLExpectation(specification)
        let expected = Excerpt.display(expectation.summary)
        return try YesNoRule.assertion(specification) { (subject: Subject) throws(EvaluationError) in
            let problem = try problem(subject.output, expectation)
            return Judgement(
                passed: problem == nil, reason: problem ?? "the answer is \(expectation.dialect.rawValue)",
                expected: expected, actual: Excerpt.display(subject.output))
        }
    }

    private static func problem(
        _ output: String, _ expectation: SQLExpectation
    ) throws(EvaluationError) -> String? {
        switch try parsed(output, expectation.dialect) {
        case .success(let script):
            return try expectation.offence(of: script).map { "the answer is SQL, but \($0)" }
        case .failure(let refusal):
            let name = expectation.dialect.rawValue
            let text = WhiteSpace.trimmed(output)
            if text.isEmpty { return "the answer is empty, which is not SQL" }
            if text.utf8.starts(with: "```".utf8) {
                return "the answer is not \(name): it begins with a code fence (```)"
            }
            let place = refusal.place(in: output).map { " (line \($0.line), column \($0.column))" } ?? ""
            return "the answer is not \(name): \(refusal.message)\(place)"
        }
    }

    /// The statements of a text; throws where it is too much to be parsed, since that is no failed expectation.
    static func parsed(
        _ text: String, _ dialect: SQLDialect
    ) throws(EvaluationError) -> Result<SQLScript, SQLRefusal> {
        do throws(SQLRefusal) { return .success(try SQLScript(text, dialect: dialect)) } catch {
            guard error.kind == .limit else { return .failure(error) }
            throw EvaluationError(
                .assertion, "the answer could not be parsed as SQL: \(error.message)",
                hint: "look at the answer: it may be SQL, but more than can be checked here")
        }
    }
}
