import Assertions
import Diagnostics
import Evals
import JSON
import Statistics

/// `ragas/context-precision`: whether the useful ones of the retrieved texts stand at the top.
enum RagasContextPrecision {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "ragas/context-precision",
            summary:
                "The retrieved texts that are useful for arriving at the `reference`, or at the answer, stand before "
                + "the others: the average precision of the ranking in the case's `context` reaches the threshold, "
                + "which must be written; 0 when none is useful. One call to the judge for each different text.",
            family: .ragas, example: "ragas/context-precision: 0.7",
            scoring: .higherIsBetter(threshold: nil), valueNeed: .none, shortValueIsThreshold: true,
            options: JudgedAssertion.options + [
                AssertionDescriptor.Option(
                    name: "against", schema: ["enum": ["reference", "answer"]],
                    summary:
                        "What the texts are to be useful for: the case's `reference` (unless written), or the answer "
                        + "itself, for cases without a reference.")
            ],
            needs: JudgedAssertion.needs, judgePrompts: [use], compile: compile)
    ]

    private static let use = JudgePromptUse(
        "judge-ragas-usefulness", variables: ["question", "target", "context", "tag"])

    private static let schema: JSONValue = [
        "type": "object", "properties": ["reason": ["type": "string"], "useful": ["type": "boolean"]],
        "required": ["reason", "useful"], "additionalProperties": false,
    ]

    @Sendable
    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let threshold = try RagasMetric.threshold(of: specification, example: "0.7")
        let against = try OptionValue.word(
            "against", of: specification, among: ["reference", "answer"], standard: "reference")
        let name = specification.type
        let compiled = try JudgedAssertion.assertion(
            specification, rule: .atLeast(threshold),
            expected: "useful texts at the top, with a precision of at least \(Threshold.text(threshold))"
        ) { (subject: Subject, judge: Judge) async throws(EvaluationError) -> Finding in
            let question = try RagasMetric.question(of: subject, for: name)
            let context = try RagasMetric.context(of: subject, for: name)
            let target =
                against == "answer" ? subject.output : try RagasMetric.reference(of: subject, for: name)
            let said = try await judge.ask(
                context.map {
                    JudgeQuestion(
                        prompt: use.name,
                        texts: [("question", question), ("target", target), ("context", $0)], schema: schema)
                })
            let verdicts = zip(context, said).map { text, verdict in
                RagasVerdict(
                    text: text, holds: verdict.value["useful"]?.bool == true,
                    reason: verdict.value["reason"]?.string ?? "")
            }
            var finding = RagasMetric.share(
                of: verdicts, property: "useful", opposite: "useless", things: "texts",
                relation: "are useful",
                prompts: said.map(\.prompt))
            finding.measure = AveragePrecision.score(verdicts.map(\.holds))
            finding.details["against"] = .string(against)
            return finding
        }
        return against == "answer" ? compiled.needingText : compiled
    }
}
