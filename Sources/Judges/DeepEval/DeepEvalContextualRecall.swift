import Assertions
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
        prompts: [JudgePromptUse(verdicts, variables: ["contexts", "sentences", "tag"])], measure: finding)

    private static let verdicts = "judge-deepeval-contextual-recall-verdicts"
    private static let words = ["yes", "no"]

    @Sendable
    private static func finding(
        _ subject: Subject, _ judge: Judge, _ specification: AssertionSpecification
    ) async throws(EvaluationError) -> Finding {
        let type = specification.writtenType
        let contexts = try CaseTexts.context(of: subject, for: type)
        let reference = try CaseTexts.reference(of: subject, for: type)
        // Split here and not by the judge, so that no sentence can get lost; one without an end is a whole.
        let found = SentenceCounter.sentences(in: reference)
        let sentences = found.isEmpty ? [reference] : found
        let said = try await ItemVerdicts.ask(
            judge, prompt: verdicts, count: sentences.count, things: "sentences", words: words,
            texts: [("sentences", StatementList.numbered(sentences))], lists: [("contexts", contexts)])
        return Finding(
            measure: said.share("yes"),
            reason: said.summary(
                of: sentences, things: "sentences", [("yes", "covered"), ("no", "not covered")],
                fault: "no"),
            details: [
                "sentences": said.details(of: sentences, key: "sentence"),
                "counts": said.counts(words),
            ],
            prompts: [said.prompt])
    }
}
