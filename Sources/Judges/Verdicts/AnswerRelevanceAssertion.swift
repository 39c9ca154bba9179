import Assertions
import Diagnostics
import Evals
import JSON

/// `answer-relevance`: a judge says how relevant the answer is to the question.
enum AnswerRelevanceAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "answer-relevance",
            summary:
                "A judge says from 0 to 10 how relevant the answer is to the case's question, whether it is right or not; the "
                + "score is a tenth of it. No embeddings are compared, other than by metrics of a similar name.",
            family: .judges, example: "{type: answer-relevance, threshold: 0.8}",
            scoring: .higherIsBetter(threshold: standardThreshold), valueNeed: .none,
            options: JudgedAssertion.options, needs: JudgedAssertion.needs,
            judgePrompts: [
                JudgePromptUse("judge-answer-relevance", variables: ["question", "answer", "tag"])
            ],
            compile: compile)
    ]

    private static let standardThreshold = 0.7

    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        try JudgedAssertion.assertion(
            specification,
            rule: JudgedAssertion.rule(specification, otherwise: .atLeast(standardThreshold)),
            expected: "an answer to the question"
        ) { (subject: Subject, judge: Judge) async throws(EvaluationError) -> Finding in
            let texts = try JudgedTexts(of: subject).required(
                ["question", "answer"], by: specification.writtenType)
            let answer = try await TenPointQuestion(prompt: "judge-answer-relevance").ask(judge, on: texts)
            return Finding(
                measure: Double(answer.score) / 10, reason: answer.reason,
                details: ["score": .integer(answer.score)], prompts: [answer.verdict.prompt])
        }
    }
}
