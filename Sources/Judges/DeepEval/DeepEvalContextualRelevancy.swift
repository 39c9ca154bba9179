import Assertions
import Evals
import JSON

/// `deepeval/contextual-relevancy`: the share of what the retrieved texts say that has to do with the question.
enum DeepEvalContextualRelevancy {
    /// The metric.
    static let metric = DeepEvalMetric(
        name: "deepeval/contextual-relevancy",
        summary:
            "The share of the retrieved texts' statements that are relevant to the question reaches the threshold; no "
            + "statements give 0.",
        expected: "retrieved texts that have to do with the question",
        prompts: [JudgePromptUse(prompt, variables: ["question", "contexts", "tag"])], measure: finding)

    private static let prompt = "judge-deepeval-contextual-relevancy"

    private static let schema: JSONValue = {
        let statement = VerdictSchema.object([
            "statement": ["type": "string"], "reason": ["type": "string"],
            "verdict": ["type": "string", "enum": ["yes", "no"]],
        ])
        let context = VerdictSchema.object([
            "number": ["type": "integer"], "statements": ["type": "array", "items": statement],
        ])
        return VerdictSchema.object(["contexts": ["type": "array", "items": context]])
    }()

    @Sendable
    private static func finding(
        _ subject: Subject, _ judge: Judge, _ specification: AssertionSpecification
    ) async throws(EvaluationError) -> Finding {
        let type = specification.writtenType
        let contexts = try CaseTexts.context(of: subject, for: type)
        let question = try CaseTexts.question(of: subject, for: type)
        let verdict = try await judge.ask(
            JudgeQuestion(
                prompt: prompt, texts: [("question", question)], lists: [("contexts", contexts)],
                schema: schema
            ) { value in
                ItemNumbers.complaint(
                    about: value["contexts"], key: "number", count: contexts.count, things: "contexts")
            })
        let found = ItemNumbers.sorted(verdict.value["contexts"], key: "number")
        let statements = found.flatMap { $0["statements"]?.array ?? [] }
        let relevant = statements.count { $0["verdict"]?.string == "yes" }
        return Finding(
            measure: statements.isEmpty ? 0 : Double(relevant) / Double(statements.count),
            reason: reason(statements, relevant: relevant),
            details: [
                "contexts": .array(found),
                "counts": ["yes": .integer(relevant), "no": .integer(statements.count - relevant)],
            ],
            prompts: [verdict.prompt])
    }

    private static func reason(_ statements: [JSONValue], relevant: Int) -> String {
        guard !statements.isEmpty else { return "the retrieved texts state nothing" }
        let text = "\(relevant) of \(statements.count) statements of the retrieved texts are relevant"
        guard let beside = statements.first(where: { $0["verdict"]?.string == "no" }) else { return text }
        return text
            + "; \(Excerpt.quoted(beside["statement"]?.string ?? "")): \(beside["reason"]?.string ?? "")"
    }
}
