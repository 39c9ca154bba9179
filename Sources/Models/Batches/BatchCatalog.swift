/// The kinds of provider that take batches.
public enum BatchCatalog {
    /// The kinds, in the order in which they are told.
    public static let kinds = ["openai", "openai-responses", "anthropic", "openai-compatible"]

    /// How a kind of provider takes batches; nil for one that takes none.
    static func api(_ kind: String) -> (any BatchAPI)? {
        switch kind {
        case "openai", "openai-compatible": OpenAIBatches(endpoint: "/v1/chat/completions")
        case "openai-responses": OpenAIBatches(endpoint: "/v1/responses")
        case "anthropic": AnthropicBatches()
        default: nil
        }
    }
}
