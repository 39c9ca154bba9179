import Assertions
import Diagnostics
import Evals
import JSON

/// `ragas/noise-sensitivity`: the share of the answer's statements that are wrong and come from the retrieved texts.
enum RagasNoiseSensitivity {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "ragas/noise-sensitivity",
            summary:
                "The share of the answer's statements that the case's `reference` does not support, but a relevant one "
                + "of the texts of its `context` does, is at most the threshold, which must be written. A text is "
                + "relevant when it supports a statement of the reference. Three calls to the judge, and two for each "
                + "different text.",
            family: .ragas, example: "{ragas/noise-sensitivity: 0.2, mode: irrelevant}",
            scoring: .lowerIsBetter(unit: "a share from 0 to 1", limit: nil), valueNeed: .none,
            shortValueIsThreshold: true,
            options: JudgedAssertion.options + [
                AssertionDescriptor.Option(
                    name: "mode", schema: ["enum": ["relevant", "irrelevant"]],
                    summary:
                        "Which texts the wrong statements come from: `relevant` ones (unless written), or `irrelevant` "
                        + "ones alone.")
            ],
            needs: JudgedAssertion.needs, judgePrompts: [RagasStatements.use, RagasCheck.support.use],
            compile: compile)
    ]

    /// Where a wrong statement of the answer comes from.
    private enum Origin: String {
        case relevant, irrelevant, neither
    }

    @Sendable
    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let limit = try RagasMetric.threshold(of: specification, example: "0.2")
        let mode = try OptionValue.word(
            "mode", of: specification, among: ["relevant", "irrelevant"], standard: "relevant")
        let name = specification.type
        return try JudgedAssertion.assertion(
            specification, rule: .atMost(limit),
            expected: "wrong statements from \(mode) texts, a share of at most \(Threshold.text(limit))"
        ) { (subject: Subject, judge: Judge) async throws(EvaluationError) -> Finding in
            let question = try RagasMetric.question(of: subject, for: name)
            let context = try RagasMetric.context(of: subject, for: name)
            let reference = try RagasMetric.reference(of: subject, for: name)
            let split = try await judge.ask(
                [subject.output, reference].map { RagasStatements.question(splitting: $0, to: question) })
            let (statements, truths) = (
                RagasStatements.statements(in: split[0]), RagasStatements.statements(in: split[1])
            )
            guard !statements.isEmpty, !truths.isEmpty else {
                throw RagasMetric.nothing(
                    "statement", in: statements.isEmpty ? "the answer" : "the reference",
                    hint: statements.isEmpty
                        ? "tell refusals apart with is-refusal"
                        : "write a reference that states what is right")
            }
            let check = RagasCheck.support
            var questions = [check.question(about: statements, texts: [("context", reference)])]
            for text in context {
                questions.append(check.question(about: truths, texts: [("context", text)]))
                questions.append(check.question(about: statements, texts: [("context", text)]))
            }
            let said = try await judge.ask(questions)
            let correct = check.verdicts(on: statements, in: said[0])
            var relevance: [Bool] = []
            var origins = statements.map { _ in Origin.neither }
            for index in context.indices {
                let isRelevant = check.verdicts(on: truths, in: said[2 * index + 1]).contains(where: \.holds)
                relevance.append(isRelevant)
                let supported = check.verdicts(on: statements, in: said[2 * index + 2])
                for (place, verdict) in supported.enumerated() where verdict.holds {
                    // One relevant text is enough, whatever irrelevant ones say too.
                    if isRelevant { origins[place] = .relevant }
                    if origins[place] == .neither { origins[place] = .irrelevant }
                }
            }
            return finding(
                correct, origins, relevance: relevance, mode: mode, prompts: (split + said).map(\.prompt))
        }.needingText
    }

    private static func finding(
        _ correct: [RagasVerdict], _ origins: [Origin], relevance: [Bool], mode: String, prompts: [String]
    ) -> Finding {
        let counted = zip(correct, origins).filter { !$0.holds && $1.rawValue == mode }.map(\.0.text)
        let measure = Double(counted.count) / Double(correct.count)
        let wrong = correct.count { !$0.holds }
        return Finding(
            measure: measure,
            reason: "\(counted.count) of \(correct.count) statements are wrong and come from \(mode) texts"
                + (counted.isEmpty ? "" : ": " + Excerpt.quoted(counted)),
            details: JSONObject([
                ("mode", .string(mode)), ("measure", .double(measure)),
                (
                    "statements",
                    .array(
                        zip(correct, origins).map { verdict, origin in
                            .object(pairs: [
                                ("text", .string(verdict.text)), ("correct", .bool(verdict.holds)),
                                ("reason", .string(verdict.reason)), ("from", .string(origin.rawValue)),
                            ])
                        })
                ),
                ("wrong", .integer(wrong)), ("counted", .integer(counted.count)),
                ("relevant_texts", .array(relevance.map { .bool($0) })),
            ]),
            prompts: prompts)
    }
}
