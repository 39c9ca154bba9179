import Diagnostics
import Evals
import JSON
import Suites
import Testing

@Suite("The prices of a project")
struct PriceFileTests {
    private static let suite = """
        suite: s
        prompts: [p]
        models: [small]
        cases:
          - {id: a, vars: {x: y}, assert: [{contains: x}]}
        """

    private static func project(
        prices: String = "models: {}", models: String = "  small: {provider: openai, model: gpt-5-mini}",
        suite: String = suite, more: String = ""
    ) throws -> TemporaryProject {
        try TemporaryProject([
            "evalrun.yaml": "models:\n\(models)\nprices: prices.yaml\n\(more)", "prices.yaml": prices,
            "prompts/p.prompt.yaml": "name: p\nversion: 1\nuser: \"{{ x }}\"\n",
            "evalsuites/s.suite.yaml": suite + "\n",
        ])
    }

    private static let full = """
        date: 2026-11-01
        models:
          m:
            input: 2
            output: 10
            cache_read: 0.2
            batch: {input: 1, output: 5, cache_read: 0.1}
            priority: {input: 4, output: 20}
            above: {tokens: 272000, input: 4, output: 15, batch: {input: 2, output: 7.5}}
          two:
            input: 1
            output: 1
            above: [{tokens: 200, input: 3, output: 3}, {tokens: 100, input: 2, output: 2}]
        """

    @Test(
        "tiers and steps are read",
        arguments: [
            ("m", 1000, 0, 100, nil, "0.003"), ("m", 1000, 500, 100, "batch", "0.00105"),
            ("m", 272_001, 0, 0, nil, "1.088004"), ("m", 272_001, 0, 0, "batch", "0.544002"),
            ("m", 1000, 0, 0, "priority", "0.004"), ("m", 1000, 1, 0, "priority", nil),
            ("m", 1000, 0, 0, "flex", nil), ("two", 101, 0, 0, nil, "0.000202"),
            ("two", 201, 0, 0, nil, "0.000603"),
        ] as [(String, Int, Int, Int, String?, String?)])
    func reads(model: String, input: Int, read: Int, output: Int, tier: String?, usd: String?) throws {
        let (workspace, diagnostics) = try Self.project(prices: Self.full).load()
        #expect(diagnostics.isEmpty)
        let usage = Usage(inputTokens: input, outputTokens: output, cacheReadTokens: read)
        let prices = workspace.project.prices
        #expect(prices.date == "2026-11-01")
        #expect(prices.cost(of: usage, model: model, serviceTier: tier)?.text == usd)
    }

    @Test(
        "list prices hold where a vendor answers",
        arguments: [
            ("provider: openai", "", true), ("provider: anthropic", "", true),
            ("provider: ollama", "", false),
            ("provider: exec", "", false), ("provider: http", "", false),
            ("provider: openai-compatible", "", false),
            ("provider: openai-compatible, base_url: \"http://127.0.0.1:4000/v1\"", "", false),
            ("provider: openai-compatible, base_url: \"https://localhost/v1\"", "", false),
            ("provider: openai-compatible, base_url: \"https://[::1]:8000/v1\"", "", false),
            ("provider: openai-compatible, base_url: \"https://u@127.0.0.2:1/v1\"", "", false),
            ("provider: openai-compatible, base_url: \"http://gpu1:8000/v1\"", "", false),
            ("provider: openai-compatible, base_url: \"https://api.x.ai/v1\"", "", true),
            ("provider: openai-compatible, base_url: \"${URL:-https://api.x.ai/v1}\"", "", true),
            ("provider: openai-compatible, base_url: \"${URL:-http://127.0.0.1:1}/v1\"", "", false),
            ("provider: openai-compatible, base_url: \"${URL}\"", "", false),
            ("provider: openai-compatible, base_url: \"https://${HOST}/v1\"", "", false),
            ("provider: mine", "type: openai-compatible, base_url: \"https://api.x.ai/v1\"", true),
            ("provider: mine", "type: ollama", false),
            ("provider: ollama, price_as: gpt-5-mini", "", true),
        ])
    func local(model: String, provider: String, holds: Bool) throws {
        let project = try Self.project(
            models: "  small: {model: gpt-5-mini, \(model)}",
            more: provider.isEmpty ? "" : "providers: {mine: {\(provider)}}\n")
        let found = try #require(project.load().workspace.project.model(named: "small"))
        #expect(found.hasListPrice == holds)
    }

    @Test("a model that is written inline is judged by its provider")
    func inline() throws {
        let project = try Self.project().load().workspace.project
        #expect(project.model(named: "openai/gpt-5-mini")?.hasListPrice == true)
        #expect(project.model(named: "ollama/gpt-5-mini")?.hasListPrice == false)
        #expect(project.model(named: "nowhere/x") == nil)
    }

    private static func found(
        _ gates: String, models: String = "[small, big]", isCapped: Bool = false,
        options: PlanOptions = PlanOptions()
    ) throws -> [String] {
        let suite = Self.suite.replacing("models: [small]", with: "models: \(models)")
        let project = try Self.project(
            prices: "models: {known: {input: 1, output: 1}}",
            models:
                "  small: {provider: openai, model: known}\n  big: {provider: openai, model: unheard-of}\n"
                + "  chain: {provider: openai, model: known, fallback: [big]}",
            suite: suite + "\ngates:\n\(gates)")
        let workspace = project.load().workspace
        let plan = try #require(project.plan(options).plan)
        var prices = workspace.project.prices
        for model in workspace.project.models { prices.models[model.name] = model }
        return PriceCheck.diagnostics(
            models: plan.askedModels, gates: plan.gates, prices: prices, isCapped: isCapped
        ).map { "\($0.severity) \($0.id) \($0.message)" }
    }

    private static let gate = "the gate on cost_usd can't be judged: the price of 'unheard-of' is unknown"
    private static let budget = "the budget can't be kept: the price of 'unheard-of' is unknown"

    @Test(
        "an unknown price refuses gates on the cost and the budget",
        arguments: [
            ("  - {metric: cost_usd, max: 1}", "[small, big]", false, ["error unknown-price " + gate]),
            ("  - {metric: cost_usd, max: 1, over: suite}", "[big]", false, ["error unknown-price " + gate]),
            (
                "  - {metric: cost_usd, max: 1, level: warn}", "[big]", false,
                ["warning unknown-price " + gate]
            ),
            ("  - {metric: cost_usd, max: 1}", "[small]", false, []),
            ("  - {metric: cost_usd, max: 1}", "[chain]", false, ["error unknown-price " + gate]),
            ("  - {metric: cost_usd, max: 1, where: {model: small}}", "[small, big]", false, []),
            ("  - {metric: cost_usd, max: 1}", "[small, {model: big, advisory: true}]", false, []),
            ("  - {metric: pass_rate, min: 1}", "[big]", false, []),
            ("  - {metric: pass_rate, min: 1}", "[big]", true, ["error unknown-price " + budget]),
            (
                "  - {metric: pass_rate, min: 1}", "[small, {model: big, advisory: true}]", true,
                ["error unknown-price " + budget]
            ),
            ("  - {metric: pass_rate, min: 1}", "[small]", true, []),
            ("  - {metric: pass_rate, min: 1}", "[echo]", true, []),
        ] as [(String, String, Bool, [String])])
    func refuses(gates: String, models: String, isCapped: Bool, expected: [String]) throws {
        #expect(try Self.found(gates, models: models, isCapped: isCapped) == expected)
    }

    @Test("models that this run leaves out refuse nothing")
    func narrowed() throws {
        var options = PlanOptions()
        options.models = ["small"]
        #expect(try Self.found("  - {metric: cost_usd, max: 1}", isCapped: true, options: options) == [])
    }

    @Test(
        "a service tier without a price refuses the budget",
        arguments: [
            (["service_tier": "priority"], "'m' for the service tier 'priority'", "priority: {input"),
            (
                ["extra": ["service_tier": "scale"]], "'m' for the service tier 'scale'",
                "another service_tier"
            ),
            (["service_tier": "flex"], nil, ""), (["service_tier": "auto"], nil, ""), ([:], nil, ""),
        ] as [(JSONObject, String?, String)])
    func tier(parameters: JSONObject, says: String?, hint: String) {
        let model = ModelSpecification(name: "m", provider: "p", model: "m", parameters: parameters)
        let rates = ModelPrice.Rates(input: Money(picoUSD: 1_000_000), output: Money(picoUSD: 1_000_000))
        let prices = PriceTable(prices: ["m": ModelPrice(ModelPrice.Offer(standard: rates, flex: rates))])
        let found = PriceCheck.diagnostics(
            models: [PlannedModel(suite: "s", prompt: "p", model: model)], gates: [], prices: prices,
            isCapped: true)
        #expect(
            found.map(\.message)
                == (says.map { ["the budget can't be kept: the price of \($0) is unknown"] } ?? []))
        #expect(found.allSatisfy { $0.hint?.contains(hint) == true })
    }

    @Test("the hint says what to write")
    func hint() throws {
        let model = ModelSpecification(name: "m", provider: "p", model: "qwen/x")
        let found = PriceCheck.diagnostics(
            models: [PlannedModel(suite: "s", prompt: "p", model: model)], gates: [], prices: PriceTable(),
            isCapped: true)
        #expect(
            found.first?.hint == """
                add to prices.yaml: models: {"qwen/x": {input: USD, output: USD}}, per million tokens;
                or name a priced model with `price_as`; or pass --allow-unpriced
                """)
    }
}
