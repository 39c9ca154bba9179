import Diagnostics
import Evals
import JSON

/// `starts-with`: the answer begins with a text.
enum StartsWithAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "starts-with", summary: "The answer begins with the text.",
            family: .text, example: "starts-with: Dear",

            valueSchema: ["type": ["string", "number", "boolean"]], compile: compile)
    ]

    @Sendable
    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let text = try ScalarText.value(of: specification)
        return try YesNoRule.assertion(
            specification, alwaysPasses: text.isEmpty ? "every answer begins with the empty text" : nil
        ) { subject in
            let fits = subject.output.utf8.starts(with: text.utf8)
            return Judgement(
                passed: fits,
                reason: "the answer \(fits ? "begins" : "does not begin") with \(Excerpt.quoted(text))",
                expected: Excerpt.display(text), actual: Excerpt.display(subject.output))
        }
    }
}
