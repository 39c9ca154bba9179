/// What a number of calls take of a provider's limits.
public struct CallLoad: Sendable, Hashable {
    /// The bounds of a provider; nil: none.
    public struct Limits: Sendable, Hashable {
        /// Calls at the same time.
        public var concurrency: Int
        /// Requests per minute.
        public var requestsPerMinute: Int?
        /// Tokens per minute, input and output together.
        public var tokensPerMinute: Int?

        /// Creates limits.
        public init(concurrency: Int, requestsPerMinute: Int? = nil, tokensPerMinute: Int? = nil) {
            self.concurrency = concurrency
            self.requestsPerMinute = requestsPerMinute
            self.tokensPerMinute = tokensPerMinute
        }
    }

    /// The number of calls.
    public var calls: Int
    /// Their tokens.
    public var tokens: Double
    /// Their seconds, one after the other.
    public var seconds: Double

    /// Creates a load.
    public init(calls: Int, tokens: Double, seconds: Double) {
        self.calls = calls
        self.tokens = tokens
        self.seconds = seconds
    }

    /// Nothing.
    public static let none = CallLoad(calls: 0, tokens: 0, seconds: 0)

    /// Both together.
    public static func + (left: CallLoad, right: CallLoad) -> CallLoad {
        CallLoad(
            calls: left.calls + right.calls, tokens: left.tokens + right.tokens,
            seconds: left.seconds + right.seconds)
    }

    /// The minutes until the last call has ended: the limit that takes longest decides.
    ///
    /// As if the limits began empty and no call were repeated.
    public func minutes(at limits: Limits) -> Double {
        // No fewer calls than there are run at the same time.
        let lanes = max(1, min(limits.concurrency, calls))
        return max(
            seconds / Double(lanes) / 60,
            limits.requestsPerMinute.map { Double(calls) / Double(max(1, $0)) } ?? 0,
            limits.tokensPerMinute.map { tokens / Double(max(1, $0)) } ?? 0)
    }
}
