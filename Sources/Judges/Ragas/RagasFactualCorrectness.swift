import Assertions
import Diagnostics
import Evals
import JSON
import Statistics

/// `ragas/factual-correctness`: the claims of the answer and of the reference, each checked against the other text.
enum RagasFactualCorrectness {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "ragas/factual-correctness",
            summary:
                "The claims of the answer are checked against the case's `reference` and the other way round; their "
                + "F score, rounded to two digits as Ragas does, reaches the threshold, which must be written. An "
                + "answer without claims has the score 0. Four calls to the judge, two for precision.",
            family: .ragas, example: "{ragas/factual-correctness: 0.75, mode: f1, beta: 2}",
            scoring: .higherIsBetter(threshold: nil), valueNeed: .none, shortValueIsThreshold: true,
            options: JudgedAssertion.options + [
                AssertionDescriptor.Option(
                    name: "mode", schema: ["enum": ["f1", "precision", "recall"]],
                    summary:
                        "What is computed: the F score of both (unless written); the `precision`, how much of the "
                        + "answer is in the reference; or the `recall`, how much of the reference is in the answer."
                ),
                AssertionDescriptor.Option(
                    name: "beta", schema: ["type": "number", "exclusiveMinimum": 0, "maximum": 100],
                    summary:
                        "How many times as much as precision recall counts in the F score; 1 unless written."
                ),
            ],
            needs: JudgedAssertion.needs, judgePrompts: [RagasStatements.use, RagasCheck.support.use],
            compile: compile)
    ]

    @Sendable
    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let threshold = try RagasMetric.threshold(of: specification, example: "0.75")
        let mode = try OptionValue.word(
            "mode", of: specification, among: ["f1", "precision", "recall"], standard: "f1")
        let beta = try beta(of: specification, mode: mode)
        let name = specification.type
        return try JudgedAssertion.assertion(
            specification, rule: .atLeast(threshold),
            expected: "the claims of the reference, with a score of at least \(Threshold.text(threshold))"
        ) { (subject: Subject, judge: Judge) async throws(EvaluationError) -> Finding in
            let reference = try RagasMetric.reference(of: subject, for: name)
            // Precision is about the answer alone.
            let pairs = [(subject.output, reference), (reference, subject.output)]
                .prefix(mode == "precision" ? 1 : 2)
            let split = try await judge.ask(pairs.map { RagasStatements.question(splitting: $0.0) })
            let claims = split.map(RagasStatements.statements)
            if claims.count == 2, claims[1].isEmpty {
                throw RagasMetric.nothing(
                    "claim", in: "the reference", hint: "write a reference that states what is right")
            }
            let check = RagasCheck.support
            // Without claims there is nothing to ask.
            let asked = claims.indices.filter { !claims[$0].isEmpty }
            let said = try await judge.ask(
                asked.map { check.question(about: claims[$0], texts: [("context", pairs[$0].1)]) })
            var verdicts = claims.map { _ in [RagasVerdict]() }
            for (index, verdict) in zip(asked, said) {
                verdicts[index] = check.verdicts(on: claims[index], in: verdict)
            }
            return try finding(
                verdicts, mode: mode, beta: beta, prompts: (split + said).map(\.prompt))
        }.needingText
    }

    private static func finding(
        _ verdicts: [[RagasVerdict]], mode: String, beta: Double, prompts: [String]
    ) throws(EvaluationError) -> Finding {
        let answers = verdicts[0]
        let references = verdicts.dropFirst().first ?? []
        let positives = answers.count(where: \.holds)
        guard
            let counts = ClaimCounts(
                truePositives: positives, falsePositives: answers.count - positives,
                falseNegatives: references.count { !$0.holds }),
            let f = counts.fScore(beta: beta)
        else { throw EvaluationError(.judge, "the claims could not be counted") }
        let score =
            switch mode {
            case "precision": counts.precision
            case "recall": counts.recall
            default: f
            }
        var details = JSONObject([
            ("mode", .string(mode)),
            ("answer_claims", .array(answers.map { $0.json(RagasCheck.support.property) })),
        ])
        details["true_positives"] = .integer(counts.truePositives)
        details["false_positives"] = .integer(counts.falsePositives)
        var reason =
            "of \(answers.count) claims of the answer the reference supports \(counts.truePositives)"
        if mode != "precision" {
            details["reference_claims"] = .array(references.map { $0.json(RagasCheck.support.property) })
            details["false_negatives"] = .integer(counts.falseNegatives)
            reason +=
                ", of \(references.count) claims of the reference the answer lacks \(counts.falseNegatives)"
        }
        // To the even neighbor in the middle, as NumPy does.
        let rounded = (score * 100).rounded(.toNearestOrEven) / 100
        return Finding(measure: rounded, reason: reason, details: details, prompts: prompts)
    }

    private static func beta(
        of specification: AssertionSpecification, mode: String
    ) throws(DiagnosticError) -> Double {
        guard let written = specification.options["beta"] else { return 1 }
        guard let beta = written.double, beta > 0, beta <= 100 else {
            throw OptionValue.mistake(
                "'beta' of '\(specification.writtenType)' is not a number above 0 and up to 100",
                specification,
                hint: "write beta: 2 to let recall count twice as much, beta: 0.5 for precision")
        }
        guard mode == "f1" else {
            throw OptionValue.mistake(
                "'beta' weighs precision and recall, and the mode is '\(mode)'", specification,
                hint: "leave it out, or write mode: f1")
        }
        return beta
    }
}
