public import Diagnostics
public import JSON

/// What an API demands in every request, so that a request without it can't succeed.
public enum ProviderDemand {
    /// What a prompt lacks when it is sent to a model; nil when nothing is missing.
    ///
    /// Anthropic's API demands `max_tokens`.
    /// - Parameters:
    ///   - kind: The kind of the model's provider.
    ///   - parameters: Those of the model, overlaid by those of the prompt.
    public static func missing(
        prompt: String, model: String, kind: String?, parameters: JSONObject, at mark: SourceMark
    ) -> Diagnostic? {
        guard kind == "anthropic", parameters["max_tokens"] == nil else { return nil }
        return Diagnostic(
            "missing-parameter",
            "'\(prompt)' is sent to '\(model)' without max_tokens, which its API demands", at: mark,
            hint: "add `parameters: {max_tokens: …}` to the prompt or the model")
    }
}
