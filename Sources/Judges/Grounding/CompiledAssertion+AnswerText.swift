import Assertions
import Evals

extension CompiledAssertion {
    /// The same assertion for answers that say something: one without text fails it, under `not-` too, and nobody is
    /// asked.
    ///
    /// What finds fault with statements would call an empty answer faultless.
    func needingAnswerText() -> CompiledAssertion {
        var needing = self
        needing.judge = { [judge] (subject: Subject) async throws(EvaluationError) -> Judgement in
            guard subject.output.trimmed.isEmpty else { return try await judge(subject) }
            return Judgement(
                passed: false, reason: "the answer has no text, so that there is nothing to judge",
                actual: Excerpt.display(subject.output), isInapplicable: true)
        }
        return needing
    }
}
