import Diagnostics
import Evals

/// Tells a failed call to a person: who failed, why, after how many attempts, and what to do.
struct FailureReport {
    /// The provider's name.
    let provider: String
    /// The model's id.
    let model: String
    /// The environment variable with the key; nil when there is none.
    let keyVariable: String?

    /// The error of an execution.
    ///
    /// - Parameters:
    ///   - attempts: Requests that were made.
    ///   - reason: Why nothing more is tried, where the failure does not say it itself.
    func error(_ failure: CallFailure, attempts: Int, reason: String?) -> EvaluationError {
        var message = "\(provider) (\(model)) "
        if let status = failure.status {
            message += status < 400 ? "gave no usable answer: " : "answered \(status): "
        } else {
            message += "could not be asked: "
        }
        message += failure.message
        if attempts > 1 { message += "; \(attempts) attempts" }
        if let reason { message += "; \(reason)" }
        if let id = failure.requestID { message += " (request \(TerminalText.excerpt(id, limit: 80)))" }
        return EvaluationError(
            failure.kind == .timeout ? .timeout : .provider, message,
            hint: failure.hint ?? hint(failure.kind),
            attempts: attempts)
    }

    private func hint(_ kind: CallFailure.Kind) -> String {
        switch kind {
        case .authentication:
            keyVariable.map { "check the key in \($0)" }
                ?? "name the variable with the key: api_key_env in evalrun.yaml"
        case .quota: "the account has no quota left: add credit, or use another key"
        case .rateLimited:
            "lower limits: {concurrency, rpm, tpm} of \(provider) in evalrun.yaml, or run again later"
        case .unavailable: "run again later; `--resume last` asks only for what is missing"
        case .timeout: "raise timeout_s of \(provider) in evalrun.yaml, or run again later"
        case .connection: "check base_url of \(provider) and the network (proxies: HTTPS_PROXY, NO_PROXY)"
        case .unreadable:
            "see what answers at base_url of \(provider): it may be a proxy, a login page or another API"
        case .unsupported: "take the parameter out of the prompt's or the model's parameters"
        case .rejected: "correct the request: the prompt, its parameters or the model's id"
        }
    }
}
