import Evals
import Testing

@testable import Models

@Suite("The shipped prices")
struct ShippedPricesTests {
    private static func cost(
        _ name: String, _ input: Int, _ output: Int, read: Int = 0, write: Int = 0, tier: String? = nil
    ) -> String? {
        let usage = Usage(
            inputTokens: input, outputTokens: output, cacheReadTokens: read, cacheWriteTokens: write)
        return ShippedPrices.completing(PriceTable(), models: [:])
            .cost(of: usage, model: name, serviceTier: tier)?.text
    }

    @Test("every row is read, and no model stands twice")
    func rows() {
        let lines = ShippedPrices.rows.split(separator: "\n")
        let rows = lines.compactMap { PriceRow($0) }
        #expect(rows.count == lines.count && lines.count > 60)
        #expect(Set(rows.map(\.name)).count == rows.count)
        #expect(ShippedPrices.prices.count == rows.count + rows.count { $0.name.hasPrefix("claude-") })
    }

    @Test("no price is out of line with its neighbors")
    func plausible() {
        for (name, price) in ShippedPrices.prices {
            for offer in [price.offer] + price.steps.map(\.offer) {
                let rates = [offer.standard, offer.batch, offer.flex].compactMap { $0 }
                for rate in rates {
                    #expect(rate.input > .zero && rate.output >= rate.input, "\(name)")
                    #expect((rate.cacheRead ?? .zero) <= rate.input, "\(name)")
                    #expect(rate.input <= offer.standard.input, "\(name)")
                    for amount in [
                        rate.input, rate.output, rate.cacheRead ?? .zero, rate.cacheWrite ?? .zero,
                    ] {
                        #expect(amount.picoUSD % 1_000_000 == 0, "\(name)")
                    }
                }
            }
            #expect((price.maximumOutput ?? 1) > 0)
        }
    }

    @Test(
        "costs worked out by hand",
        arguments: [
            ("gpt-5-mini", 1_000_000, 0, 0, 0, nil, "0.25"), ("gpt-5-mini", 0, 1_000_000, 0, 0, nil, "2"),
            ("gpt-5-mini-2026-01-15", 1000, 100, 0, 0, nil, "0.00045"),
            ("gpt-5-mini", 1000, 100, 1000, 0, "batch", "0.0001125"),
            ("gpt-5-mini", 1000, 100, 0, 0, "flex", "0.000225"),
            ("gpt-5-mini", 1000, 100, 0, 0, "priority", nil),
            ("gpt-5.4", 272_000, 0, 0, 0, nil, "0.68"), ("gpt-5.4", 272_001, 0, 0, 0, nil, "1.360005"),
            ("gpt-5.4", 272_001, 0, 1, 0, nil, "1.3600005"),
            ("gpt-5.4", 272_001, 0, 0, 0, "batch", "0.6800025"),
            ("claude-haiku-4-5-20251001", 1000, 100, 400, 600, nil, "0.00129"),
            ("us.anthropic.claude-haiku-4-5-20251001-v1:0", 1_000_000, 0, 0, 0, nil, "1.1"),
            ("us.anthropic.claude-haiku-4-5-20251001-v1:0", 1, 1, 0, 0, "batch", nil),
            ("anthropic/claude-opus-4-6", 1_000_000, 0, 0, 0, nil, "5"),
            ("claude-haiku-5-5", 100_000, 0, 0, 0, nil, "0.01"),
            ("claude-haiku-5-5", 100_001, 0, 0, 0, nil, "0.0500005"),
            ("claude-haiku-4-5", 1, 1, 0, 0, "flex", nil),
            ("gemini-2.5-pro", 1000, 0, 1000, 0, "flex", "0.000125"),
            ("gemini-2.5-pro", 1000, 0, 1000, 0, "batch", nil),
            ("grok-4.7", 1_000_000, 0, 0, 0, "batch", nil),
            ("amazon.nova-pro-v1:0", 1_000_000, 0, 0, 0, nil, "0.8"),
            ("gpt-oss-120b", 1, 1, 0, 0, nil, nil), ("groq/gpt-oss-120b", 1_000_000, 0, 0, 0, nil, "0.15"),
            ("gpt-7", 1, 1, 0, 0, nil, nil),
        ] as [(String, Int, Int, Int, Int, String?, String?)])
    func costs(
        name: String, input: Int, output: Int, read: Int, write: Int, tier: String?, usd: String?
    ) {
        #expect(Self.cost(name, input, output, read: read, write: write, tier: tier) == usd)
    }

    @Test(
        "a row that is not understood is none",
        arguments: [
            "", "a, 1", "a | 1/2", "a, x | 1/2", ", 1 | 1/2", "a, 1 | 1", "a, 1 | 1/2/3/4/5", "a, 1 | 1/x",
            "a, 1 | 1/2 | batch", "a, 1 | 1/2 | flex =", "a, 1 | 1/2 | slow 1/2", "a, 1 | 1/2 | > x 1/2",
        ])
    func broken(row: String) {
        #expect(PriceRow(row[...]) == nil)
    }
}
