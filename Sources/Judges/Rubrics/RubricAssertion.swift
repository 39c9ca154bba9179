import Assertions
import Diagnostics
import Evals
import JSON

/// `llm-rubric`: a judge says how well the answer meets a rubric of one or several criteria.
enum RubricAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "llm-rubric", aliases: ["rubric"],
            summary:
                "A judge finds that the answer meets the rubric: a text, or a list of criteria that are judged in one call. "
                + "The score is the mean over the criteria; all must be met, or with a threshold the mean must reach it.",
            family: .judges, example: "rubric: Says what happens next, and is polite.",
            valueSchema: JudgedValue.schema,
            options: [
                AssertionDescriptor.Option(
                    name: "scale", schema: RubricScale.optionSchema,
                    summary:
                        "What the judge says of each criterion: `pass-fail` (the default), a whole number (`1-5`, `0-10` or "
                        + "any `MIN-MAX`), or a word out of a mapping to scores (`{good: 1, ok: 0.5, bad: 0}`). Numbers "
                        + "and words need a `threshold`, which decides alone: the score is (s − min)/(max − min)."
                )
            ] + JudgedAssertion.options,
            needs: JudgedAssertion.needs,
            judgePrompts: [
                JudgePromptUse("judge-rubric", variables: ["rubric"] + variables),
                JudgePromptUse("judge-rubrics", variables: ["rubrics", "count"] + variables),
            ],
            compile: compile)
    ]

    private static let variables = [
        "scale", "form", "question", "context", "reference", "answer", "tag",
    ]

    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let (criteria, scale, threshold) = try parts(of: specification)
        if specification.isNegated, threshold == nil, criteria.count > 1 {
            throw DiagnosticError(
                Diagnostic(
                    "negated-list",
                    "'\(specification.writtenType)' with \(criteria.count) criteria would pass as soon as one is not met",
                    at: specification.valueMark,
                    hint: "write one '\(specification.writtenType)' for each of them"))
        }
        let shared = RubricBatch.question(of: specification, criteria: criteria, scale: scale)
        var compiled = try JudgedAssertion.assertion(
            specification, rule: threshold.map { .atLeast($0) } ?? .verdict,
            expected: criteria.joined(separator: "\n"),
            isBatched: { RubricBatch(shared, scale: scale, in: $0) != nil },
            measure: { (subject: Subject, judge: Judge) async throws(EvaluationError) -> Finding in
                if let batch = RubricBatch(shared, scale: scale, in: judge.interview) {
                    let (verdicts, prompt) = try await batch.verdicts(
                        on: criteria, about: subject, by: judge)
                    return RubricFinding(verdicts: verdicts, scale: scale).finding(prompt: prompt)
                }
                let question = RubricQuestion(criteria: criteria, scale: scale)
                let answer = try await question.ask(judge, about: subject)
                let verdicts = try question.verdicts(in: answer.value)
                return RubricFinding(verdicts: verdicts, scale: scale).finding(prompt: answer.prompt)
            })
        compiled.sharedQuestion = shared
        return compiled
    }

    /// The criteria, the scale and the threshold; all mistakes in them are thrown.
    private static func parts(
        of specification: AssertionSpecification
    ) throws(DiagnosticError) -> (criteria: [String], scale: RubricScale, threshold: Double?) {
        var mistakes: [Diagnostic] = []
        func read<Value>(
            _ body: (AssertionSpecification) throws(DiagnosticError) -> Value
        ) -> Value? {
            do throws(DiagnosticError) {
                return try body(specification)
            } catch {
                mistakes += error.diagnostics
                return nil
            }
        }
        let criteria = read { (specification) throws(DiagnosticError) in
            try JudgedValue.texts(
                of: specification, "a rubric",
                hint: "write what a good answer does, or a list of several such criteria")
        }
        let scale = read { (specification) throws(DiagnosticError) in try RubricScale(of: specification) }
        let threshold = read { (specification) throws(DiagnosticError) in
            try Threshold.score(of: specification)
        }
        if let scale, scale != .passFail, specification.threshold == nil {
            mistakes.append(
                Diagnostic(
                    "missing-threshold", "'\(specification.writtenType)' with a scale needs a threshold",
                    at: specification.mark,
                    hint: "write threshold: 0.75; the score is (s − min)/(max − min), so 4 on 1-5 is 0.75"))
        }
        guard let criteria, let scale, let threshold, mistakes.isEmpty else {
            throw DiagnosticError(mistakes)
        }
        return (criteria, scale, threshold)
    }
}
