import Assertions
import Diagnostics
import Evals
import JSON

/// One assertion on one answer, as a row of a test's table.
struct Specimen: Sendable, CustomStringConvertible {
    /// The type without `not-`.
    var type: String
    /// The value.
    var value: JSONValue?
    /// The threshold.
    var threshold: Double?
    /// The path that is selected.
    var select: String?
    /// The XPath that is selected.
    var xpath: String?
    /// What is done to the answer first.
    var transform: [TransformStep] = []
    /// The type's own options.
    var options: JSONObject = [:]
    /// The answer.
    var answer = ""
    /// Whether `not-` stands before the type.
    var isNegated = false

    /// The row in the words of a suite.
    var description: String {
        "\(isNegated ? "not-" : "")\(type): \(value?.description ?? "-") on \(answer.debugDescription)"
    }

    /// The assertion as the loader would state it.
    var specification: AssertionSpecification {
        AssertionSpecification(
            type: type, isNegated: isNegated, value: value, threshold: threshold, select: select,
            xpath: xpath, transform: transform,
            options: options, mark: SourceMark(file: "a.suite.yaml", line: 3, column: 9),
            valueMark: SourceMark(file: "a.suite.yaml", line: 3, column: 15))
    }

    /// What becomes of it.
    func result() async throws -> AssertionResult {
        let assertion = try AssertionCatalog.standard.compile(specification)
        return await AssertionEvaluation.evaluate(assertion, on: Subject(reply: Reply(content: answer)))
    }

    /// The first mistake, when it does not compile.
    func mistake() -> Diagnostic? {
        do throws(DiagnosticError) {
            _ = try AssertionCatalog.standard.compile(specification)
            return nil
        } catch {
            return error.diagnostics.first
        }
    }

    /// Why it can never fail.
    func vacuity() throws -> String? { try AssertionCatalog.standard.compile(specification).vacuity }
}
