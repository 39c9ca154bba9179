import Evals
import JSON

/// Token counts as OpenAI's APIs and their likes give them.
enum OpenAIUsage {
    /// The shared form; nil when the main counts are missing.
    ///
    /// Cached tokens are a part of the input already, and reasoning a part of the output.
    static func normalized(_ usage: JSONValue) -> Usage? {
        let details = usage["prompt_tokens_details"] ?? usage["input_tokens_details"]
        let outputDetails = usage["completion_tokens_details"] ?? usage["output_tokens_details"]
        guard let input = usage["prompt_tokens"]?.integer ?? usage["input_tokens"]?.integer,
            let output = usage["completion_tokens"]?.integer ?? usage["output_tokens"]?.integer
        else { return nil }
        return Usage(
            inputTokens: input, outputTokens: output,
            cacheReadTokens: details?["cached_tokens"]?.integer ?? 0,
            cacheWriteTokens: details?["cache_write_tokens"]?.integer ?? 0,
            reasoningTokens: outputDetails?["reasoning_tokens"]?.integer ?? 0)
    }
}
