import Assertions
import Diagnostics
import Evals
import JSON

/// `factuality`: a judge says how the facts of the answer relate to those of a reference.
enum FactualityAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "factuality", aliases: ["model-graded-factuality"],
            summary:
                "A judge finds that the answer does not disagree with the reference (the value, or the case's `reference`). "
                + "It chooses: A, the answer says a part of the reference (score 0.4); B, all of it and more (0.6); C, the "
                + "same (1); D, the two disagree (0); E, they differ in what does not matter (1). Without a threshold a "
                + "choice passes whose score is above 0.",
            family: .judges, example: "factuality: Refunds take five working days.", valueNeed: .optional,
            valueSchema: ["type": "string", "minLength": 1],
            options: [
                AssertionDescriptor.Option(
                    name: "scores",
                    schema: [
                        "type": "object", "minProperties": 1,
                        "properties": .object(
                            JSONObject(
                                FactualRelation.allCases.map {
                                    ($0.rawValue, ["type": "number", "minimum": 0, "maximum": 1])
                                })),
                        "additionalProperties": false,
                    ],
                    summary: "Other scores for some of the choices: `{A: 1, B: 0}`.")
            ] + JudgedAssertion.options,
            needs: JudgedAssertion.needs,
            judgePrompts: [
                JudgePromptUse("judge-factuality", variables: ["question", "reference", "answer", "tag"])
            ],
            compile: compile)
    ]

    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let reference: String? =
            specification.value == nil
            ? nil
            : try JudgedValue.text(
                of: specification, "a reference", hint: "write what is true, or leave the value out")
        let scores = try scores(of: specification)
        var compiled = try JudgedAssertion.assertion(
            specification, rule: JudgedAssertion.rule(specification, otherwise: .verdict),
            expected: reference.map { "no disagreement with: \($0)" } ?? "no disagreement with the reference",
            valueIsReference: true
        ) { (subject: Subject, judge: Judge) async throws(EvaluationError) -> Finding in
            var own = subject
            if let reference { own.reference = reference }
            return try await finding(on: own, by: judge, scores: scores, type: specification.writtenType)
        }
        if specification.threshold == nil, !specification.isNegated, scores.values.allSatisfy({ $0 > 0 }) {
            compiled.vacuity = "every choice has a score above 0"
        }
        return compiled
    }

    private static func finding(
        on subject: Subject, by judge: Judge, scores: [FactualRelation: Double], type: String
    ) async throws(EvaluationError) -> Finding {
        let texts = JudgedTexts(of: subject)
        let question = texts.all.filter { $0.name == "question" }
        let verdict = try await judge.ask(
            JudgeQuestion(
                prompt: "judge-factuality",
                texts: question + (try texts.required(["reference", "answer"], by: type)),
                schema: VerdictSchema.reasoned(
                    "choice",
                    [
                        "type": "string",
                        "enum": .array(FactualRelation.allCases.map { .string($0.rawValue) }),
                    ])))
        guard let relation = verdict.value["choice"]?.string.flatMap({ FactualRelation(rawValue: $0) }),
            let score = scores[relation]
        else { throw EvaluationError(.judge, "the judge '\(judge.model.name)' made no choice") }
        let reason = verdict.value["reason"]?.string ?? ""
        return Finding(
            measure: score, passes: score > 0, reason: "\(relation.meaning): \(reason)",
            details: ["choice": .string(relation.rawValue), "meaning": .string(relation.meaning)],
            prompts: [verdict.prompt])
    }

    private static func scores(
        of specification: AssertionSpecification
    ) throws(DiagnosticError) -> [FactualRelation: Double] {
        var scores: [FactualRelation: Double] = [:]
        for relation in FactualRelation.allCases { scores[relation] = relation.standardScore }
        guard let written = specification.options["scores"] else { return scores }
        func mistake(_ message: String) -> Diagnostic {
            Diagnostic(
                "bad-value", message, at: specification.mark,
                hint: "write scores: {A: 1, B: 0}, each of A to E with a number from 0 to 1")
        }
        guard let members = written.object, !members.isEmpty else {
            throw DiagnosticError(mistake("the 'scores' of '\(specification.writtenType)' are no mapping"))
        }
        var mistakes: [Diagnostic] = []
        for (name, value) in members {
            guard let relation = FactualRelation(rawValue: name) else {
                mistakes.append(mistake("'scores' has no choice '\(name)'"))
                continue
            }
            if let score = value.double, (0...1).contains(score) {
                scores[relation] = score
            } else {
                mistakes.append(mistake("the score of '\(name)' is not a number from 0 to 1"))
            }
        }
        guard mistakes.isEmpty else { throw DiagnosticError(mistakes) }
        return scores
    }
}
