import Evals
import JSON

/// Token counts as OpenAI's APIs and their likes give them.
enum OpenAIUsage {
    /// The shared form; nil when the main counts are missing.
    ///
    /// Cached tokens are a part of the input already, and reasoning a part of the output.
    static func normalized(_ usage: JSONValue) -> Usage? {
        let (input, output) = (
            usage["prompt_tokens"] ?? usage["input_tokens"],
            usage["completion_tokens"] ?? usage["output_tokens"]
        )
        guard input?.integer != nil, output?.integer != nil else { return nil }
        let details = usage["prompt_tokens_details"] ?? usage["input_tokens_details"]
        let outputDetails = usage["completion_tokens_details"] ?? usage["output_tokens_details"]
        return Usage(
            inputTokens: TokenCount.sum(input), outputTokens: TokenCount.sum(output),
            // DeepSeek's own name stands beside the details.
            cacheReadTokens: TokenCount.sum(details?["cached_tokens"] ?? usage["prompt_cache_hit_tokens"]),
            cacheWriteTokens: TokenCount.sum(details?["cache_write_tokens"]),
            reasoningTokens: TokenCount.sum(outputDetails?["reasoning_tokens"]))
    }
}
