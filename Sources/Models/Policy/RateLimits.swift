public import JSON

/// What may be sent to a provider at once and per minute.
public struct RateLimits: Sendable, Hashable {
    /// Calls at the same time, at least 1.
    public var concurrency: Int
    /// Requests per minute; nil: no bound.
    public var requestsPerMinute: Int?
    /// Tokens per minute, of requests and answers together; nil: no bound.
    public var tokensPerMinute: Int?

    /// Creates limits.
    public init(concurrency: Int = 32, requestsPerMinute: Int? = nil, tokensPerMinute: Int? = nil) {
        self.concurrency = max(1, concurrency)
        self.requestsPerMinute = requestsPerMinute.map { max(1, $0) }
        self.tokensPerMinute = tokensPerMinute.map { max(1, $0) }
    }

    /// Reads `{concurrency, rpm, tpm}`, checked by the loader; what is missing has its default.
    public init(settings: JSONValue?) {
        self.init(
            concurrency: settings?["concurrency"]?.integer ?? 32,
            requestsPerMinute: settings?["rpm"]?.integer, tokensPerMinute: settings?["tpm"]?.integer)
    }
}
