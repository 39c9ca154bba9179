import Evals
import Testing

@Suite("Price tables")
struct PriceTableTests {
    private static func price(_ dollars: Int64) -> ModelPrice {
        ModelPrice(
            input: Money(picoUSD: dollars * 1_000_000_000_000),
            output: Money(picoUSD: dollars * 1_000_000_000_000))
    }

    private static func model(_ name: String, hasListPrice: Bool = true) -> ModelSpecification {
        ModelSpecification(name: "m", provider: "p", model: name, hasListPrice: hasListPrice)
    }

    private static let usage = Usage(inputTokens: 1_000_000, outputTokens: 0)

    @Test(
        "names are reduced as vendors document, and no further",
        arguments: [
            ("gpt-5-mini", ["gpt-5-mini"]),
            ("gpt-5-mini-2026-01-15", ["gpt-5-mini-2026-01-15", "gpt-5-mini"]),
            ("claude-haiku-4-5-20251001", ["claude-haiku-4-5-20251001", "claude-haiku-4-5"]),
            ("anthropic/claude-haiku-4-5", ["anthropic/claude-haiku-4-5", "claude-haiku-4-5"]),
            (
                "openai/gpt-5-mini-2026-01-15",
                [
                    "openai/gpt-5-mini-2026-01-15", "openai/gpt-5-mini", "gpt-5-mini-2026-01-15",
                    "gpt-5-mini",
                ]
            ),
            (
                "anthropic.claude-haiku-4-5-20251001-v1:0",
                [
                    "anthropic.claude-haiku-4-5-20251001-v1:0", "claude-haiku-4-5-20251001",
                    "claude-haiku-4-5",
                ]
            ),
            ("global.anthropic.claude-opus-5", ["global.anthropic.claude-opus-5", "claude-opus-5"]),
            (
                "us.anthropic.claude-haiku-4-5-20251001-v1:0",
                [
                    "us.anthropic.claude-haiku-4-5-20251001-v1:0",
                    "bedrock-regional/claude-haiku-4-5-20251001", "bedrock-regional/claude-haiku-4-5",
                ]
            ),
            ("amazon.nova-pro-v1:0", ["amazon.nova-pro-v1:0", "nova-pro"]),
            ("anthropic.claude-opus-4-6-v1", ["anthropic.claude-opus-4-6-v1", "claude-opus-4-6"]),
            // Prices that may differ, other makers' models, days that are none.
            ("eu.amazon.nova-pro-v1:0", ["eu.amazon.nova-pro-v1:0"]),
            ("us-gov.anthropic.claude-opus-5", ["us-gov.anthropic.claude-opus-5"]),
            ("azure/us/gpt-5-mini", ["azure/us/gpt-5-mini"]),
            ("openai/claude-haiku-4-5", ["openai/claude-haiku-4-5"]),
            ("openrouter/openai/gpt-5", ["openrouter/openai/gpt-5"]),
            ("ft:gpt-4o-mini-2024-07-18:acme::x", ["ft:gpt-4o-mini-2024-07-18:acme::x"]),
            ("gpt-5-mini-2026-13-15", ["gpt-5-mini-2026-13-15"]),
            ("model-12345678", ["model-12345678"]), ("x-2026-0115", ["x-2026-0115"]),
            ("-20251001", ["-20251001"]), ("", [""]), ("us.", ["us."]),
            ("gpt-5-mini-preview", ["gpt-5-mini-preview"]),
            ("naïve-20251001", ["naïve-20251001", "naïve"]),
        ])
    func names(name: String, candidates: [String]) {
        #expect(ModelName.candidates(name) == candidates)
    }

    @Test("the project's entry stands for the whole price, also under a shorter name")
    func merging() throws {
        let table = PriceTable(
            date: "2026-11-01", prices: ["gpt-5-mini": Self.price(7)], listDate: "2026-10-21",
            listed: ["gpt-5-mini-2026-01-15": Self.price(1), "gpt-5": Self.price(2)])
        let own = try #require(table.entry(for: Self.model("gpt-5-mini-2026-01-15")))
        #expect(own.source == .project && own.price == Self.price(7))
        let listed = try #require(table.entry(for: Self.model("openai/gpt-5")))
        #expect(listed.source == .list && listed.price == Self.price(2))
        #expect(table.entry(for: Self.model("gpt-6")) == nil)
    }

    @Test("where no list price holds, only the project's own counts")
    func local() {
        let table = PriceTable(prices: ["mine": Self.price(1)], listed: ["gpt-5": Self.price(2)])
        #expect(table.price(of: Self.model("gpt-5", hasListPrice: false)) == nil)
        #expect(table.price(of: Self.model("mine", hasListPrice: false)) == Self.price(1))
    }

    @Test("an answer costs what came with it, else the price of the model that gave it")
    func fallback() {
        let table = PriceTable(
            listed: ["a": Self.price(1), "b": Self.price(2)], models: ["second": Self.model("b")])
        func cost(_ change: (inout Reply) -> Void) -> String? {
            var reply = Reply(content: "x", usage: Self.usage)
            change(&reply)
            return table.cost(of: reply, asked: Self.model("a"))?.text
        }
        #expect(cost { _ in } == "1")
        #expect(cost { $0.fallback = "second" } == "2")
        #expect(cost { $0.fallback = "third" } == nil)
        #expect(cost { $0.cost = Money(picoUSD: 1) } == "0.000000000001")
        #expect(cost { $0.usage = nil } == nil)
        #expect(cost { $0.serviceTier = "batch" } == nil)
    }

    @Test(
        "both days are shown",
        arguments: [
            ([], nil), ([.list], "prices of 2026-10-21"), ([.project], "prices.yaml of 2026-11-01"),
            ([.project, .list], "prices of 2026-10-21, prices.yaml of 2026-11-01"),
        ] as [([PriceTable.Source], String?)])
    func dates(sources: [PriceTable.Source], text: String?) {
        let table = PriceTable(date: "2026-11-01", listDate: "2026-10-21")
        #expect(table.dates(of: Set(sources)) == text)
    }

    @Test("a table of the project without a day is named all the same")
    func undated() {
        #expect(PriceTable().dates(of: [.project]) == "prices.yaml")
    }
}
