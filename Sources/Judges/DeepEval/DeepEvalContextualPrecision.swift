import Evals
import JSON
import Statistics

/// `deepeval/contextual-precision`: whether the retrieved texts that are of use stand before those that are not.
enum DeepEvalContextualPrecision {
    /// The metric.
    static let metric = DeepEvalMetric(
        name: "deepeval/contextual-precision",
        summary:
            "The average precision of the retrieved texts, each judged by whether it helps at all to arrive at the "
            + "reference, reaches the threshold: useful texts should stand before useless ones; no useful text gives 0.",
        expected: "retrieved texts of which the useful ones come first",
        prompts: [JudgePromptUse(verdicts, variables: ["question", "reference", "contexts", "tag"])],
        measure: finding)

    private static let verdicts = "judge-deepeval-contextual-precision"
    private static let words = ["yes", "no"]

    @Sendable
    private static func finding(
        _ subject: Subject, _ judge: Judge, _ specification: AssertionSpecification
    ) async throws(EvaluationError) -> Finding {
        let type = specification.writtenType
        let contexts = try CaseTexts.context(of: subject, for: type)
        let found = try await ItemVerdicts.ask(
            judge, prompt: verdicts, count: contexts.count, things: "contexts", words: words,
            texts: [
                ("question", try CaseTexts.question(of: subject, for: type)),
                ("reference", try CaseTexts.reference(of: subject, for: type)),
            ], lists: [("contexts", contexts)])
        return Finding(
            measure: AveragePrecision.score(found.entries.map { $0.verdict == "yes" }),
            reason: found.summary(
                of: contexts, things: "contexts", [("yes", "useful"), ("no", "useless")], fault: "no"),
            details: [
                "contexts": found.details(of: contexts, key: "context"), "counts": found.counts(words),
            ],
            prompts: [found.prompt])
    }
}
