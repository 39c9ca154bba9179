import Diagnostics
import Evals
import JSON
import Templates

/// `expr`: an expression in the language of templates over the answer and what came with it.
enum ExprAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "expr",
            summary:
                "The expression is true; or it is a number from 0 to 1 that reaches the `threshold`. It may use "
                + names.map { "`\($0)`" }.joined(separator: ", ") + ".",
            family: .logic, example: "expr: (output | length) < 900 and 'refund' in output",
            valueSchema: ["type": ["string", "boolean", "number"]], rendersValue: false,
            expressionNames: names,
            compile: compile)
    ]

    /// The names that an expression may use.
    private static let names = [
        "output", "json", "vars", "context", "reference", "question", "tool_calls", "usage", "latency_ms",
        "ttft_ms",
        "cost_usd", "finish_reason", "model",
    ]

    @Sendable
    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let text = try ScalarText.value(of: specification)
        let expression = try Expression(text, mark: specification.valueMark)
        try check(expression, specification)
        let threshold = try Threshold.score(of: specification)
        let usesJSON = expression.freeVariables.contains { $0.name == "json" }
        let usesToolCalls = expression.freeVariables.contains { $0.name == "tool_calls" }
        let expected = Excerpt.display(text)
        return CompiledAssertion(specification, vacuity: vacuity(expression, specification, threshold)) {
            (subject: Subject) throws(EvaluationError) in
            var variables = AnswerFacts.members(of: subject, withToolCalls: usesToolCalls)
            if usesJSON {
                switch try JSONAnswer.value(of: subject) {
                case .success(let value): variables["json"] = value
                case .failure(let error):
                    return Judgement(
                        passed: false,
                        reason: "\(JSONAnswer.complaint(error, about: subject)), so 'json' has no value",
                        expected: expected, actual: Excerpt.display(subject.output), isInapplicable: true)
                }
            }
            return try judgement(
                try value(of: expression, variables), threshold, expected: expected, subject)
        }
    }

    /// Names that nothing gives would only be noticed in a run.
    private static func check(
        _ expression: Expression, _ specification: AssertionSpecification
    ) throws(DiagnosticError) {
        let unknown = expression.freeVariables.filter { !names.contains($0.name) }
        guard unknown.isEmpty else {
            throw DiagnosticError(
                unknown.map { variable in
                    Diagnostic(
                        "undefined-variable", "'\(specification.writtenType)' knows no '\(variable.name)'",
                        at: variable.mark,
                        hint: Spelling.nearest(to: variable.name, among: names).map {
                            "did you mean '\($0)'?"
                        }
                            ?? "the variables of the case are vars.\(variable.name) and so on")
                })
        }
    }

    private static func vacuity(
        _ expression: Expression, _ specification: AssertionSpecification, _ threshold: Double?
    ) -> String? {
        if threshold == 0, !specification.isNegated { return "every score reaches a threshold of 0" }
        guard expression.freeVariables.isEmpty, let value = try? expression.evaluate(TemplateContext()),
            case .bool(let isTrue) = value, isTrue != specification.isNegated
        else { return nil }
        return "the expression does not look at the answer"
    }

    private static func value(
        of expression: Expression, _ variables: JSONObject
    ) throws(EvaluationError) -> JSONValue {
        do throws(TemplateError) {
            return try expression.evaluate(TemplateContext(variables))
        } catch {
            let diagnostic = error.diagnostic
            throw EvaluationError(
                .assertion, "the expression can't be evaluated: \(diagnostic.message)",
                hint: diagnostic.hint
                    ?? "what an answer may lack can be asked for: `latency_ms is defined and latency_ms < 5000`"
            )
        }
    }

    private static func judgement(
        _ value: JSONValue, _ threshold: Double?, expected: String, _ subject: Subject
    ) throws(EvaluationError) -> Judgement {
        let actual = Excerpt.display(subject.output)
        switch value {
        case .bool(let isTrue):
            return Judgement(
                passed: threshold.map { Threshold.isReached($0, by: isTrue ? 1 : 0) } ?? isTrue,
                score: isTrue ? 1 : 0,
                reason: "the expression is \(isTrue)", expected: expected, actual: actual)
        case .number(let number):
            let score = number.double
            guard let threshold else {
                throw EvaluationError(
                    .assertion,
                    "the expression gives the number \(number.text), and there is no threshold to reach",
                    hint: "write `threshold:` beside it, or compare: `… > 0.5`")
            }
            guard score >= 0, score <= 1 else {
                throw EvaluationError(
                    .assertion, "the expression gives \(number.text), which is no score from 0 to 1",
                    hint: "divide it, or compare it with a number")
            }
            let passed = Threshold.isReached(threshold, by: score)
            return Judgement(
                passed: passed, score: score,
                reason: "the expression gives \(number.text), which \(passed ? "reaches" : "is below") "
                    + Threshold.text(threshold), expected: expected, actual: actual)
        default:
            throw EvaluationError(
                .assertion, "the expression gives \(ScalarText.article(value)), not true or false",
                hint: "compare it with something, such as `… | length > 0` or `… == 'x'`")
        }
    }
}
