import Assertions
import Diagnostics
import Evals
import JSON

/// `ragas/answer-relevancy`: how near the question is to those that the answer seems to answer.
enum RagasAnswerRelevancy {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "ragas/answer-relevancy",
            summary:
                "From the answer alone a judge makes up questions; the mean cosine of their embeddings to that of the "
                + "case's question reaches the threshold, which must be written. The score is 0 when the mean is "
                + "negative, and when the answer is noncommittal for all of them. Whether the answer is true plays no "
                + "part. One call to the judge; asks the model for embeddings.",
            family: .ragas, example: "{ragas/answer-relevancy: 0.8, strictness: 3}",
            scoring: .higherIsBetter(threshold: nil), valueNeed: .none, shortValueIsThreshold: true,
            options: JudgedAssertion.options + [
                Embedder.option,
                AssertionDescriptor.Option(
                    name: "strictness", schema: ["type": "integer", "minimum": 1, "maximum": 10],
                    summary: "How many questions are made up; 3 unless written."),
            ],
            needs: { JudgedAssertion.needs($0) + [Embedder.need($0)] }, judgePrompts: [use],
            compile: compile)
    ]

    private static let use = JudgePromptUse(
        "judge-ragas-questions", variables: ["answer", "number", "tag"])

    private static let schema: JSONValue = [
        "type": "object",
        "properties": [
            "questions": [
                "type": "array",
                "items": [
                    "type": "object",
                    "properties": ["question": ["type": "string"], "noncommittal": ["type": "boolean"]],
                    "required": ["question", "noncommittal"], "additionalProperties": false,
                ],
            ]
        ],
        "required": ["questions"], "additionalProperties": false,
    ]

    @Sendable
    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let threshold = try RagasMetric.threshold(of: specification, example: "0.8")
        let number = try OptionValue.integer("strictness", of: specification, in: 1...10, standard: 3)
        let name = specification.type
        return try JudgedAssertion.assertion(
            specification, rule: .atLeast(threshold),
            expected: "an answer to the question, with a relevancy of at least \(Threshold.text(threshold))",
            usesEmbeddings: true
        ) { (subject: Subject, judge: Judge) async throws(EvaluationError) -> Finding in
            let question = try RagasMetric.question(of: subject, for: name)
            let embedder = try Embedder(specification, interview: judge.interview, label: judge.label)
            let verdict = try await judge.ask(
                JudgeQuestion(
                    prompt: use.name, variables: ["number": .integer(number)],
                    texts: [("answer", subject.output)], schema: schema
                ) { complaint(about: $0, number: number) })
            let generated = (verdict.value["questions"]?.array ?? []).map {
                (text: $0["question"]?.string ?? "", isNoncommittal: $0["noncommittal"]?.bool == true)
            }
            let noncommittal = generated.count(where: \.isNoncommittal)
            var details: JSONObject = [
                "embeddings": .string(embedder.model.name), "noncommittal": .integer(noncommittal),
            ]
            if noncommittal == generated.count {
                // The cosines would be multiplied by 0, so that nobody pays for them.
                details["questions"] = .array(
                    generated.map { ["question": .string($0.text), "noncommittal": true] })
                return Finding(
                    measure: 0, reason: "the answer is noncommittal", details: details,
                    prompts: [verdict.prompt])
            }
            let cosines = try await embedder.cosines(of: question, to: generated.map(\.text))
            details["questions"] = .array(
                zip(generated, cosines).map { generated, cosine in
                    .object(pairs: [
                        ("question", .string(generated.text)),
                        ("noncommittal", .bool(generated.isNoncommittal)),
                        ("cosine", .double(cosine)),
                    ])
                })
            let mean = cosines.reduce(0, +) / Double(cosines.count)
            details["mean_cosine"] = .double(mean)
            return Finding(
                measure: max(0, mean),
                reason: "the answer would answer: " + Excerpt.quoted(generated.map(\.text)), details: details,
                prompts: [verdict.prompt])
        }.needingText
    }

    private static func complaint(about verdict: JSONValue, number: Int) -> String? {
        let questions = verdict["questions"]?.array ?? []
        guard questions.count == number else {
            return "there are \(questions.count) questions, and \(number) were asked for"
        }
        return questions.contains { $0["question"]?.string?.trimmed.isEmpty != false }
            ? "one of the questions is empty" : nil
    }
}
