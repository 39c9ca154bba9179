import Evals
import HTTP
import JSON
import Models
import Synchronization
import Testing

@Suite("Fallbacks, breakers, budgets and faults", .timeLimit(.minutes(1)))
struct FallbackTests {
    private static let environment = ["K": LiveSetup.key]
    private static let providers: JSONObject = [
        "a": provider("a.example"), "b": provider("b.example"), "c": provider("c.example"),
    ]

    private static func provider(_ host: String, _ more: JSONObject = [:]) -> JSONValue {
        .object(
            more.merging([
                "type": "openai-compatible", "base_url": .string("https://\(host)"), "api_key_env": "K",
                "retry": ["attempts": 2, "base_s": 0.1],
            ]))
    }

    private static let first = ModelSpecification.of("a", "first", ["fallback": ["second", "third"]])
    private static let models = [first, .of("b", "second"), .of("c", "third")]

    /// Which hosts answer what; the others answer well.
    private static func script(
        _ turns: [String: ScriptedTransport.Turn]
    ) -> @Sendable (HTTPRequest, Int) -> ScriptedTransport.Turn {
        { request, _ in turns.first { request.url.contains("//\($0.key).example") }?.value ?? .chat() }
    }

    private func hosts(_ setup: LiveSetup) -> String {
        setup.transport.requests.map { $0.url.dropFirst(8).prefix(1) }.joined()
    }

    @Test(
        "Fallbacks are asked in order for trouble that another provider does not have",
        arguments: [
            ([:], "a", nil, 1), (["a": .status(503)], "aab", "second", 3),
            (["a": .status(429), "b": .fail(HTTPError(.connect, "no"))], "aabbc", "third", 5),
            (["a": .status(200, "<html>")], "aab", "second", 3), (["a": .status(402)], "ab", "second", 2),
            (["a": .fail(HTTPError(.totalTimeout, "late"))], "aab", "second", 3),
            (["a": .fail(HTTPError(.tls, "bad"))], "ab", "second", 2),
        ] as [([String: ScriptedTransport.Turn], String, String?, Int)])
    func order(
        turns: [String: ScriptedTransport.Turn], asked: String, fallback: String?, attempts: Int
    ) async throws {
        let setup = LiveSetup(Self.script(turns))
        let live = setup.live(Self.models, providers: Self.providers, environment: Self.environment)
        let reply = try #require(await setup.ask(live, .to(Self.first)).reply)
        #expect(hosts(setup) == asked)
        #expect(reply.fallback == fallback)
        #expect(reply.attempts == attempts)
        #expect(
            setup.transport.requests.last.map { body($0)["model"] } == .string("\(fallback ?? "first")-id"))
    }

    private func body(_ request: HTTPRequest) -> JSONValue {
        (try? JSONParser().parse(bytes: request.body)) ?? .null
    }

    @Test(
        "A wrong key and a wrong request are hidden by no fallback",
        arguments: [
            (["a": .status(401)], "a", "answered 401", 1), (["a": .status(403)], "a", "answered 403", 1),
            (["a": .status(400)], "a", "answered 400", 1), (["a": .status(404)], "a", "answered 404", 1),
            (["a": .status(307)], "a", "a redirect", 1),
            (
                ["a": .status(503, "x"), "b": .status(401, "y")], "aab",
                "a (first-id) answered 503: x; 2 attempts; then the fallback: b (second-id) answered 401: y",
                3
            ),
            (
                ["a": .status(503, "x"), "b": .status(500, "y"), "c": .status(502, "z")], "aabbcc",
                "; then the fallback: c (third-id) answered 502: z; 2 attempts", 6
            ),
        ] as [([String: ScriptedTransport.Turn], String, String, Int)])
    func noFallback(
        turns: [String: ScriptedTransport.Turn], asked: String, message: String, attempts: Int
    ) async throws {
        let setup = LiveSetup(Self.script(turns))
        let live = setup.live(Self.models, providers: Self.providers, environment: Self.environment)
        let error = try #require(await setup.ask(live, .to(Self.first)).error)
        #expect(hosts(setup) == asked)
        #expect(error.message.contains(message), "\(error.message)")
        #expect(error.attempts == attempts)
    }

    @Test("A missing key and a fallback that does not exist are told")
    func incomplete() async throws {
        let setup = LiveSetup(Self.script(["a": .status(503)]))
        let keyless = setup.live(Self.models, providers: Self.providers, environment: [:])
        #expect(await setup.ask(keyless, .to(Self.first)).error?.kind == .needsKey)
        #expect(setup.transport.requests.isEmpty)
        let model = ModelSpecification.of("a", "first", ["fallback": ["gone", "first", "third"]])
        let live = setup.live(
            [model, .of("c", "third")], providers: Self.providers, environment: Self.environment)
        #expect(await setup.ask(live, .to(model)).reply?.fallback == "third")
        let lonely = ModelSpecification.of("a", "first", ["fallback": ["gone"]])
        let error = await setup.ask(live, .to(lonely)).error
        #expect(error?.message.hasSuffix("then the fallback: evalrun.yaml has no model 'gone'") == true)
    }

    @Test(
        "A fallback gets its own parameters under those of the prompt, and none of the first model's alias",
        arguments: [
            // alias of the first, the prompt's (nil: not known), alias of the fallback, sent
            (["max_tokens": 5, "seed": 1], [:], ["max_tokens": 9], ["max_tokens": 9]),
            (
                ["max_tokens": 5], ["temperature": 0], ["temperature": 1, "top_p": 1],
                ["temperature": 0, "top_p": 1]
            ),
            // The prompt says the same as the first alias: it is the prompt's all the same.
            (["temperature": 0], ["temperature": 0], ["temperature": 1], ["temperature": 0]),
            (["temperature": 0.5], ["temperature": 0], ["temperature": 1], ["temperature": 0]),
            (["temperature": 0.5], nil, ["temperature": 1], ["temperature": 1]),
        ] as [(JSONObject, JSONObject?, JSONObject, JSONObject)])
    func parameters(
        firsts: JSONObject, prompt: JSONObject?, others: JSONObject, sent: JSONObject
    ) async throws {
        var (first, second) = (Self.models[0], Self.models[1])
        (first.parameters, second.parameters) = (firsts, others)
        let setup = LiveSetup(Self.script(["a": .status(402)]))
        let live = setup.live([first, second], providers: Self.providers, environment: Self.environment)
        _ = await setup.ask(live, .to(first, prompt: prompt))
        let found = try #require(setup.transport.requests.last.map(body)?.object)
        var wanted = sent
        wanted["model"] = "second-id"
        wanted["messages"] = [["role": "user", "content": "hi"]]
        #expect(found == wanted)
    }

    // MARK: - Breakers

    @Test("All models of a provider share its breaker; one with limits of its own has its own")
    func breaker() async throws {
        let setup = LiveSetup(Self.script(["a": .status(500)]))
        let providers: JSONObject = [
            "a": Self.provider("a.example", ["breaker": 2]).merged(["retry": ["attempts": 1]]),
            "b": Self.provider("b.example"),
        ]
        let own = ModelSpecification.of("a", "own", ["limits": ["concurrency": 1]])
        let withFallback = ModelSpecification.of("a", "with", ["fallback": ["second"]])
        let live = setup.live(Self.models + [own], providers: providers, environment: Self.environment)
        for _ in 1...2 { #expect(await setup.ask(live, .to(.of("a", "x"))).error?.kind == .provider) }
        let refusal = await setup.ask(live, .to(.of("a", "y"))).error
        #expect(refusal?.kind == .breaker)
        #expect(refusal?.attempts == 0)
        #expect(hosts(setup) == "aa")
        // A provider that was given up is what fallbacks are for.
        let reply = await setup.ask(live, .to(withFallback)).reply
        #expect(reply?.fallback == "second")
        #expect(reply?.attempts == 1)
        #expect(await setup.ask(live, .to(own)).error?.kind == .provider)
        #expect(hosts(setup) == "aaba")
    }

    // MARK: - Budgets

    private static let prices = PriceTable(
        prices: [
            "first-id": ModelPrice(input: usd(1), output: usd(1)),
            "second-id": ModelPrice(input: usd(2), output: usd(2)),
            "third-id": ModelPrice(input: usd(2), output: usd(2)),
        ])

    private static func usd(_ perMillion: Int64) -> Money { Money(picoUSD: perMillion * 1_000_000_000_000) }

    @Test(
        "A call costs what its answer did, nothing when it was refused, and the worst case when nobody knows",
        arguments: [
            // 12 tokens at $1 a million
            (.chat(), 12_000_000), (.status(500), 0), (.status(401), 0),
            (.fail(HTTPError(.connect, "no")), 0),
        ] as [(ScriptedTransport.Turn, Int64)])
    func settled(turn: ScriptedTransport.Turn, cost: Int64) async {
        let budget = Budget(cap: Self.usd(1))
        let setup = LiveSetup([turn])
        let live = setup.live(
            providers: Self.providers, environment: Self.environment, budget: budget, prices: Self.prices)
        _ = await setup.ask(live, .to(.of("a", "first")))
        #expect(budget.totals == Budget.Totals(spent: Money(picoUSD: cost)))
    }

    @Test(
        "An attempt whose answer was lost may be charged: its worst case counts, also when the next one answers",
        arguments: [
            // Two attempts in all; how many of them are lost, and what the answer cost.
            ([.fail(HTTPError(.totalTimeout, "late"))], 2, 0), ([.status(200, "<html>")], 2, 0),
            ([.fail(HTTPError(.firstByteTimeout, "late")), .chat()], 1, 12_000_000),
            ([.status(200, "<html>"), .chat()], 1, 12_000_000),
            ([.fail(HTTPError(.brokenOff, "reset")), .status(503)], 1, 0),
            ([.fail(HTTPError(.malformed, "odd")), .status(401)], 1, 0),
            ([.status(503), .fail(HTTPError(.brokenOff, "reset"))], 1, 0),
            ([.fail(HTTPError(.tooLarge, "large"))], 1, 0),
            ([.fail(HTTPError(.connectTimeout, "late")), .chat()], 0, 12_000_000),
            ([.fail(HTTPError(.resolve, "no"))], 0, 0), ([.fail(HTTPError(.tls, "bad"))], 0, 0),
        ] as [([ScriptedTransport.Turn], Int64, Int64)])
    func lost(turns: [ScriptedTransport.Turn], lost: Int64, cost: Int64) async throws {
        let budget = Budget(cap: Self.usd(1))
        let setup = LiveSetup(turns)
        let live = setup.live(
            providers: Self.providers, environment: Self.environment, budget: budget, prices: Self.prices)
        let request = ModelRequest.to(.of("a", "first"))
        let outcome = await setup.ask(live, request)
        let worst = try #require(CallEstimate(request, prices: Self.prices).worst)
        #expect(budget.totals == Budget.Totals(spent: Money(picoUSD: lost * worst.picoUSD + cost)))
        if let error = outcome.error { #expect(error.mayHaveCost == (lost > 0)) }
    }

    @Test("After a lost attempt another one is made only as far as the budget has room for both")
    func lostBeyondBudget() async throws {
        let request = ModelRequest.to(.of("a", "first"))
        let worst = try #require(CallEstimate(request, prices: Self.prices).worst)
        let budget = Budget(cap: Money(picoUSD: worst.picoUSD * 3 / 2))
        let setup = LiveSetup([.fail(HTTPError(.totalTimeout, "late")), .chat()])
        let live = setup.live(
            providers: Self.providers, environment: Self.environment, budget: budget, prices: Self.prices)
        let outcome = await setup.ask(live, request)
        #expect(outcome.error?.kind == .budget)
        #expect(outcome.error?.attempts == 1)
        #expect(outcome.error?.mayHaveCost == true)
        #expect(setup.transport.requests.count == 1)
        #expect(budget.totals == Budget.Totals(spent: worst))
    }

    @Test("What was lost before an interrupt, the breaker or a fallback stays counted")
    func lostBefore() async throws {
        let request = ModelRequest.to(.of("a", "first"))
        let worst = try #require(CallEstimate(request, prices: Self.prices).worst)
        let late = ScriptedTransport.Turn.fail(HTTPError(.totalTimeout, "late"))
        let setup = LiveSetup([late, .chat()])
        let budget = Budget(cap: Self.usd(1))
        let live = setup.live(
            providers: Self.providers, environment: Self.environment, budget: budget, prices: Self.prices)
        let task = Task { await setup.kind(live, request) }
        await until { setup.clock.alarms.count == 1 }
        task.cancel()
        #expect(await task.value == .interrupted)
        #expect(budget.totals == Budget.Totals(spent: worst))

        let chained = LiveSetup(Self.script(["a": late, "b": .status(503), "c": .status(503)]))
        let error = try #require(
            await chained.ask(
                chained.live(Self.models, providers: Self.providers, environment: Self.environment),
                .to(Self.first)
            ).error)
        #expect(error.mayHaveCost, "also without a budget")
    }

    @Test("A fallback is paid at its own price, and a spent budget asks nobody")
    func spent() async {
        let setup = LiveSetup(Self.script(["a": .status(500)]))
        let budget = Budget(cap: Self.usd(1))
        let live = setup.live(
            Self.models, providers: Self.providers, environment: Self.environment, budget: budget,
            prices: Self.prices)
        #expect(await setup.ask(live, .to(Self.first)).reply?.fallback == "second")
        #expect(budget.totals == Budget.Totals(spent: Money(picoUSD: 24_000_000)))
        budget.charge(Self.usd(1))
        let sent = setup.transport.requests.count
        #expect(await setup.ask(live, .to(Self.first)).error?.kind == .budget)
        #expect(setup.transport.requests.count == sent)
    }

    @Test(
        "Under a budget nothing is asked whose price is unknown, unless that is allowed",
        arguments: [
            ([:], false, "", true), (["service_tier": "priority"], false, "'priority'", false),
            (["extra": ["service_tier": "scale"]], false, "'scale'", false),
            (["service_tier": "priority"], true, "", true),
        ] as [(JSONObject, Bool, String, Bool)])
    func unpriced(parameters: JSONObject, isAllowed: Bool, says: String, isAsked: Bool) async {
        let setup = LiveSetup([.chat()])
        let budget = Budget(cap: Self.usd(1))
        let live = setup.live(
            providers: Self.providers, environment: Self.environment, budget: budget, prices: Self.prices,
            allowsUnpriced: isAllowed)
        let outcome = await setup.ask(live, .to(.of("a", "first"), prompt: parameters))
        #expect((outcome.reply != nil) == isAsked)
        #expect(setup.transport.requests.isEmpty == !isAsked)
        guard let error = outcome.error else { return }
        #expect(error.kind == .budget)
        #expect(error.message.contains(says) && error.message.hasSuffix("is unknown"), "\(error.message)")
        #expect(error.hint?.contains("--allow-unpriced") == true)
    }

    // MARK: - Faults on purpose

    @Test(
        "Injected faults send nothing, are tried again, lead to fallbacks, and cost nothing",
        arguments: [
            ([.init(fault: .status(503), name: "first")], "b", nil),
            ([.init(fault: .timeout, name: "a")], "b", nil),
            ([.init(fault: .garbage, name: "first")], "b", nil),
            ([.init(fault: .reset, name: "second")], "a", nil),
            ([.init(fault: .status(401), name: "first")], "", .provider),
            (
                [
                    .init(fault: .timeout, name: "a"), .init(fault: .timeout, name: "b"),
                    .init(fault: .timeout, name: "c"),
                ],
                "", .timeout
            ),
        ] as [([FaultInjection.Rule], String, EvaluationError.Kind?)])
    func injected(rules: [FaultInjection.Rule], asked: String, kind: EvaluationError.Kind?) async {
        let setup = LiveSetup([.chat()])
        let budget = Budget(cap: Self.usd(1))
        let live = setup.live(
            Self.models, providers: Self.providers, environment: Self.environment, inject: rules,
            budget: budget, prices: Self.prices)
        let outcome = await setup.ask(live, .to(Self.first))
        #expect(hosts(setup) == asked)
        #expect(outcome.error?.kind == kind)
        #expect((outcome.reply?.fallback == "second") == (asked == "b"))
        #expect(outcome.reply.map { $0.attempts == (asked == "b" ? 3 : 1) } ?? true)
        // What is paid for is the answer, at the price of the model that gave it.
        #expect(budget.totals.spent == Money(picoUSD: ["a": 12_000_000, "b": 24_000_000][asked] ?? 0))
    }

    // MARK: - Programs

    /// A program that answers or fails.
    private struct Program: Answering {
        var error: EvaluationError?

        func answer(_ request: ModelRequest) async throws(EvaluationError) -> Answer {
            if let error { throw error }
            return Answer(reply: Reply(content: "from \(request.model.name)"), source: .live)
        }
    }

    @Test(
        "Models of the kind exec are asked as programs, with their fallbacks and faults",
        arguments: [
            (nil, [], "from app", nil, ""), (EvaluationError(.provider, "exit 1"), [], "fine", "second", "b"),
            (EvaluationError(.timeout, "late"), [], "fine", "second", "b"),
            (EvaluationError(.refused, "no --allow-exec"), [], nil, nil, ""),
            (nil, [.init(fault: .status(503), name: "app")], "fine", "second", "b"),
            (nil, [.init(fault: .status(400), name: "prog")], nil, nil, ""),
        ] as [(EvaluationError?, [FaultInjection.Rule], String?, String?, String)])
    func programs(
        error: EvaluationError?, rules: [FaultInjection.Rule], content: String?, fallback: String?,
        asked: String
    ) async {
        let setup = LiveSetup([.chat()])
        let app = ModelSpecification.of("prog", "app", ["fallback": ["second"]])
        let live = setup.live(
            Self.models, providers: Self.providers.merging(["prog": ["type": "exec", "command": ["x"]]]),
            environment: Self.environment, inject: rules, programs: Program(error: error))
        let outcome = await setup.ask(live, .to(app))
        #expect(outcome.reply?.content == content)
        #expect(outcome.reply?.fallback == fallback)
        #expect(hosts(setup) == asked)
    }
}

extension JSONValue {
    /// An object with the members of another.
    fileprivate func merged(_ members: JSONObject) -> JSONValue { .object((object ?? [:]).merging(members)) }
}
