import Evals
import JSON

/// A question that a judge answers with a reason and yes or no.
struct YesNoQuestion: Sendable {
    /// The name of the judge prompt.
    let prompt: String
    /// The member of the verdict that says yes (`true`) or no.
    let key: String

    /// What the judge finds; yes passes.
    func finding(
        _ variables: JSONObject = [:], on texts: [(name: String, text: String)], by judge: Judge
    ) async throws(EvaluationError) -> Finding {
        let verdict = try await judge.ask(
            JudgeQuestion(
                prompt: prompt, variables: variables, texts: texts,
                schema: VerdictSchema.reasoned(key, ["type": "boolean"])))
        guard let isYes = verdict.value[key]?.bool else {
            throw EvaluationError(.judge, "the judge '\(judge.model.name)' said neither yes nor no")
        }
        return Finding(
            measure: isYes ? 1 : 0, passes: isYes, reason: verdict.value["reason"]?.string ?? "",
            prompts: [verdict.prompt])
    }
}
