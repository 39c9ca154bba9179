import Evals
import JSON
import Testing

@Suite("What answers cost")
struct ModelPriceTests {
    private static func usd(_ text: String) -> Money {
        JSONNumber(text: text).flatMap(Money.init(usd:)) ?? Money(picoUSD: -1)
    }

    private static func rates(_ text: String) -> ModelPrice.Rates {
        let parts = text.split(separator: "/").map { usd(String($0)) }
        return ModelPrice.Rates(
            input: parts[0], output: parts[1], cacheRead: parts.count > 2 ? parts[2] : nil,
            cacheWrite: parts.count > 3 ? parts[3] : nil)
    }

    /// Cached prices, a step above 272,000 tokens, batches with cached prices below the step and without above it.
    private static let full = ModelPrice(
        ModelPrice.Offer(
            standard: rates("2/10/0.2/2.5"), batch: rates("1/5/0.1/1.25"), flex: rates("1/5"),
            priority: rates("4/20/0.4/5")),
        above: [
            ModelPrice.Step(
                above: 272_000,
                ModelPrice.Offer(standard: rates("4/15/0.4/5"), batch: rates("2/7.5")))
        ])

    /// Input, cache reads, cache writes, output, tier, dollars.
    private static let rows: [(Int, Int, Int, Int, String?, String?)] = [
        (1000, 0, 0, 100, nil, "0.003"),
        (1000, 0, 0, 100, "default", "0.003"),
        (1000, 0, 0, 100, "STANDARD", "0.003"),
        (1000, 400, 0, 100, nil, "0.00228"),
        (1000, 400, 100, 100, nil, "0.00233"),
        (1000, 1000, 0, 0, nil, "0.0002"),
        (0, 0, 0, 0, nil, "0"),
        (1, 0, 0, 0, nil, "0.000002"),
        // The step holds above its size, cached tokens included, and for the whole call.
        (271_999, 0, 0, 0, nil, "0.543998"),
        (272_000, 0, 0, 0, nil, "0.544"),
        (272_001, 0, 0, 0, nil, "1.088004"),
        (272_000, 272_000, 0, 1000, nil, "0.0644"),
        (272_001, 272_001, 0, 1000, nil, "0.1238004"),
        (272_001, 0, 272_001, 0, nil, "1.360005"),
        // Batches cost half, with cached prices of their own.
        (1000, 400, 100, 100, "batch", "0.001165"),
        (272_000, 0, 0, 0, "batch", "0.272"),
        (272_001, 0, 0, 0, "batch", "0.544002"),
        // Cached tokens without a price in the tier, though the model has one: unknown, unless there are none.
        (272_001, 1, 0, 0, "batch", nil),
        (1000, 0, 0, 100, "flex", "0.0015"),
        (1000, 400, 0, 100, "flex", nil),
        (1000, 0, 10, 100, "flex", nil),
        (1000, 400, 0, 100, "priority", "0.00456"),
        // No price above the step, and words that nobody knows.
        (272_001, 0, 0, 100, "flex", nil),
        (272_001, 0, 0, 100, "priority", nil),
        (1000, 0, 0, 100, "scale", nil),
        (1000, 0, 0, 100, "", nil),
        // What does not add up, and what is beyond counting.
        (1000, 600, 401, 0, nil, nil),
        (.max, 0, 0, 0, nil, nil),
        (0, 0, 0, .max, nil, nil),
        (.max, .max, .max, 0, nil, nil),
    ]

    @Test("by kind of token, size of the prompt and service tier", arguments: rows)
    func costs(input: Int, read: Int, write: Int, output: Int, tier: String?, usd: String?) {
        let usage = Usage(
            inputTokens: input, outputTokens: output, cacheReadTokens: read, cacheWriteTokens: write)
        #expect(Self.full.cost(of: usage, serviceTier: tier)?.text == usd)
    }

    @Test("a model without prices for cached tokens charges them as input, in every tier")
    func plain() {
        let price = ModelPrice(
            ModelPrice.Offer(standard: Self.rates("1/2"), batch: Self.rates("0.5/1")))
        let usage = Usage(
            inputTokens: 100, outputTokens: 10, cacheReadTokens: 50, cacheWriteTokens: 50)
        #expect(price.cost(of: usage)?.text == "0.00012")
        #expect(price.cost(of: usage, serviceTier: "batch")?.text == "0.00006")
    }

    @Test("of several steps the highest that is exceeded counts, in whatever order they are written")
    func steps() {
        let price = ModelPrice(
            ModelPrice.Offer(standard: Self.rates("1/1")),
            above: [
                ModelPrice.Step(above: 200, ModelPrice.Offer(standard: Self.rates("3/3"))),
                ModelPrice.Step(above: 100, ModelPrice.Offer(standard: Self.rates("2/2"))),
            ])
        let costs = [100, 101, 200, 201].map { tokens in
            price.cost(of: Usage(inputTokens: tokens, outputTokens: 0))?.text
        }
        #expect(costs == ["0.0001", "0.000202", "0.0004", "0.000603"])
    }

    @Test(
        "the worst case takes the dearest input and every step in reach",
        arguments: [
            (1000, 100, nil, "0.0035"), (272_000, 0, nil, "0.68"), (272_001, 0, nil, "1.360005"),
            (1000, 100, "batch", "0.00175"), (1000, 100, "priority", "0.007"), (1000, 100, "scale", nil),
            (300_000, 100, "priority", nil), (.max, 0, nil, nil),
        ] as [(Int, Int, String?, String?)])
    func worst(input: Int, output: Int, tier: String?, usd: String?) {
        let worst = Self.full.worstCost(inputTokens: input, outputTokens: output, serviceTier: tier)
        #expect(worst?.text == usd)
    }

    @Test("no answer within the bounds costs more than the worst case", arguments: 0..<200)
    func worstIsWorst(seed: Int) throws {
        // A fixed walk over sizes around the step, and over shares of cached tokens.
        let input = 271_900 + seed
        let worst = try #require(Self.full.worstCost(inputTokens: input, outputTokens: 500))
        for read in [0, seed, input / 2, input] {
            for write in [0, min(seed, input - read), input - read] {
                let usage = Usage(
                    inputTokens: input, outputTokens: 500 - seed, cacheReadTokens: read,
                    cacheWriteTokens: write)
                #expect(try #require(Self.full.cost(of: usage)) <= worst)
            }
        }
    }
}
