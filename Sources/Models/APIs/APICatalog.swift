import Diagnostics
public import Evals
public import JSON

/// The APIs by kind of provider.
public enum APICatalog {
    /// The API of a provider; the error says what of its settings can't be used.
    ///
    /// `exec` is none of them: a program is no server.
    /// - Parameter provider: The provider's settings as written.
    public static func api(
        _ settings: ProviderSettings, provider: JSONObject
    ) throws(EvaluationError) -> any ModelAPI {
        switch settings.kind {
        case "openai": return OpenAIChat(.openAI)
        case "openai-responses": return OpenAIResponses()
        case "anthropic": return AnthropicMessages()
        case "gemini": return GeminiGenerateContent()
        case "azure": return OpenAIChat(.azure, apiVersion: settings.apiVersion)
        case "bedrock": return BedrockConverse()
        case "ollama": return OllamaChat()
        case "openai-compatible": return OpenAIChat(.compatible)
        case "http":
            do throws(DiagnosticError) {
                return try HTTPApplication(settings: provider)
            } catch {
                let first = error.diagnostics.first
                throw EvaluationError(
                    .provider, "the provider '\(settings.name)' can't be used: \(first?.message ?? "")",
                    hint: first?.hint)
            }
        default:
            throw EvaluationError(
                .provider, "the provider '\(settings.name)' has the unknown kind '\(settings.kind)'",
                hint: "write one of the known kinds as its `type` in evalrun.yaml")
        }
    }
}
