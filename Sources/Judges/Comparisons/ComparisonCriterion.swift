import Diagnostics
import Evals
import JSON

/// What makes one text better than another: the value of assertions that compare.
enum ComparisonCriterion {
    /// The criterion of an assertion; a mistake when it has none.
    static func text(of specification: AssertionSpecification) throws(DiagnosticError) -> String {
        guard let text = specification.value?.string, !text.trimmed.isEmpty else {
            throw DiagnosticError(
                Diagnostic(
                    "bad-value", "'\(specification.writtenType)' needs a criterion",
                    at: specification.valueMark,
                    hint: "write what makes one answer better than another"))
        }
        return text
    }
}
