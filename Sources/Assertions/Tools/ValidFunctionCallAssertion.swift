import Diagnostics
import Evals
import JSON

/// `is-valid-function-call`: the answer is a call of one of the prompt's tools, with arguments that fit.
enum ValidFunctionCallAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "is-valid-function-call", aliases: ["is-valid-openai-function-call"],
            summary:
                "The answer calls one of the prompt's tools, and the arguments of each call fit its parameters.",
            family: .tools, example: "is-valid-function-call", valueNeed: .none, compile: compile)
    ]

    @Sendable
    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let schemas = ToolSchemas()
        return try YesNoRule.assertion(specification) { (subject: Subject) throws(EvaluationError) in
            let calls = ToolCallReader.calls(in: subject)
            if calls.isEmpty, let verdict = RemoteToolText(subject.output)?.judgement { return verdict }
            return try judgement(on: calls, subject, schemas, nothing: "the answer calls no function")
        }
    }

    /// The verdict on calls that must all be valid.
    static func judgement(
        on calls: [ToolCall], _ subject: Subject, _ schemas: ToolSchemas, nothing: String
    ) throws(EvaluationError) -> Judgement {
        let expected = "calls of the prompt's tools with fitting arguments"
        guard !calls.isEmpty else {
            return Judgement(
                passed: false, reason: nothing, expected: expected, actual: Excerpt.display(subject.output))
        }
        for call in calls {
            if let complaint = try schemas.complaint(about: call, tools: subject.tools) {
                return Judgement(
                    passed: false, reason: complaint, expected: expected, actual: ToolReport.display(calls))
            }
        }
        return Judgement(
            passed: true, reason: "\(ToolReport.names(calls)) called with arguments that fit",
            expected: expected,
            actual: ToolReport.display(calls))
    }
}
