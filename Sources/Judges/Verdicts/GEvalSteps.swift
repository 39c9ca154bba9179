import Evals
import JSON

/// The steps of evaluation that a judge writes for criteria, before it sees any answer.
enum GEvalSteps {
    /// The name of the judge prompt.
    static let prompt = "judge-g-eval-steps"
    /// How many steps are taken: three or four are asked for, and a few more are no reason to give up.
    private static let counts = 1...10

    /// The steps, and the prompt that was used; a judge is asked once for the same criteria of one execution.
    static func made(
        for criteria: String, by judge: Judge
    ) async throws(EvaluationError) -> (steps: [String], prompt: String) {
        let key = "\(prompt)#\(judge.model.name)#\(criteria)"
        let made = try await judge.interview.once(key) { () async throws(EvaluationError) -> JSONValue in
            let verdict = try await judge.ask(
                JudgeQuestion(
                    prompt: prompt, variables: ["criteria": .string(criteria)], texts: [],
                    schema: VerdictSchema.object([
                        "steps": ["type": "array", "items": ["type": "string"]]
                    ]),
                    complaint: {
                        steps(in: $0) == nil ? "there must be three or four steps, none of them empty" : nil
                    }))
            return ["verdict": verdict.value, "prompt": .string(verdict.prompt)]
        }
        guard let steps = made["verdict"].flatMap(steps) else {
            throw EvaluationError(.judge, "the judge '\(judge.model.name)' wrote no steps")
        }
        return (steps, made["prompt"]?.string ?? "")
    }

    private static func steps(in verdict: JSONValue) -> [String]? {
        let steps = verdict["steps"]?.array?.compactMap { $0.string?.trimmed } ?? []
        return counts.contains(steps.count) && steps.allSatisfy { !$0.isEmpty } ? steps : nil
    }
}
