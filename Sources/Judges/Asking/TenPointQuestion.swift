import Evals
import JSON

/// A question that a judge answers with a reason and a whole number from 0 to 10.
struct TenPointQuestion: Sendable {
    /// The name of the judge prompt.
    let prompt: String
    /// Whether the judge's log probabilities are asked for, where its model is known to give them.
    var wantsLogprobs = false

    /// The numbers.
    static let scale = 0...10

    /// What a judge answered.
    struct Answer: Sendable {
        /// From 0 to 10.
        let score: Int
        /// Why.
        let reason: String
        /// The whole verdict.
        let verdict: Verdict
    }

    /// Asks a judge.
    func ask(
        _ judge: Judge, _ variables: JSONObject = [:], on texts: [(name: String, text: String)]
    ) async throws(EvaluationError) -> Answer {
        var question = JudgeQuestion(
            prompt: prompt, variables: variables, texts: texts,
            schema: VerdictSchema.reasoned("score", ["type": "integer"]),
            complaint: { Self.score(in: $0) == nil ? "\"score\" is not a whole number from 0 to 10" : nil })
        if wantsLogprobs, asksForLogprobs(judge) {
            question.parameters = ["logprobs": true, "top_logprobs": 20]
        }
        let verdict = try await judge.ask(question)
        guard let score = Self.score(in: verdict.value) else {
            throw EvaluationError(.judge, "the judge '\(judge.model.name)' gave no score")
        }
        return Answer(score: score, reason: verdict.value["reason"]?.string ?? "", verdict: verdict)
    }

    /// What the project has written for the judge stays as it is.
    private func asksForLogprobs(_ judge: Judge) -> Bool {
        judge.interview.desk.logprobModels.contains(judge.model.name)
            && judge.model.parameters["logprobs"] == nil && judge.model.parameters["top_logprobs"] == nil
    }

    private static func score(in verdict: JSONValue) -> Int? {
        verdict["score"]?.integer.flatMap { scale.contains($0) ? $0 : nil }
    }
}
