import Diagnostics
import Evals
import JSON

/// `finish-reason`: why the model stopped.
enum FinishReasonAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "finish-reason", summary: "The model stopped for this reason; case does not count.",
            family: .measures, example: "finish-reason: stop",

            valueSchema: ["enum": .array(known.map { .string($0) })], compile: compile)
    ]

    /// The reasons that answers have, whatever the provider calls them.
    private static let known = ["stop", "length", "content_filter", "tool_calls"]

    @Sendable
    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let value = try ScalarText.required(specification)
        let wanted = value.string.map { String(decoding: CaseFolding.folded($0), as: UTF8.self) }
        // A misspelt reason would make `not-finish-reason` pass for ever.
        guard let wanted, known.contains(wanted) else {
            let given = value.string.map { "'\($0)'" } ?? ScalarText.article(value)
            throw DiagnosticError(
                Diagnostic(
                    "bad-value", "'\(specification.writtenType)' does not know the reason \(given)",
                    at: specification.valueMark, hint: Spelling.hint(for: value.string ?? "", among: known)))
        }
        return try YesNoRule.assertion(specification) { (subject: Subject) throws(EvaluationError) in
            guard let found = subject.reply.finishReason else {
                throw EvaluationError(
                    .assertion, "the answer has no finish reason",
                    hint: "answers of 'echo', and given ones without finish_reason, have none: "
                        + "take the assertion off these cases or give finish_reason")
            }
            let fits = CaseFolding.folded(found) == Array(wanted.utf8)
            return Judgement(
                passed: fits, reason: "the model stopped with \(Excerpt.quoted(found))", expected: wanted,
                actual: Excerpt.display(found))
        }
    }
}
