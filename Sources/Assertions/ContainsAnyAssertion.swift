import Diagnostics
import Evals

/// `contains-any` and `icontains-any`: at least one of several texts stands in the answer.
enum ContainsAnyAssertion {
    /// What the catalog holds.
    static let descriptors = [
        descriptor("contains-any", "At least one of the texts stands in the answer.", ignoresCase: false),
        descriptor(
            "icontains-any", "At least one of the texts stands in the answer; case does not count.",
            ignoresCase: true),
    ]

    private static func descriptor(
        _ name: String, _ summary: String, ignoresCase: Bool
    ) -> AssertionDescriptor {
        AssertionDescriptor(
            name: name, summary: summary, family: .text, example: "\(name): [refund, \"store credit\"]",
            valueSchema: TextList.schema
        ) {
            (specification: AssertionSpecification) throws(DiagnosticError) in
            let texts = try TextList(specification).texts
            let searches = texts.map { TextSearch($0, ignoresCase: ignoresCase) }
            let expected = Excerpt.display("any of " + Excerpt.quoted(texts))
            return try YesNoRule.assertion(
                specification,
                alwaysPasses: texts.contains("") ? "every answer contains the empty text" : nil
            ) { subject in
                let bytes = TextSearch.bytes(of: subject.output, ignoresCase: ignoresCase)
                let found = searches.first { $0.isFound(in: bytes) }?.text
                let reason =
                    found.map { "the answer contains \(Excerpt.quoted($0))" }
                    ?? "the answer contains none of \(Excerpt.quoted(texts))"
                return Judgement(
                    passed: found != nil, reason: reason, expected: expected,
                    actual: Excerpt.display(subject.output))
            }
        }
    }
}
