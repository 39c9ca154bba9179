import Evals
import JSON

/// `deepeval/faithfulness`: the share of the answer's claims that the retrieved texts do not contradict.
enum DeepEvalFaithfulness {
    /// The metric.
    static let metric = DeepEvalMetric(
        name: "deepeval/faithfulness",
        summary:
            "The share of the answer's claims that no fact of the retrieved texts contradicts reaches the threshold. A "
            + "claim that they do not speak of counts as faithful, unlike in `ragas/faithfulness` and `grounded`; no "
            + "claims give 1.",
        expected: "claims that the retrieved texts do not contradict", needsAnswerText: true,
        flags: [
            AssertionDescriptor.Option(
                name: penalty, schema: ["type": "boolean"],
                summary: "`true`: claims that the texts do not speak of count as unfaithful.")
        ],
        prompts: [
            JudgePromptUse(truths, variables: ["context", "tag"]),
            JudgePromptUse(claims, variables: ["answer", "tag"]),
            JudgePromptUse(verdicts, variables: ["truths", "claims", "tag"]),
        ], measure: finding)

    private static let penalty = "penalize_ambiguous_claims"
    private static let truths = "judge-deepeval-faithfulness-truths"
    private static let claims = "judge-deepeval-faithfulness-claims"
    private static let verdicts = "judge-deepeval-faithfulness-verdicts"
    private static let words = ["yes", "no", "idk"]

    @Sendable
    private static func finding(
        _ subject: Subject, _ judge: Judge, _ specification: AssertionSpecification
    ) async throws(EvaluationError) -> Finding {
        let context = try CaseTexts.context(of: subject, for: specification.writtenType)
        let claimed = try await StatementList.ask(judge, prompt: claims, texts: [("answer", subject.output)])
        guard !claimed.statements.isEmpty else {
            return Finding(
                measure: 1, reason: "the answer makes no claim: \(claimed.absence)",
                details: ["claims": [], "why_none": .string(claimed.absence)], prompts: [claimed.prompt])
        }
        // Without a fact nothing could be contradicted, and everything would pass.
        let known = try await StatementList.ask(
            judge, prompt: truths, texts: [("context", context.joined(separator: "\n\n"))], mayBeEmpty: false)
        let found = try await ItemVerdicts.ask(
            judge, prompt: verdicts, count: claimed.statements.count, things: "claims", words: words,
            texts: [
                ("truths", StatementList.numbered(known.statements)),
                ("claims", StatementList.numbered(claimed.statements)),
            ])
        let penalizes = DeepEvalMetric.isSet(penalty, in: specification)
        let isContradicted = found.count("no") > 0
        return Finding(
            measure: penalizes ? found.share("yes") : found.share("yes", "idk"),
            reason: found.summary(
                of: claimed.statements, things: "claims",
                [("yes", "supported"), ("no", "contradicted"), ("idk", "neither")],
                fault: isContradicted || !penalizes ? "no" : "idk"),
            details: [
                "truths": .array(known.statements.map { .string($0) }),
                "claims": found.details(of: claimed.statements, key: "claim"), "counts": found.counts(words),
            ],
            prompts: [claimed.prompt, known.prompt, found.prompt])
    }
}
