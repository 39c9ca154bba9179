import Diagnostics
import Evals
import JSON

/// `ends-with`: the answer ends with a text.
enum EndsWithAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "ends-with", summary: "The answer ends with the text.",
            family: .text, example: "ends-with: '?'",

            valueSchema: ["type": ["string", "number", "boolean"]], compile: compile)
    ]

    @Sendable
    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let text = try ScalarText.value(of: specification)
        return try YesNoRule.assertion(
            specification, alwaysPasses: text.isEmpty ? "every answer ends with the empty text" : nil
        ) { subject in
            let fits = subject.output.utf8.reversed().starts(with: text.utf8.reversed())
            return Judgement(
                passed: fits,
                reason: "the answer \(fits ? "ends" : "does not end") with \(Excerpt.quoted(text))",
                expected: Excerpt.display(text), actual: Excerpt.display(subject.output))
        }
    }
}
