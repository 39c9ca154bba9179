/// What models cost, in USD per million tokens, as of a date.
public struct PriceTable: Sendable, Hashable {
    /// The price of one model per million tokens.
    public struct Price: Sendable, Hashable {
        /// Uncached input.
        public var input: Money
        /// Output.
        public var output: Money
        /// Input read from the provider's cache; nil: the price of input.
        public var cacheRead: Money?
        /// Input written to the provider's cache; nil: the price of input.
        public var cacheWrite: Money?

        /// Creates a price.
        public init(input: Money, output: Money, cacheRead: Money? = nil, cacheWrite: Money? = nil) {
            self.input = input
            self.output = output
            self.cacheRead = cacheRead
            self.cacheWrite = cacheWrite
        }
    }

    /// The day for which the prices were true, as `YYYY-MM-DD`.
    public var date: String?
    /// Prices by model name.
    public var prices: [String: Price]

    /// Creates a table.
    public init(date: String? = nil, prices: [String: Price] = [:]) {
        self.date = date
        self.prices = prices
    }

    /// What an answer costs: tokens × price / 1 000 000.
    ///
    /// Nil when price or usage is unknown, when more input is said to be cached than there is, and when the cost
    /// is beyond what `Money` holds.
    public func cost(of usage: Usage?, model: String) -> Money? {
        guard let usage, let price = prices[model] else { return nil }
        let (cached, isTooMuch) = usage.cacheReadTokens.addingReportingOverflow(usage.cacheWriteTokens)
        guard !isTooMuch, cached >= 0, cached <= usage.inputTokens else { return nil }
        let plain = usage.inputTokens - cached
        let terms: [(Int, Money)] = [
            (plain, price.input), (usage.cacheReadTokens, price.cacheRead ?? price.input),
            (usage.cacheWriteTokens, price.cacheWrite ?? price.input), (usage.outputTokens, price.output),
        ]
        var sum: Int64 = 0
        for (tokens, rate) in terms {
            // The price of one token: exact, since prices have at most six decimals.
            let (product, overflowed) = Int64(tokens).multipliedReportingOverflow(
                by: rate.picoUSD / 1_000_000)
            let (next, isBeyond) = sum.addingReportingOverflow(product)
            guard !overflowed, !isBeyond else { return nil }
            sum = next
        }
        return Money(picoUSD: sum)
    }
}
