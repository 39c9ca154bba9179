import Assertions
import Diagnostics
import Evals
import JSON
import Statistics

/// `g-eval`: a judge follows steps of evaluation and gives a score from 0 to 10, after G-Eval of 2023.
enum GEvalAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "g-eval",
            summary:
                "A judge evaluates the answer by the criteria in steps, and gives a whole number from 0 to 10; the score is a "
                + "tenth of it. Without `steps` the judge writes them first, in a call of its own. Where its answer has log "
                + "probabilities the number is weighted by them; they are asked for where the judge is known to give them.",
            family: .judges,
            example: "{type: g-eval, value: The answer is coherent and complete., threshold: 0.8}",
            scoring: .higherIsBetter(threshold: standardThreshold),
            valueSchema: ["type": "string", "minLength": 1],
            options: [
                AssertionDescriptor.Option(
                    name: "steps",
                    schema: ["type": "array", "minItems": 1, "items": ["type": "string", "minLength": 1]],
                    summary: "The steps of the evaluation, in place of those that the judge would write.")
            ] + JudgedAssertion.options,
            needs: JudgedAssertion.needs,
            judgePrompts: [
                JudgePromptUse(GEvalSteps.prompt, variables: ["criteria", "tag"]),
                JudgePromptUse(
                    "judge-g-eval",
                    variables: ["criteria", "steps", "question", "context", "reference", "answer", "tag"]),
            ],
            compile: compile)
    ]

    private static let standardThreshold = 0.7

    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let criteria = try JudgedValue.text(
            of: specification, "criteria", hint: "write what makes an answer good")
        let steps = try writtenSteps(of: specification)
        return try JudgedAssertion.assertion(
            specification,
            rule: JudgedAssertion.rule(specification, otherwise: .atLeast(standardThreshold)),
            expected: criteria
        ) { (subject: Subject, judge: Judge) async throws(EvaluationError) -> Finding in
            var prompts: [String] = []
            let followed: [String]
            if let steps {
                followed = steps
            } else {
                let made = try await GEvalSteps.made(for: criteria, by: judge)
                followed = made.steps
                prompts.append(made.prompt)
            }
            let list = followed.enumerated().map { "\($0.offset + 1). \($0.element)" }
            let answer = try await TenPointQuestion(prompt: "judge-g-eval", wantsLogprobs: true).ask(
                judge,
                ["criteria": .string(criteria), "steps": .string(list.joined(separator: "\n"))],
                on: JudgedTexts(of: subject).all)
            return finding(answer, steps: followed, prompts: prompts + [answer.verdict.prompt])
        }
    }

    private static func writtenSteps(
        of specification: AssertionSpecification
    ) throws(DiagnosticError) -> [String]? {
        guard let list = specification.options["steps"] else { return nil }
        return try JudgedValue.texts(
            list, of: "'steps'", at: specification.mark,
            hint: "write steps: [first, second], or leave it out for steps that the judge writes")
    }

    private static func finding(
        _ answer: TenPointQuestion.Answer, steps: [String], prompts: [String]
    ) -> Finding {
        var details: JSONObject = [
            "steps": .array(steps.map { .string($0) }), "score": .integer(answer.score),
        ]
        var measure = Double(answer.score) / 10
        if let logprobs = answer.verdict.logprobs {
            let weighted = LikelyScores(in: logprobs, for: answer.score)?.weighted
            // A score that log probabilities don't show is the one that was written, and the reader is told.
            details["weighted_score"] = weighted.map { .double($0.value) } ?? .null
            measure = weighted?.normalized ?? measure
        }
        return Finding(measure: measure, reason: answer.reason, details: details, prompts: prompts)
    }
}
