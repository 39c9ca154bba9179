import Evals
import JSON

/// `deepeval/answer-relevancy`: the share of the answer's statements that have to do with the question.
enum DeepEvalAnswerRelevancy {
    /// The metric.
    static let metric = DeepEvalMetric(
        name: "deepeval/answer-relevancy",
        summary:
            "The share of the answer's statements that are not beside the question reaches the threshold; a statement "
            + "of which that is open counts as relevant, and no statements give 1. No embeddings, unlike in "
            + "`ragas/answer-relevancy`.",
        expected: "statements that have to do with the question", needsAnswerText: true,
        prompts: [
            JudgePromptUse(statements, variables: ["answer", "tag"]),
            JudgePromptUse(verdicts, variables: ["question", "statements", "tag"]),
        ], measure: finding)

    private static let statements = "judge-deepeval-answer-relevancy-statements"
    private static let verdicts = "judge-deepeval-answer-relevancy-verdicts"
    private static let words = ["yes", "no", "idk"]

    @Sendable
    private static func finding(
        _ subject: Subject, _ judge: Judge, _ specification: AssertionSpecification
    ) async throws(EvaluationError) -> Finding {
        let question = try CaseTexts.question(of: subject, for: specification.writtenType)
        let said = try await StatementList.ask(judge, prompt: statements, texts: [("answer", subject.output)])
        guard !said.statements.isEmpty else {
            return Finding(
                measure: 1, reason: "the answer makes no statement: \(said.absence)",
                details: ["statements": [], "why_none": .string(said.absence)], prompts: [said.prompt])
        }
        let found = try await ItemVerdicts.ask(
            judge, prompt: verdicts, count: said.statements.count, things: "statements", words: words,
            texts: [("question", question), ("statements", StatementList.numbered(said.statements))])
        return Finding(
            measure: found.share("yes", "idk"),
            reason: found.summary(
                of: said.statements, things: "statements",
                [("yes", "relevant"), ("no", "irrelevant"), ("idk", "open")], fault: "no"),
            details: [
                "statements": found.details(of: said.statements, key: "statement"),
                "counts": found.counts(words),
            ],
            prompts: [said.prompt, found.prompt])
    }
}
