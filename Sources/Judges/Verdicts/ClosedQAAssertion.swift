import Assertions
import Diagnostics
import Evals
import JSON

/// `closed-qa`: a judge says whether the answer to the question meets one criterion.
enum ClosedQAAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "closed-qa", aliases: ["model-graded-closedqa"],
            summary:
                "A judge finds that the answer to the case's question meets the criterion; it sees the question, the "
                + "criterion and the answer, and nothing else.",
            family: .judges, example: "closed-qa: Names a day on which the parcel arrives.",
            valueSchema: ["type": "string", "minLength": 1], options: JudgedAssertion.options,
            needs: JudgedAssertion.needs,
            judgePrompts: [
                JudgePromptUse("judge-closed-qa", variables: ["criterion", "question", "answer", "tag"])
            ],
            compile: compile)
    ]

    private static let question = YesNoQuestion(prompt: "judge-closed-qa", key: "pass")

    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let criterion = try JudgedValue.text(
            of: specification, "a criterion", hint: "write what a good answer does")
        return try JudgedAssertion.assertion(
            specification, rule: JudgedAssertion.rule(specification, otherwise: .verdict), expected: criterion
        ) { (subject: Subject, judge: Judge) async throws(EvaluationError) -> Finding in
            let texts = try JudgedTexts(of: subject).required(
                ["question", "answer"], by: specification.writtenType)
            return try await question.finding(["criterion": .string(criterion)], on: texts, by: judge)
        }
    }
}
