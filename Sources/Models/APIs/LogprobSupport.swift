public import Evals
import JSON

/// Which models are known to give the log probabilities of their tokens.
///
/// Where it is not known nobody should ask for them unbidden: many services refuse the whole request then.
public enum LogprobSupport {
    /// Endings of OpenAI's model names that stand for interfaces without log probabilities.
    private static let silentKinds = ["-search", "-audio", "-realtime", "-transcribe", "-tts"]

    /// True for a model that takes `logprobs: true` and `top_logprobs`, with its own parameters.
    ///
    /// - Parameter kind: The kind of its provider.
    public static func isKnown(of model: ModelSpecification, kind: String) -> Bool {
        switch kind {
        // Servers that are too old for it pass it over.
        case "ollama": return true
        case "openai", "openai-responses":
            guard model.model.hasPrefix("gpt-"), !silentKinds.contains(where: model.model.contains) else {
                return false
            }
            let parameters = model.parameters.merging(["logprobs": true, "top_logprobs": 20])
            return OpenAIModelTraits.complaints(model: model.model, parameters: parameters).isEmpty
        default: return false
        }
    }
}
