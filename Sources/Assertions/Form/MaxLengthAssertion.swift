import Diagnostics
import Evals
import JSON

/// `max-length`: the answer has at most so many Unicode code points.
enum MaxLengthAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "max-length", summary: "The answer has at most so many characters (Unicode code points).",
            family: .measures, example: "max-length: 280", valueSchema: ["type": "integer", "minimum": 0],
            compile: compile)
    ]

    @Sendable
    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let value = try ScalarText.required(specification)
        let text = value.string.map { WhiteSpace.trimmed($0) }
        guard let limit = value.integer ?? text.flatMap({ JSONNumber(text: $0)?.integer }), limit >= 0 else {
            throw DiagnosticError(
                Diagnostic(
                    "bad-value",
                    "'\(specification.writtenType)' takes a whole number of characters from 0 up",
                    at: specification.valueMark,
                    hint: "write \(specification.writtenType): 280; for a range there is character-count"))
        }
        return try YesNoRule.assertion(specification) { subject in
            let count = subject.output.unicodeScalars.count
            let fits = count <= limit
            return Judgement(
                passed: fits,
                reason: "the answer has \(count) characters, \(fits ? "within" : "more than") \(limit)",
                expected: "at most \(limit) characters", actual: "\(count) characters")
        }
    }
}
