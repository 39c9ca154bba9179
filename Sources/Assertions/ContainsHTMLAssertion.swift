import Diagnostics
import Evals

/// `contains-html`: the answer has at least two signs of HTML.
enum ContainsHTMLAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "contains-html",
            summary:
                "The answer has at least two signs of HTML: tags of elements that HTML knows or of custom "
                + "ones, attributes, character references, comments, a doctype.",
            family: .structure, example: "not-contains-html", valueNeed: .none, compile: compile)
    ]

    @Sendable
    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        try YesNoRule.assertion(specification) { (subject: Subject) throws(EvaluationError) in
            let signs = HTMLIndicators(subject.output)
            let passed = signs.count >= HTMLIndicators.needed
            let found = signs.first.map { " (\($0))" } ?? ""
            return Judgement(
                passed: passed,
                reason: passed
                    ? "the answer contains HTML\(found)"
                    : signs.count == 0
                        ? "the answer contains no HTML"
                        : "the answer has one sign of HTML only\(found), and \(HTMLIndicators.needed) are needed",
                expected: "HTML", actual: Excerpt.display(subject.output))
        }
    }
}
