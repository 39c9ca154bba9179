import Assertions
import Diagnostics
import Evals
import JSON

/// `llm-rubric`: a judge says whether the answer meets a rubric.
enum RubricAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "llm-rubric", aliases: ["rubric"],
            summary: "A judge finds that the answer meets the rubric.",
            family: .judges, example: "rubric: Says what happens next, and is polite.",
            valueSchema: ["type": "string", "minLength": 1], options: JudgedAssertion.options,
            needs: JudgedAssertion.needs,
            judgePrompts: [
                JudgePromptUse(
                    "judge-rubric",
                    variables: ["rubric", "question", "context", "reference", "answer", "tag"])
            ],
            compile: compile)
    ]

    private static let schema: JSONValue = [
        "type": "object",
        "properties": ["reason": ["type": "string"], "pass": ["type": "boolean"]],
        "required": ["reason", "pass"], "additionalProperties": false,
    ]

    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        guard let rubric = specification.value?.string, !rubric.trimmed.isEmpty else {
            throw DiagnosticError(
                Diagnostic(
                    "bad-value", "'\(specification.writtenType)' needs a rubric", at: specification.valueMark,
                    hint: "write what a good answer does"))
        }
        return try JudgedAssertion.assertion(specification, rule: .verdict, expected: rubric) {
            (subject: Subject, judge: Judge) async throws(EvaluationError) -> Finding in
            let verdict = try await judge.ask(
                JudgeQuestion(
                    prompt: "judge-rubric", variables: ["rubric": .string(rubric)],
                    texts: JudgedTexts(of: subject).all, schema: schema))
            let passes = verdict.value["pass"]?.bool
            return Finding(
                measure: passes == true ? 1 : 0, passes: passes,
                reason: verdict.value["reason"]?.string ?? "", prompts: [verdict.prompt])
        }
    }
}
