import Assertions
import Diagnostics
import Evals
import JSON

/// `ragas/faithfulness`: the share of the answer's statements that follow from the context.
enum RagasFaithfulness {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "ragas/faithfulness",
            summary:
                "The share of the answer's statements that can be inferred from the case's `context` reaches the "
                + "threshold, which must be written. Not supported is enough to count against it, contradicted or not; "
                + "`deepeval/faithfulness` counts contradictions only. An answer that states nothing has no score and "
                + "is an error. Two calls to the judge.",
            family: .ragas, example: "ragas/faithfulness: 0.85", scoring: .higherIsBetter(threshold: nil),
            valueNeed: .none, shortValueIsThreshold: true, options: JudgedAssertion.options,
            needs: JudgedAssertion.needs, judgePrompts: [RagasStatements.use, RagasCheck.support.use],
            compile: compile)
    ]

    @Sendable
    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let threshold = try RagasMetric.threshold(of: specification, example: "0.85")
        let name = specification.type
        return try JudgedAssertion.assertion(
            specification, rule: .atLeast(threshold),
            expected:
                "statements that follow from the context, a share of at least \(Threshold.text(threshold))"
        ) { (subject: Subject, judge: Judge) async throws(EvaluationError) -> Finding in
            let question = try RagasMetric.question(of: subject, for: name)
            let context = try RagasMetric.context(of: subject, for: name)
            let split = try await judge.ask(
                RagasStatements.question(splitting: subject.output, to: question))
            let statements = RagasStatements.statements(in: split)
            guard !statements.isEmpty else {
                throw RagasMetric.nothing(
                    "statement", in: "the answer",
                    hint:
                        "tell refusals apart with is-refusal; deepeval/faithfulness passes answers that claim nothing"
                )
            }
            let check = RagasCheck.support
            let verdict = try await judge.ask(
                check.question(about: statements, texts: [("context", RagasMetric.joined(context))]))
            return RagasMetric.share(
                of: check.verdicts(on: statements, in: verdict), property: check.property,
                opposite: check.opposite,
                things: check.items, relation: "follow from the context",
                prompts: [split.prompt, verdict.prompt])
        }.needingText
    }
}
