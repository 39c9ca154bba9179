import Assertions
import Diagnostics
import Evals
import JSON

/// `pairwise`: a judge compares the answer with another text, in both orders.
enum PairwiseAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "pairwise",
            summary:
                "A judge, asked in both orders, finds the answer better than another one (score 1), not worse (0.5: a "
                + "tie, or the orders disagree), or worse (0).",
            family: .comparison,
            example: "{type: pairwise, value: Explains what happens next., against: reference}",
            scoring: .higherIsBetter(threshold: 0.5), valueSchema: ["type": "string", "minLength": 1],
            options: [Opponent.option] + JudgedAssertion.options, needs: JudgedAssertion.needs,
            judgePrompts: [
                JudgePromptUse(
                    "judge-pairwise",
                    variables: ["criterion", "question", "context", "reference", "first", "second", "tag"])
            ],
            compile: compile)
    ]

    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let criterion = try ComparisonCriterion.text(of: specification)
        let opponent = try Opponent(of: specification)
        let narrowing = try Narrowing(specification)
        let threshold = try Threshold.score(of: specification) ?? 0.5
        var compiled = try JudgedAssertion.assertion(
            specification, rule: .atLeast(threshold),
            expected: "not worse than \(opponent.text): \(criterion)"
        ) { (subject: Subject, judge: Judge) async throws(EvaluationError) -> Finding in
            let comparison: PairwiseComparison
            let other: JSONValue
            switch opponent {
            case .reference:
                guard let reference = subject.reference else {
                    throw EvaluationError(
                        .assertion, "the case has no reference to compare with",
                        hint: "add reference: to the case, or against: to the assertion")
                }
                comparison = PairwiseComparison(
                    criterion: criterion,
                    known: JudgedTexts(of: subject).all.filter { ["question", "context"].contains($0.name) },
                    answer: subject.output, other: reference)
                other = "reference"
            case .answer(let prompt, let model):
                let answers = try ComparedAnswers(of: judge.interview, narrowing: narrowing)
                let place = try Opponent.place(prompt: prompt, model: model, among: answers)
                guard let rival = try await answers.subject(of: place) else {
                    throw EvaluationError(
                        .assertion,
                        "the answer of \(answers.name(of: place)) has nothing to compare with where this one has"
                    )
                }
                comparison = PairwiseComparison(
                    criterion: criterion, known: ComparedAnswers.common(to: [subject, rival]),
                    answer: subject.output, other: rival.output)
                let name = answers.rivals.all[place]
                other = ["prompt": .string(name.prompt), "model": .string(name.model)]
            }
            var finding = try await comparison.finding(of: judge)
            finding.details = JSONObject([("against", other)]).merging(finding.details)
            return finding
        }
        if opponent != .reference { compiled.compares = true }
        return compiled
    }
}
