import Evals
import JSON

/// `deepeval/contextual-recall`: the share of the reference that the retrieved texts cover.
enum DeepEvalContextualRecall {
    /// The metric.
    static let metric = DeepEvalMetric(
        name: "deepeval/contextual-recall",
        summary:
            "The share of the reference's sentences that can be attributed to the retrieved texts reaches the threshold.",
        expected: "retrieved texts that cover the reference",
        prompts: [
            JudgePromptUse(sentences, variables: ["reference", "tag"]),
            JudgePromptUse(verdicts, variables: ["contexts", "sentences", "tag"]),
        ], measure: finding)

    private static let sentences = "judge-deepeval-contextual-recall-sentences"
    private static let verdicts = "judge-deepeval-contextual-recall-verdicts"
    private static let words = ["yes", "no"]

    @Sendable
    private static func finding(
        _ subject: Subject, _ judge: Judge, _ specification: AssertionSpecification
    ) async throws(EvaluationError) -> Finding {
        let type = specification.writtenType
        let contexts = try CaseTexts.context(of: subject, for: type)
        let reference = try CaseTexts.reference(of: subject, for: type)
        let said = try await StatementList.ask(
            judge, prompt: sentences, texts: [("reference", reference)], mayBeEmpty: false)
        let found = try await ItemVerdicts.ask(
            judge, prompt: verdicts, count: said.statements.count, things: "sentences", words: words,
            texts: [("sentences", StatementList.numbered(said.statements))], lists: [("contexts", contexts)])
        return Finding(
            measure: found.share("yes"),
            reason: found.summary(
                of: said.statements, things: "sentences", [("yes", "covered"), ("no", "not covered")],
                fault: "no"),
            details: [
                "sentences": found.details(of: said.statements, key: "sentence"),
                "counts": found.counts(words),
            ],
            prompts: [said.prompt, found.prompt])
    }
}
