import Evals
import JSON

/// Token counts as OpenAI's APIs and their likes give them.
enum OpenAIUsage {
    /// The shared form; nil when a main count is missing, or one that is there is no count.
    ///
    /// Cached tokens are a part of the input already, and reasoning a part of the output.
    static func normalized(_ usage: JSONValue) -> Usage? {
        let details = said(usage["prompt_tokens_details"], usage["input_tokens_details"])
        let outputDetails = said(usage["completion_tokens_details"], usage["output_tokens_details"])
        guard let input = TokenCount.count(said(usage["prompt_tokens"], usage["input_tokens"])),
            let output = TokenCount.count(said(usage["completion_tokens"], usage["output_tokens"])),
            // DeepSeek's own name stands beside the details.
            let hits = TokenCount.optional(usage["prompt_cache_hit_tokens"]),
            let read = TokenCount.optional("cached_tokens", in: details, absent: hits),
            let written = TokenCount.optional("cache_write_tokens", in: details),
            let reasoning = TokenCount.optional("reasoning_tokens", in: outputDetails)
        else { return nil }
        return Usage(
            inputTokens: input, outputTokens: output, cacheReadTokens: read, cacheWriteTokens: written,
            reasoningTokens: reasoning)
    }

    /// The first of two names under which something is said.
    private static func said(_ first: JSONValue?, _ second: JSONValue?) -> JSONValue? {
        first.flatMap { $0.isNull ? nil : $0 } ?? second
    }
}
