import Diagnostics
import Evals

/// `sentence-count`: how many sentences the answer has.
enum SentenceCountAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "sentence-count",
            summary:
                "The answer has so many sentences: they end at . ! ? … and their Chinese, Hindi and Arabic kin; not in "
                + "numbers, web addresses, usual abbreviations (e.g., Dr., z. B.) or before a small letter; a paragraph, heading or "
                + "list item without such an end is one sentence; code between fences does not count.",
            family: .measures, example: "sentence-count: {max: 3}", valueSchema: CountRange.schema,
            compile: compile)
    ]

    @Sendable
    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let range = try CountRange(specification)
        return try YesNoRule.assertion(specification, alwaysPasses: range.whyAlways) { subject in
            range.judgement(on: SentenceCounter.count(in: subject.output), things: "sentences")
        }
    }
}
