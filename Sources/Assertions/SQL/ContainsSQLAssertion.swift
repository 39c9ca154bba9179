import Diagnostics
import Evals
import SQL

/// `contains-sql`: SQL stands somewhere in the answer, and none of it touches more than it may.
enum ContainsSQLAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "contains-sql",
            summary:
                "SQL stands in the answer, in a code fence or in the text, where a statement begins with a "
                + "keyword in capitals or ends with ';'; databaseType (MySQL by default), allowedTables and "
                + "allowedColumns as for is-sql, and all SQL found has to keep to them.",
            family: .structure, example: "contains-sql: {databaseType: SQLite}",
            valueNeed: .optional, valueSchema: SQLExpectation.schema, compile: compile)
    ]

    @Sendable
    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let expectation = try SQLExpectation(specification)
        let expected = Excerpt.display(expectation.summary)
        return try YesNoRule.assertion(specification) { (subject: Subject) throws(EvaluationError) in
            let (passed, reason) = try verdict(subject.output, expectation)
            return Judgement(
                passed: passed, reason: reason, expected: expected, actual: Excerpt.display(subject.output))
        }
    }

    private static func verdict(
        _ output: String, _ expectation: SQLExpectation
    ) throws(EvaluationError) -> (passed: Bool, reason: String) {
        let name = expectation.dialect.rawValue
        let candidates = SQLCandidates(in: output)
        var count = 0
        var refusal: SQLRefusal?
        var limit: EvaluationError?
        for group in candidates.groups {
            for text in group {
                let outcome: Result<SQLScript, SQLRefusal>
                do throws(EvaluationError) {
                    outcome = try IsSQLAssertion.parsed(text, expectation.dialect)
                } catch {
                    limit = limit ?? error
                    continue
                }
                switch outcome {
                case .success(let script):
                    count += 1
                    if let offence = try expectation.offence(of: script) {
                        return (false, "the answer contains SQL, but \(offence)")
                    }
                case .failure(let failure):
                    if group.count == 1 || refusal == nil { refusal = refusal ?? failure }
                    continue
                }
                break
            }
        }
        if candidates.isCut {
            throw EvaluationError(
                .assertion,
                "the answer has too many places that look like SQL (more than \(SQLCandidates.maximumCount), or "
                    + "long ones inside each other)",
                hint: "look at the answer: it may hold SQL, but more than can be checked here")
        }
        // What could not be parsed may touch anything.
        if let limit { throw limit }
        if count > 0 { return (true, "the answer contains \(name)") }
        let why = refusal.map { ": \($0.message)" } ?? ""
        return (false, "the answer contains no \(name)\(why)")
    }
}
