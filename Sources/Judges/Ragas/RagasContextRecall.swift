import Assertions
import Diagnostics
import Evals
import JSON

/// `ragas/context-recall`: the share of the right answer that the retrieved texts have in them.
enum RagasContextRecall {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "ragas/context-recall",
            summary:
                "The share of the sentences of the case's `reference` that can be attributed to its `context` reaches "
                + "the threshold, which must be written. The answer plays no part. One call to the judge.",
            family: .ragas, example: "ragas/context-recall: 0.8", scoring: .higherIsBetter(threshold: nil),
            valueNeed: .none, shortValueIsThreshold: true, options: JudgedAssertion.options,
            needs: JudgedAssertion.needs, judgePrompts: [RagasCheck.attribution.use], compile: compile)
    ]

    @Sendable
    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let threshold = try RagasMetric.threshold(of: specification, example: "0.8")
        let name = specification.type
        return try JudgedAssertion.assertion(
            specification, rule: .atLeast(threshold),
            expected:
                "the reference's sentences in the context, a share of at least \(Threshold.text(threshold))"
        ) { (subject: Subject, judge: Judge) async throws(EvaluationError) -> Finding in
            let question = try RagasMetric.question(of: subject, for: name)
            let context = try RagasMetric.context(of: subject, for: name)
            let reference = try RagasMetric.reference(of: subject, for: name)
            // Split here and not by the judge, so that no sentence can get lost; one without an end is a whole.
            let found = SentenceCounter.sentences(in: reference)
            let sentences = found.isEmpty ? [reference] : found
            let check = RagasCheck.attribution
            let verdict = try await judge.ask(
                check.question(
                    about: sentences,
                    texts: [("question", question), ("context", RagasMetric.joined(context))]))
            return RagasMetric.share(
                of: check.verdicts(on: sentences, in: verdict), property: check.property,
                opposite: check.opposite,
                things: check.items, relation: "of the reference are in the context",
                prompts: [verdict.prompt])
        }
    }
}
