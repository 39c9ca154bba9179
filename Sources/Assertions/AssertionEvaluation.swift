public import Evals

/// Where every assertion is evaluated: `transform`, `select`, `not-` and quarantine have their meaning here and
/// nowhere else.
public enum AssertionEvaluation {
    /// What becomes of an assertion on an answer.
    ///
    /// - `not-` turns passed into failed and back, and the score into 1 − score. An error stays an error.
    /// - A `transform`, `select` or `xpath` that finds nothing, and an answer that is not JSON under `select`, is a
    ///   failed expectation, under `not-` as well: there was nothing there to look at. The same holds for a judgement
    ///   that says so.
    /// - A score that is not a number is an error; one outside 0…1 is held at the nearer end.
    /// - A set with a deciding inner assertion that could not be evaluated could not be evaluated itself.
    public static func evaluate(_ assertion: CompiledAssertion, on subject: Subject) async -> AssertionResult
    {
        let specification = assertion.specification
        var result = AssertionResult(
            type: specification.writtenType, metric: specification.metric, passed: false, score: 0,
            weight: specification.weight, reason: "", isQuarantined: specification.quarantine != nil)
        do throws(EvaluationError) {
            switch try narrowed(subject, for: assertion) {
            case .nothing(let reason, let expected):
                result.reason = reason
                result.expected = expected
                result.actual = Excerpt.display(subject.output)
            case .found(let subject):
                let judgement = try await assertion.judge(subject)
                try apply(judgement, isNegated: specification.isNegated, to: &result)
            }
        } catch {
            result.passed = false
            result.score = 0
            result.reason = error.message
            result.error = error
        }
        return result
    }

    /// What an assertion is called among those of its case, for the recordings of what it asks.
    ///
    /// - Parameter place: Its place in the list, from 1.
    public static func label(of assertion: CompiledAssertion, at place: Int) -> String {
        assertion.specification.metric ?? "\(assertion.specification.type)-\(place)"
    }

    private static func narrowed(
        _ subject: Subject, for assertion: CompiledAssertion
    ) throws(EvaluationError) -> Narrowed {
        if let narrow = assertion.narrow { return try narrow(subject) }
        // To look at the whole answer instead would be a verdict about something else.
        guard !Narrowing.isStated(by: assertion.specification) else {
            throw EvaluationError(
                .assertion, "'\(assertion.specification.writtenType)' was made ready without its 'select'")
        }
        return .found(subject)
    }

    private static func apply(
        _ judgement: Judgement, isNegated: Bool, to result: inout AssertionResult
    ) throws(EvaluationError) {
        // Set before the error below, since a reader wants to see which inner assertion has it.
        result.inner = judgement.inner
        result.actual = judgement.actual
        result.details = judgement.details
        result.stamp = judgement.stamp
        result.expected = judgement.expected.map { isNegated ? "not: \($0)" : $0 }
        if let error = CaseOutcome.decidingError(in: judgement.inner) { throw error }
        guard judgement.score.isFinite else {
            throw EvaluationError(.assertion, "the score of '\(result.type)' is not a number")
        }
        let score = min(max(judgement.score, 0), 1)
        guard !judgement.isInapplicable else {
            result.reason = judgement.reason
            return
        }
        result.passed = judgement.passed != isNegated
        result.score = isNegated ? 1 - score : score
        result.reason = judgement.reason
    }
}
