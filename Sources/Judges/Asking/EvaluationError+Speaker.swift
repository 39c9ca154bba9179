import Evals

extension EvaluationError {
    /// The same error, with the one named whose call failed.
    func said(by speaker: String) -> EvaluationError {
        var named = self
        named.message = "\(speaker): \(message)"
        return named
    }
}
