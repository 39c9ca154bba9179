import Assertions
import Evals

/// Applies the assertions of one execution to its answer: those that ask nobody first, then those that ask judges.
struct CaseJudging {
    /// The assertions, in the order of the case.
    let assertions: [CompiledAssertion]
    /// What they look at.
    let subject: Subject
    /// The case's threshold.
    let threshold: Double?
    /// When judges are asked.
    let moment: JudgeSettings.Moment

    /// The results, in the order of the case.
    func results() async -> [AssertionResult] {
        var results = [AssertionResult?](repeating: nil, count: assertions.count)
        for (index, assertion) in assertions.enumerated() where !assertion.asks {
            results[index] = await result(of: assertion, at: index)
        }
        guard assertions.contains(where: \.asks) else { return results.compactMap(\.self) }
        // One that compares is asked whatever became of the others, since its rivals wait for the same verdict.
        let verdict = moment == .othersPass ? decided(results) : nil
        for (index, assertion) in assertions.enumerated() where assertion.asks {
            if let verdict, !assertion.compares {
                results[index] = unasked(assertion.specification, after: verdict)
            } else {
                results[index] = await result(of: assertion, at: index)
            }
        }
        return results.compactMap(\.self)
    }

    private func result(of assertion: CompiledAssertion, at index: Int) async -> AssertionResult {
        var own = subject
        own.label = AssertionEvaluation.label(of: assertion, at: index + 1)
        return await AssertionEvaluation.evaluate(assertion, on: own)
    }

    /// The first result that has decided the case whatever judges would say; nil while they have a say.
    private func decided(_ results: [AssertionResult?]) -> AssertionResult? {
        let known = results.compactMap(\.self).filter(CaseOutcome.decides)
        if let errored = known.first(where: { $0.error != nil }) { return errored }
        guard let failed = known.first(where: { !$0.passed }) else { return nil }
        guard let threshold else { return failed }
        // With a threshold the case has failed only when the best verdicts of all judges would not save it.
        var best = known
        for assertion in assertions where assertion.asks {
            let specification = assertion.specification
            best.append(
                AssertionResult(
                    type: specification.writtenType, passed: true, score: 1, weight: specification.weight,
                    reason: "", isQuarantined: specification.quarantine != nil))
        }
        return CaseOutcome.decide(results: best, threshold: threshold).status == .failed ? failed : nil
    }

    /// The result of an assertion whose judge is not asked; of a set each inner one has its own, since gates count them.
    private func unasked(
        _ specification: AssertionSpecification, after verdict: AssertionResult
    ) -> AssertionResult {
        var result = AssertionResult(
            type: specification.writtenType, metric: specification.metric, passed: false, score: 0,
            weight: specification.weight,
            reason: "no judge was asked, since '\(verdict.type)' "
                + (verdict.error == nil ? "has failed the case already" : "could not be evaluated"),
            isQuarantined: specification.quarantine != nil,
            inner: specification.inner.map { unasked($0, after: verdict) })
        result.isUnasked = true
        return result
    }
}
