import Evals

extension CompiledAssertion {
    /// The same assertion, which an answer without text fails unasked, under `not-` as well: there is nothing to judge.
    var needingText: CompiledAssertion {
        var needing = self
        let judge = judge
        needing.judge = { (subject: Subject) async throws(EvaluationError) -> Judgement in
            guard subject.output.contains(where: { !$0.isWhitespace }) else {
                return Judgement(
                    passed: false, reason: "the answer has no text, so that no model was asked about it",
                    isInapplicable: true)
            }
            return try await judge(subject)
        }
        return needing
    }
}
