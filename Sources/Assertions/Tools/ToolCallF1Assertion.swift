import Diagnostics
import Evals

/// `tool-call-f1`: how well the set of called tools and the set of expected ones agree.
enum ToolCallF1Assertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "tool-call-f1",
            summary: "F1 of the called tools against the expected ones, as sets of names.",
            family: .tools, example: "tool-call-f1: [get_weather, book_flight]",
            scoring: .higherIsBetter(threshold: 1), valueSchema: TextList.schema, compile: compile)
    ]

    @Sendable
    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let expected = Set(try TextList(specification).texts)
        let shown = "calls of " + Excerpt.quoted(expected.sorted())
        return try ScoreRule.assertion(specification, defaultThreshold: 1, expected: shown) { subject in
            let called = Set(ToolCallReader.calls(in: subject).map(\.name))
            let common = Double(called.intersection(expected).count)
            // F1 = 2·TP / (2·TP + FP + FN) = 2·|common| / (|called| + |expected|).
            let score = 2 * common / Double(called.count + expected.count)
            let names =
                called.isEmpty ? "no tool was called" : "called were \(Excerpt.quoted(called.sorted()))"
            return ScoreRule.Finding(score: score, detail: names)
        }
    }
}
