import Assertions
import Evals
import Testing

@Suite("What decides about an execution")
struct CaseOutcomeTests {
    private static func result(
        _ score: Double, weight: Double = 1, passed: Bool? = nil, quarantined: Bool = false,
        error: Bool = false
    ) -> AssertionResult {
        AssertionResult(
            type: "probe", passed: !error && passed ?? (score == 1), score: error ? 0 : score, weight: weight,
            reason: "", isQuarantined: quarantined, error: error ? EvaluationError(.judge, "no verdict") : nil
        )
    }

    @Test(
        "status and score",
        arguments: [
            ([result(1), result(1)], nil, .passed, 1),
            ([result(1), result(0)], nil, .failed, 0.5),
            ([result(1), result(0)], 0.5, .passed, 0.5),
            ([result(1), result(0, weight: 3)], 0.5, .failed, 0.25),
            ([result(1), result(0, weight: 0)], nil, .passed, 1),
            ([result(1), result(0, weight: 0, error: true)], nil, .passed, 1),
            ([result(1), result(0, quarantined: true)], nil, .passed, 1),
            ([result(1), result(0, quarantined: true, error: true)], 1, .passed, 1),
            ([result(0), result(0, error: true)], nil, .errored, nil),
            ([result(1), result(0, error: true)], 0, .errored, nil),
            ([result(0.7, passed: true), result(0.3, passed: false)], nil, .failed, 0.5),
            ([result(0), result(0)], 0, .passed, 0),
            ([result(0.1, weight: 0.1), result(0.7, weight: 0.2)], 0.5, .passed, 0.5),
            ([result(1, weight: 1e308), result(0, weight: 1e308)], 0.5, .passed, 0.5),
            ([result(1, quarantined: true)], nil, .skipped, nil),
            ([result(1, weight: 0)], nil, .errored, nil),
            ([], nil, .errored, nil),
        ] as [([AssertionResult], Double?, Execution.Status, Double?)])
    func decide(results: [AssertionResult], threshold: Double?, status: Execution.Status, score: Double?) {
        let outcome = CaseOutcome.decide(results: results, threshold: threshold)
        #expect(outcome.status == status)
        #expect((outcome.error != nil) == (status == .errored))
        switch (outcome.score, score) {
        case (let found?, let wanted?): #expect(abs(found - wanted) < 1e-12)
        default: #expect(outcome.score == score)
        }
    }
}
