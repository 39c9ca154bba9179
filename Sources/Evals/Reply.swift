public import JSON

/// What a model answered, in the form that every provider shares.
public struct Reply: Sendable, Hashable {
    /// The model that really served the request, as the provider names it.
    public var servedModel: String?
    /// The text; nil when the answer has none (a refusal, tool calls only).
    public var content: String?
    /// Why the model stopped: `stop`, `length`, `tool_calls`, `content_filter`.
    public var finishReason: String?
    /// The tool calls, each `{id, name, arguments}`.
    public var toolCalls: [JSONValue]
    /// The provider's own refusal text.
    public var refusal: String?
    /// Tokens used.
    public var usage: Usage?
    /// Milliseconds from request to the last byte; nil when unknown.
    public var latencyMS: Double?
    /// Milliseconds from request to the first token; nil when unknown.
    public var firstTokenMS: Double?
    /// Requests made in all to get this answer.
    public var attempts: Int
    /// The cost that came with the answer; nil when it follows from the price table.
    public var cost: Money?
    /// Log probabilities: a list of `{token, logprob, top_logprobs: [{token, logprob}]}`, whatever the API calls them.
    public var logprobs: JSONValue?
    /// The provider's id of the request, to ask its support with.
    public var requestID: String?
    /// What the provider charges by, such as `batch`, `flex` or `priority`; nil for the usual one.
    public var serviceTier: String?
    /// The alias of the model that answered instead of the one asked; nil when that one did.
    public var fallback: String?
    /// The retrieved texts that an application under test returned with its answer; nil when it returned none.
    public var context: [String]?

    /// Creates a reply.
    public init(
        servedModel: String? = nil, content: String?, finishReason: String? = nil,
        toolCalls: [JSONValue] = [],
        refusal: String? = nil, usage: Usage? = nil, latencyMS: Double? = nil, firstTokenMS: Double? = nil,
        attempts: Int = 1, cost: Money? = nil, logprobs: JSONValue? = nil, requestID: String? = nil,
        serviceTier: String? = nil, fallback: String? = nil, context: [String]? = nil
    ) {
        self.servedModel = servedModel
        self.content = content
        self.finishReason = finishReason
        self.toolCalls = toolCalls
        self.refusal = refusal
        self.usage = usage
        self.latencyMS = latencyMS
        self.firstTokenMS = firstTokenMS
        self.attempts = attempts
        self.cost = cost
        self.logprobs = logprobs
        self.requestID = requestID
        self.serviceTier = serviceTier
        self.fallback = fallback
        self.context = context
    }

    /// Tokens of the answer per second: after the first token where its time is known, else over the whole latency.
    ///
    /// Nil when the tokens are unknown or no time passed.
    public var tokensPerSecond: Double? {
        guard let usage, let latencyMS else { return nil }
        let elapsed = latencyMS - (firstTokenMS ?? 0)
        return elapsed > 0 && usage.outputTokens > 0 ? Double(usage.outputTokens) / elapsed * 1000 : nil
    }
}

/// Tokens of one answer; OpenTelemetry's names: cached tokens are a part of the input.
public struct Usage: Sendable, Hashable {
    /// All tokens of the request, cached ones included.
    public var inputTokens: Int
    /// Tokens of the answer, reasoning included.
    public var outputTokens: Int
    /// Input tokens read from the provider's cache.
    public var cacheReadTokens: Int
    /// Input tokens written to the provider's cache.
    public var cacheWriteTokens: Int
    /// Output tokens that were spent on reasoning.
    public var reasoningTokens: Int

    /// Creates a usage; counts below zero are taken as zero.
    public init(
        inputTokens: Int, outputTokens: Int, cacheReadTokens: Int = 0, cacheWriteTokens: Int = 0,
        reasoningTokens: Int = 0
    ) {
        self.inputTokens = max(0, inputTokens)
        self.outputTokens = max(0, outputTokens)
        self.cacheReadTokens = max(0, cacheReadTokens)
        self.cacheWriteTokens = max(0, cacheWriteTokens)
        self.reasoningTokens = max(0, reasoningTokens)
    }

    /// `{input_tokens, output_tokens}`, and the cached and reasoning ones where there are any.
    public var json: JSONValue {
        var members: JSONObject = [
            "input_tokens": .integer(inputTokens), "output_tokens": .integer(outputTokens),
        ]
        if cacheReadTokens > 0 { members["cache_read_tokens"] = .integer(cacheReadTokens) }
        if cacheWriteTokens > 0 { members["cache_write_tokens"] = .integer(cacheWriteTokens) }
        if reasoningTokens > 0 { members["reasoning_tokens"] = .integer(reasoningTokens) }
        return .object(members)
    }

    /// Reads what `json` writes; nil unless both main counts are there.
    public init?(json: JSONValue) {
        guard let input = json["input_tokens"]?.integer, let output = json["output_tokens"]?.integer else {
            return nil
        }
        self.init(
            inputTokens: input, outputTokens: output,
            cacheReadTokens: json["cache_read_tokens"]?.integer ?? 0,
            cacheWriteTokens: json["cache_write_tokens"]?.integer ?? 0,
            reasoningTokens: json["reasoning_tokens"]?.integer ?? 0)
    }
}
