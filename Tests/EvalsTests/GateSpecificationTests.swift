import Diagnostics
import Evals
import JSON
import Testing

@Suite("Gates, filters and money")
struct GateSpecificationTests {
    private let mark = SourceMark(file: "s.yaml")

    @Test(
        "metrics are read and print as written",
        arguments: [
            "pass_rate", "error_rate", "score", "score.tone", "latency_ms.p95", "latency_ms.p99.9",
            "latency_ms.mean",
            "ttft_ms.max", "cost_usd", "tokens.input", "tokens.total.mean",
            "tokens_per_second.p50", "tokens_per_second.min", "fallback_rate", "retry_rate",
            "judge_cost_usd", "rerolled",
        ])
    func readsMetrics(text: String) throws {
        let metric = try #require(GateMetric(text))
        #expect(metric.description == text)
    }

    @Test(
        "unknown metrics are refused",
        arguments: [
            "passrate", "latency_ms", "latency_ms.p0", "latency_ms.p101", "tokens", "score.", "cost",
            "latency_ms.p0x1p2", "latency_ms.p1e1", "latency_ms.p+5", "latency_ms.p", "latency_ms.p.5",
            "latency_ms.p5.", "latency_ms.p1.2.3", "latency_ms.pinf", "latency_ms.pnan", "latency_ms.p٣",
            "tokens_per_second", "tokens_per_second.sum", "fallback_rate.mean", "retry_rate.p95",
            "fallbackrate", "judge_cost", "judge_cost_usd.mean", "rerolled.max", "re-rolled",
        ])
    func refusesMetrics(text: String) {
        #expect(GateMetric(text) == nil)
    }

    @Test("the implied gates are there unless written")
    func impliesGates() {
        func metrics(_ gates: [GateSpecification]) -> [String] {
            GateSpecification.complete(gates, mark: mark).filter(\.isImplied).map(\.metric.description)
        }
        #expect(metrics([]) == ["pass_rate", "error_rate"])
        #expect(metrics([GateSpecification(metric: .passRate, min: 0.9, mark: mark)]) == ["error_rate"])
        #expect(
            metrics([GateSpecification(metric: .passRate, min: 0.9, level: .warn, mark: mark)]).count == 2)
        // Gates that can't catch bad answers, or errors, take no implied gate's place.
        for gate in [
            GateSpecification(metric: .passRate, max: 0.9, mark: mark),
            GateSpecification(metric: .passRate, min: 0, mark: mark),
            GateSpecification(metric: .score(nil), min: 0, mark: mark),
            GateSpecification(metric: .errorRate, min: 0, mark: mark),
            GateSpecification(metric: .errorRate, max: 1, mark: mark),
            GateSpecification(metric: .errorRate, max: 0.1, level: .warn, mark: mark),
            GateSpecification(metric: .errorRate, max: 0.1, filter: GateFilter(tags: ["x"]), mark: mark),
        ] {
            #expect(metrics([gate]) == ["pass_rate", "error_rate"])
        }
        #expect(metrics([GateSpecification(metric: .score(nil), min: 0.1, mark: mark)]) == ["error_rate"])
        #expect(metrics([GateSpecification(metric: .errorRate, max: 0.1, mark: mark)]) == ["pass_rate"])
        let filtered = GateSpecification(
            metric: .score("a"), min: 1, filter: GateFilter(tags: ["x"]), mark: mark)
        #expect(metrics([filtered]).count == 2)
        #expect(metrics([GateSpecification(metric: .errorRate, max: 0.1, mark: mark)]) == ["pass_rate"])
    }

    @Test(
        "a wildcard fits the whole text",
        arguments: [
            ("a*c", "abbc", true), ("a*c", "abcd", false), ("?", "é", true), ("?", "", false),
            ("*", "", true),
            ("a", "a", true), ("*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false),
        ])
    func wildcards(pattern: String, text: String, fits: Bool) {
        #expect(Wildcard(pattern).matches(text) == fits)
    }

    @Test(
        "money is exact",
        arguments: [
            ("0.00315", "0.00315"), ("3", "3"), ("0", "0"), ("-1.5", "-1.5"), ("1e-12", "0.000000000001"),
        ])
    func moneyIsExact(text: String, expected: String) throws {
        let number = try #require(JSONNumber(text: text))
        let money = try #require(Money(usd: number))
        #expect(money.json.number == JSONNumber(text: expected))
    }

    @Test("450 and 120 tokens at 3 and 15 dollars a million cost 0.00315; an unknown price is unknown")
    func prices() throws {
        let price = PriceTable.Price(
            input: Money(picoUSD: 3_000_000_000_000), output: Money(picoUSD: 15_000_000_000_000))
        let table = PriceTable(prices: ["m": price])
        let usage = Usage(inputTokens: 450, outputTokens: 120)
        #expect(table.cost(of: usage, model: "m")?.usd == 0.00315)
        #expect(table.cost(of: usage, model: "other") == nil)
        #expect(table.cost(of: nil, model: "m") == nil)
    }

    @Test(
        "cached input is part of the input; what does not add up has no known cost",
        arguments: [
            (10, 0, 4, 6, "0.000022"), (10, 0, 4, 7, nil), (10, 0, 11, 0, nil), (10, 1, 0, 0, "0.000045"),
            (.max, 0, .max, .max, nil), (0, 0, .max, .max, nil), (.max, 0, 0, 0, nil),
            (3_000_000_000_000, 3_000_000_000_000, 0, 0, nil), (0, .max, 0, 0, nil),
        ] as [(Int, Int, Int, Int, String?)])
    func cachedInput(input: Int, output: Int, read: Int, write: Int, usd: String?) {
        let price = PriceTable.Price(
            input: Money(picoUSD: 3_000_000_000_000), output: Money(picoUSD: 15_000_000_000_000),
            cacheRead: Money(picoUSD: 1_000_000_000_000))
        let usage = Usage(
            inputTokens: input, outputTokens: output, cacheReadTokens: read, cacheWriteTokens: write)
        #expect(PriceTable(prices: ["m": price]).cost(of: usage, model: "m")?.text == usd)
    }

    @Test("the exit status that wins is the one that is certain")
    func precedence() {
        #expect(ExitStatus.winner(of: [.errored, .gateFailed, .recordingMissing]) == .gateFailed)
        #expect(ExitStatus.winner(of: [.errored, .recordingMissing]) == .recordingMissing)
        #expect(ExitStatus.winner(of: []) == .passed)
    }
}
