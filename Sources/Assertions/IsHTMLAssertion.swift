import Diagnostics
import Evals

/// `is-html`: the whole answer is HTML, a page or a fragment.
enum IsHTMLAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "is-html",
            summary:
                "The whole answer is HTML: elements that HTML knows or custom ones, all closed, and no text "
                + "outside of them.",
            family: .structure, example: "is-html", valueNeed: .none, compile: compile)
    ]

    @Sendable
    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        try YesNoRule.assertion(specification) { (subject: Subject) throws(EvaluationError) in
            let problem = problem(subject.output)
            return Judgement(
                passed: problem == nil, reason: problem ?? "the answer is HTML", expected: "HTML alone",
                actual: Excerpt.display(subject.output))
        }
    }

    private static func problem(_ output: String) -> String? {
        let text = WhiteSpace.trimmed(output)
        if text.isEmpty { return "the answer is empty, which is not HTML" }
        if text.utf8.starts(with: "```".utf8) {
            return "the answer is not HTML: it begins with a code fence (```)"
        }
        if text.utf8.starts(with: "<?xml".utf8) {
            return "the answer is not HTML: it begins with an XML declaration"
        }
        return HTMLCheck.problem(in: text).map { "the answer is not HTML: \($0)" }
    }
}
