public import JSON

/// What one model costs: by kind of token, by what the provider charges by, and by the size of the prompt.
public struct ModelPrice: Sendable, Hashable {
    /// Prices per million tokens.
    public struct Rates: Sendable, Hashable {
        /// Uncached input.
        public var input: Money
        /// Output, reasoning included.
        public var output: Money
        /// Input read from the provider's cache; nil: none of its own.
        public var cacheRead: Money?
        /// Input written to the provider's cache; nil: none of its own.
        public var cacheWrite: Money?

        /// Creates rates.
        public init(input: Money, output: Money, cacheRead: Money? = nil, cacheWrite: Money? = nil) {
            self.input = input
            self.output = output
            self.cacheRead = cacheRead
            self.cacheWrite = cacheWrite
        }
    }

    /// The rates of each service tier for prompts of some size; nil: not known.
    public struct Offer: Sendable, Hashable {
        /// What a call costs when nothing else is asked for.
        public var standard: Rates
        /// For answers that come within a day.
        public var batch: Rates?
        /// For answers that may be slow.
        public var flex: Rates?
        /// For answers that go before others.
        public var priority: Rates?

        /// Creates an offer.
        public init(standard: Rates, batch: Rates? = nil, flex: Rates? = nil, priority: Rates? = nil) {
            self.standard = standard
            self.batch = batch
            self.flex = flex
            self.priority = priority
        }

        /// The rates of a tier; nil when they are not known.
        func rates(_ tier: ServiceTier) -> Rates? {
            switch tier {
            case .standard: standard
            case .batch: batch
            case .flex: flex
            case .priority: priority
            }
        }
    }

    /// Other rates for long prompts: they hold for the whole call, not for the part above.
    public struct Step: Sendable, Hashable {
        /// The rates hold for prompts of more tokens than this, cached ones included.
        public var tokens: Int
        /// The rates.
        public var offer: Offer

        /// Creates a step.
        public init(above tokens: Int, _ offer: Offer) {
            self.tokens = tokens
            self.offer = offer
        }
    }

    /// The rates of prompts below every step.
    public var offer: Offer
    /// The rates of longer prompts, by size.
    public private(set) var steps: [Step]
    /// The most output tokens that the provider documents for an answer; nil when it is not known.
    public var maximumOutput: Int?

    /// Creates a price.
    public init(_ offer: Offer, above steps: [Step] = [], maximumOutput: Int? = nil) {
        self.offer = offer
        self.steps = steps.sorted { $0.tokens < $1.tokens }
        self.maximumOutput = maximumOutput
    }

    /// Creates a price that is the same for every prompt and known for the standard tier alone.
    public init(input: Money, output: Money, cacheRead: Money? = nil, cacheWrite: Money? = nil) {
        self.init(
            Offer(
                standard: Rates(input: input, output: output, cacheRead: cacheRead, cacheWrite: cacheWrite)))
    }

    /// What an answer costs: tokens × price / 1 000 000, exactly.
    ///
    /// Cached tokens cost what the tier says; where the model has no price for them, what input costs. Nil when
    /// the tier has no known price, when it lacks one for cached tokens that the model's plain price has, when more
    /// input is said to be cached than there is, and when the cost is beyond what `Money` holds.
    ///
    /// - Parameter serviceTier: As the provider names it in its answer; see `ServiceTier`.
    public func cost(of usage: Usage, serviceTier: String? = nil) -> Money? {
        guard let tier = ServiceTier(named: serviceTier),
            let rates = (steps.last { usage.inputTokens > $0.tokens }?.offer ?? offer).rates(tier)
        else { return nil }
        let (cached, isTooMuch) = usage.cacheReadTokens.addingReportingOverflow(usage.cacheWriteTokens)
        guard !isTooMuch, cached >= 0, cached <= usage.inputTokens else { return nil }
        let read = rates.cacheRead ?? (offer.standard.cacheRead == nil ? rates.input : nil)
        let write = rates.cacheWrite ?? (offer.standard.cacheWrite == nil ? rates.input : nil)
        return Self.sum([
            (usage.inputTokens - cached, rates.input), (usage.cacheReadTokens, read),
            (usage.cacheWriteTokens, write), (usage.outputTokens, rates.output),
        ])
    }

    /// The most that a call with at most so many tokens can cost; nil when the tier has no known price.
    ///
    /// Every input token counts at the highest price that input may have, cached or not, in the dearest step that
    /// a prompt of this size or a shorter one can reach.
    public func worstCost(inputTokens: Int, outputTokens: Int, serviceTier: String? = nil) -> Money? {
        guard let tier = ServiceTier(named: serviceTier) else { return nil }
        var worst = Money.zero
        for offer in [offer] + steps.filter({ inputTokens > $0.tokens }).map(\.offer) {
            guard let rates = offer.rates(tier) else { return nil }
            // A tier that does not price cached tokens is taken to price them no better than the plain one does.
            let inputs = [
                rates.input, rates.cacheRead ?? self.offer.standard.cacheRead ?? .zero,
                rates.cacheWrite ?? self.offer.standard.cacheWrite ?? .zero,
            ]
            let highest = inputs.max() ?? rates.input
            guard let cost = Self.sum([(inputTokens, highest), (outputTokens, rates.output)]) else {
                return nil
            }
            worst = max(worst, cost)
        }
        return worst
    }

    /// The sum of tokens × rate; nil when it overflows, or when there are tokens without a rate.
    private static func sum(_ terms: [(tokens: Int, rate: Money?)]) -> Money? {
        var sum: Int64 = 0
        for (tokens, rate) in terms where tokens > 0 {
            guard let rate else { return nil }
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

/// What a provider charges by.
public enum ServiceTier: Sendable, Hashable {
    /// The usual price.
    case standard
    /// Answers within a day.
    case batch
    /// Answers that may be slow.
    case flex
    /// Answers before others.
    case priority

    /// The tier that a provider's word means, in letters of any size; nil for words that are not known, whose price is
    /// not known either.
    ///
    /// Nothing, `default` (OpenAI), `standard` (Anthropic) and `on_demand` (Groq, Gemini) are the usual price.
    public init?(named name: String?) {
        switch name?.lowercased() {
        case nil, "default", "standard", "on_demand": self = .standard
        case "batch": self = .batch
        case "flex": self = .flex
        case "priority": self = .priority
        default: return nil
        }
    }
    /// The word for the tier that parameters ask for, `extra` over the others; nil where they ask for none.
    ///
    /// `auto` and `standard_only` are the usual tier as far as a project at the provider has no other.
    public static func asked(in parameters: JSONObject) -> String? {
        let extra = parameters["extra"]?.object ?? [:]
        for members in [extra, parameters] {
            for name in ["service_tier", "serviceTier"] {
                guard let value = members[name], !value.isNull else { continue }
                // Bedrock has an object for it. What is no text is no tier whose price is known.
                let word = value.string ?? value["type"]?.string ?? "\(value)"
                return ["auto", "standard_only"].contains(word.lowercased()) ? nil : word
            }
        }
        return nil
    }
}
