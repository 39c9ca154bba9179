import Diagnostics
import Evals
import XML

/// `is-xml`: the answer is one well-formed XML document, and has the elements that are asked for.
enum IsXMLAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "is-xml",
            summary:
                "The answer is one well-formed XML document without a DTD of its own, and has the elements "
                + "listed (paths from the root such as order.item.0.name).",
            family: .structure, example: "is-xml: [order.id, order.item.0.name]",
            valueNeed: .optional, valueSchema: XMLElementList.schema, compile: compile)
    ]

    @Sendable
    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let list = try XMLElementList(specification)
        let expected = Excerpt.display(list.summary)
        return try YesNoRule.assertion(specification) { (subject: Subject) throws(EvaluationError) in
            let actual = Excerpt.display(subject.output)
            switch try XMLAnswer.document(of: subject.output) {
            case .failure(let refusal):
                return Judgement(
                    passed: false, reason: XMLAnswer.complaint(refusal, about: subject), expected: expected,
                    actual: actual)
            case .success(let document):
                let missing = list.paths.filter { !document.has($0) }.map(\.source)
                return Judgement(
                    passed: missing.isEmpty,
                    reason: missing.isEmpty
                        ? "the answer is well-formed XML"
                            + (list.paths.isEmpty ? "" : " and has every element")
                        : "the answer is XML without \(Excerpt.quoted(missing))",
                    expected: expected, actual: actual)
            }
        }
    }
}
