import Evals
import JSON

/// `deepeval/hallucination`: the share of the supplied texts that the answer contradicts.
enum DeepEvalHallucination {
    /// The metric.
    static let metric = DeepEvalMetric(
        name: "deepeval/hallucination",
        summary:
            "The share of the texts in `context`, each taken as true, that the answer contradicts is small enough; what "
            + "the answer leaves out is no contradiction.",
        expected: "an answer that agrees with the context", isLowerBetter: true, needsAnswerText: true,
        prompts: [JudgePromptUse(verdicts, variables: ["answer", "contexts", "tag"])], measure: finding)

    private static let verdicts = "judge-deepeval-hallucination"
    private static let words = ["yes", "no"]

    @Sendable
    private static func finding(
        _ subject: Subject, _ judge: Judge, _ specification: AssertionSpecification
    ) async throws(EvaluationError) -> Finding {
        let contexts = try CaseTexts.context(of: subject, for: specification.writtenType)
        let found = try await ItemVerdicts.ask(
            judge, prompt: verdicts, count: contexts.count, things: "contexts", words: words,
            texts: [("answer", subject.output)], lists: [("contexts", contexts)])
        return Finding(
            measure: found.share("no"),
            reason: found.summary(
                of: contexts, things: "contexts", [("yes", "agreed with"), ("no", "contradicted")],
                fault: "no"),
            details: [
                "contexts": found.details(of: contexts, key: "context"), "counts": found.counts(words),
            ],
            prompts: [found.prompt])
    }
}
