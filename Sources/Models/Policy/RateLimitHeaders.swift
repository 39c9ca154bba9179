public import HTTP

/// What the header fields of a response say about what is left of the provider's limits.
///
/// All times are seconds from the moment of the response. Nonsense, such as a remainder of −1, counts as nothing.
public struct RateLimitHeaders: Sendable, Hashable {
    /// Requests left until the reset.
    public var requestsRemaining: Int?
    /// Tokens left until the reset; the smallest number where input and output have their own.
    public var tokensRemaining: Int?
    /// Seconds until the requests are all there again.
    public var requestsReset: Double?
    /// Seconds until the tokens are all there again.
    public var tokensReset: Double?

    /// Creates a set of values.
    public init(
        requestsRemaining: Int? = nil, tokensRemaining: Int? = nil, requestsReset: Double? = nil,
        tokensReset: Double? = nil
    ) {
        self.requestsRemaining = requestsRemaining
        self.tokensRemaining = tokensRemaining
        self.requestsReset = requestsReset
        self.tokensReset = tokensReset
    }

    /// Reads OpenAI's `x-ratelimit-…` and Anthropic's `anthropic-ratelimit-…`; nil when there is nothing usable.
    ///
    /// OpenAI writes resets as Go durations, Azure as plain seconds, Anthropic as dates of RFC 3339, which are taken
    /// relative to the response's own `Date` where it has one.
    /// - Parameter now: The present in Unix seconds.
    public init?(headers: HeaderFields, now: Double) {
        let present = headers["Date"].flatMap { HTTPDate.unixSeconds($0, now: now) } ?? now
        let requests = Self.tightest([
            Self.openAI("requests", headers), Self.anthropic("requests", headers, present),
        ])
        let tokens = Self.tightest(
            [Self.openAI("tokens", headers)]
                + ["tokens", "input-tokens", "output-tokens"].map { Self.anthropic($0, headers, present) })
        self.init(
            requestsRemaining: requests.remaining, tokensRemaining: tokens.remaining,
            requestsReset: requests.reset, tokensReset: tokens.reset)
        guard self != RateLimitHeaders() else { return nil }
    }

    private typealias Allowance = (remaining: Int?, reset: Double?)

    /// The allowance with the least left; of equal ones, that with the latest reset.
    private static func tightest(_ allowances: [Allowance]) -> Allowance {
        allowances.min { left, right in
            let (first, second) = (left.remaining ?? .max, right.remaining ?? .max)
            return first == second ? (left.reset ?? -1) > (right.reset ?? -1) : first < second
        } ?? (nil, nil)
    }

    private static func openAI(_ what: String, _ headers: HeaderFields) -> Allowance {
        let reset = headers["x-ratelimit-reset-\(what)"].flatMap { text -> Double? in
            // A larger plain number is a time in Unix seconds, of a gateway that is none of these providers.
            if let seconds = DecimalText.value(text) { return seconds <= 86_400 ? seconds : nil }
            return GoDuration.seconds(text)
        }
        return (count(headers["x-ratelimit-remaining-\(what)"]), reset)
    }

    private static func anthropic(_ what: String, _ headers: HeaderFields, _ now: Double) -> Allowance {
        let reset = headers["anthropic-ratelimit-\(what)-reset"].flatMap { InternetDate.unixSeconds($0) }
        return (count(headers["anthropic-ratelimit-\(what)-remaining"]), reset.map { max(0, $0 - now) })
    }

    private static func count(_ text: String?) -> Int? {
        guard let text, !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int(text)
    }
}
