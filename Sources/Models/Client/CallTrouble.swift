import Evals

/// Why a model has not answered after all attempts, and what follows from it.
struct CallTrouble: Error, Sendable {
    /// What the execution is errored with.
    var error: EvaluationError
    /// True for trouble of the provider or the network, which a fallback can heal; false for a wrong key, a request
    /// that no model takes, a spent budget or an interrupt.
    var allowsFallback: Bool

    /// Creates trouble, by default such that no fallback heals.
    init(_ error: EvaluationError, allowsFallback: Bool = false) {
        self.error = error
        self.allowsFallback = allowsFallback
    }

    /// The same, after so many requests.
    func after(_ attempts: Int) -> CallTrouble {
        var copy = self
        copy.error.attempts = attempts
        return copy
    }
}
