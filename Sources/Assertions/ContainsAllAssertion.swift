import Diagnostics
import Evals

/// `contains-all` and `icontains-all`: each of several texts stands in the answer.
enum ContainsAllAssertion {
    /// What the catalog holds.
    static let descriptors = [
        descriptor("contains-all", "Each of the texts stands in the answer.", ignoresCase: false),
        descriptor(
            "icontains-all", "Each of the texts stands in the answer; case does not count.", ignoresCase: true
        ),
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
            let expected = Excerpt.display("all of " + Excerpt.quoted(texts))
            return try YesNoRule.assertion(
                specification,
                alwaysPasses: texts.allSatisfy(\.isEmpty) ? "every answer contains the empty text" : nil
            ) { subject in
                let bytes = TextSearch.bytes(of: subject.output, ignoresCase: ignoresCase)
                let missing = searches.filter { !$0.isFound(in: bytes) }.map(\.text)
                return Judgement(
                    passed: missing.isEmpty,
                    reason: missing.isEmpty
                        ? "the answer contains \(Excerpt.quoted(texts))"
                        : "the answer does not contain \(Excerpt.quoted(missing))",
                    expected: expected, actual: Excerpt.display(subject.output))
            }
        }
    }
}
