import Diagnostics
import Evals
import JSON

/// `levenshtein`: the answer is at most so many edits away from a text.
enum LevenshteinAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "levenshtein",
            summary:
                "The answer is at most `threshold` edits (default 5) away from the text: code points inserted, "
                + "deleted or replaced.",
            family: .similarity, example: "{levenshtein: Order 1234 confirmed, threshold: 3}",
            scoring: .lowerIsBetter(unit: "edits", limit: 5), valueSchema: ["type": "string"],
            compile: compile)
    ]

    @Sendable
    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        guard case .string(let text) = try ScalarText.required(specification) else {
            throw DiagnosticError(
                Diagnostic(
                    "bad-value",
                    "'\(specification.writtenType)' compares with a text, not with "
                        + ScalarText.article(specification.value ?? .null),
                    at: specification.valueMark, hint: "put the text in quotes"))
        }
        let limit = try limit(of: specification)
        let distance = EditDistance(text)
        let expected = Excerpt.display(text)
        return CompiledAssertion(specification) { (subject: Subject) throws(EvaluationError) in
            let found: String
            let passed: Bool
            switch distance.outcome(for: subject.output, limit: limit) {
            case .edits(let edits):
                (passed, found) = (true, "the answer is \(count(edits)) away from the text, within \(limit)")
            case .within: (passed, found) = (true, "the answer is at most \(count(limit)) away from the text")
            case .more:
                (passed, found) = (false, "the answer is more than \(count(limit)) away from the text")
            case .tooLong:
                throw EvaluationError(
                    .assertion, "the answer is too long to be compared within \(count(limit))",
                    hint: "a lower threshold, or rouge-l or overlap, can do it")
            }
            return Judgement(
                passed: passed, reason: found, expected: expected, actual: Excerpt.display(subject.output))
        }
    }

    private static func limit(of specification: AssertionSpecification) throws(DiagnosticError) -> Int {
        let threshold = specification.threshold ?? 5
        guard threshold >= 0, threshold <= 1e15, let limit = Int(exactly: threshold.rounded(.down)) else {
            throw DiagnosticError(
                Diagnostic(
                    "bad-threshold",
                    "the threshold of '\(specification.writtenType)' is not a number of edits from 0 up",
                    at: specification.valueMark, hint: "leave it out for 5, or write threshold: 3"))
        }
        return limit
    }

    private static func count(_ edits: Int) -> String { edits == 1 ? "1 edit" : "\(edits) edits" }
}
