import Diagnostics
import Evals
import JSON

/// `contains` and `icontains`: a text stands in the answer.
enum ContainsAssertion {
    /// What the catalog holds.
    static let descriptors = [
        descriptor("contains", "The text stands in the answer.", ignoresCase: false),
        descriptor("icontains", "The text stands in the answer; case does not count.", ignoresCase: true),
    ]

    private static func descriptor(
        _ name: String, _ summary: String, ignoresCase: Bool
    ) -> AssertionDescriptor {
        AssertionDescriptor(
            name: name, summary: summary, family: .text, example: "\(name): refund",
            valueSchema: ["type": ["string", "number", "boolean"]]
        ) { (specification: AssertionSpecification) throws(DiagnosticError) in
            let text = try ScalarText.value(of: specification)
            let search = TextSearch(text, ignoresCase: ignoresCase)
            return try YesNoRule.assertion(
                specification, alwaysPasses: text.isEmpty ? "every answer contains the empty text" : nil
            ) { subject in
                let isFound = search.isFound(
                    in: TextSearch.bytes(of: subject.output, ignoresCase: ignoresCase))
                return Judgement(
                    passed: isFound,
                    reason: "the answer \(isFound ? "contains" : "does not contain") \(Excerpt.quoted(text))",
                    expected: Excerpt.display(text), actual: Excerpt.display(subject.output))
            }
        }
    }
}
