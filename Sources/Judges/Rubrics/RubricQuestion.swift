import Evals
import JSON

/// One or several criteria that a judge is asked about in one call.
struct RubricQuestion: Sendable {
    /// The criteria, at least one, all different.
    let criteria: [String]
    /// What the judge says of each.
    let scale: RubricScale

    /// What a judge answered to it.
    struct Answer: Sendable {
        /// The verdict's value, whose form has been checked.
        let value: JSONValue
        /// The prompt used, `name@version`.
        let prompt: String
    }

    /// Asks a judge.
    func ask(_ judge: Judge, about subject: Subject) async throws(EvaluationError) -> Answer {
        let verdict = try await judge.ask(criteria.count == 1 ? single(subject) : several(subject))
        return Answer(value: verdict.value, prompt: verdict.prompt)
    }

    /// The verdicts that an answer holds, one for each criterion in order; an error when one is missing.
    func verdicts(in value: JSONValue) throws(EvaluationError) -> [CriterionVerdict] {
        let answers = criteria.count == 1 ? [value] : Self.answers(in: value, count: criteria.count)
        var verdicts: [CriterionVerdict] = []
        for (criterion, answer) in zip(criteria, answers ?? []) {
            guard let verdict = CriterionVerdict(on: criterion, in: answer, scale: scale) else { break }
            verdicts.append(verdict)
        }
        guard verdicts.count == criteria.count else {
            throw EvaluationError(.judge, "the judge gave no verdict on a criterion")
        }
        return verdicts
    }

    private func single(_ subject: Subject) -> JudgeQuestion {
        let scale = scale
        return JudgeQuestion(
            prompt: "judge-rubric",
            variables: [
                "rubric": .string(criteria[0]), "scale": .string(scale.instruction),
                "form": .string("{\"reason\": \"...\", \(scale.form)}"),
            ],
            texts: JudgedTexts(of: subject).all,
            schema: VerdictSchema.reasoned(scale.key, scale.schema),
            complaint: { scale.complaint(about: $0[scale.key]) })
    }

    private func several(_ subject: Subject) -> JudgeQuestion {
        let (scale, count) = (scale, criteria.count)
        let list = criteria.enumerated().map { "\($0.offset + 1). \($0.element)" }
        var properties: JSONObject = ["criterion": ["type": "integer"], "reason": ["type": "string"]]
        properties[scale.key] = scale.schema
        let verdict = VerdictSchema.object(properties)
        return JudgeQuestion(
            prompt: "judge-rubrics",
            variables: [
                "rubrics": .string(list.joined(separator: "\n")), "count": .integer(count),
                "scale": .string(scale.instruction),
                "form": .string(
                    "{\"verdicts\": [{\"criterion\": NUMBER, \"reason\": \"...\", \(scale.form)}, ...]}"),
            ],
            texts: JudgedTexts(of: subject).all,
            schema: VerdictSchema.object(["verdicts": ["type": "array", "items": verdict]]),
            complaint: { value in
                guard let answers = Self.answers(in: value, count: count) else {
                    return "there must be one verdict for each of the criteria 1 to \(count), and no other"
                }
                for (index, answer) in answers.enumerated() {
                    if let complaint = scale.complaint(about: answer[scale.key]) {
                        return "criterion \(index + 1): \(complaint)"
                    }
                }
                return nil
            })
    }

    /// The answers by the numbers of their criteria; nil unless each number from 1 to `count` is there once.
    private static func answers(in value: JSONValue, count: Int) -> [JSONValue]? {
        guard let given = value["verdicts"]?.array, given.count == count else { return nil }
        var answers = [JSONValue?](repeating: nil, count: count)
        for answer in given {
            guard let number = answer["criterion"]?.integer, (1...count).contains(number),
                answers[number - 1] == nil
            else { return nil }
            answers[number - 1] = answer
        }
        return answers.compactMap(\.self)
    }
}
