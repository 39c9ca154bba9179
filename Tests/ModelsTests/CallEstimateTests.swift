import Evals
import JSON
import Models
import Testing

@Suite("Estimates of calls")
struct CallEstimateTests {
    private static func request(
        _ text: String, _ parameters: JSONObject = [:], model: String = "gpt-5-mini"
    ) -> ModelRequest {
        ModelRequest(
            model: ModelSpecification(name: "small", provider: "openai", model: model),
            parameters: parameters,
            messages: [Message(role: .user, text: text)],
            site: CallSite(suite: "s", caseID: "c", prompt: "p", model: "small"))
    }

    private static let prices = ShippedPrices.completing(PriceTable(), models: [:])

    /// Texts with the fewest and the most tokens that cl100k_base, o200k_base and Claude 2's vocabulary make of them.
    private static let texts: [(String, Int, Int)] = [
        ("", 0, 0), ("hello world", 2, 2), ("The quick brown fox jumps over the lazy dog.", 10, 10),
        ("Where is my parcel? I ordered it two weeks ago and nobody answers.", 15, 15),
        ("日本語のテキストはトークンが多い。", 14, 17), ("Привет, как дела?", 6, 9), ("สวัสดีครับ", 5, 20),
        ("aGVsbG8gd29ybGQhIQZz9Kx0PqLmNvRtYw", 25, 28),
        ("3f786850e387550fdab836ed7e6dc881de23001b", 20, 22),
        ("{\"items\": [{\"id\": 17, \"price\": 12.50}]}", 16, 18),
        ("for (int i = 0; i < n; ++i) { sum += a[i]; }", 22, 22), ("😀🎉🤖", 5, 8),
        ("INTERNATIONALIZATION", 3, 5), ("31415926535897932384626433", 9, 11),
    ]

    @Test("the range holds what tokenizers count", arguments: texts)
    func tokenizers(text: String, fewest: Int, most: Int) {
        let estimate = TokenEstimate.text(text)
        #expect(estimate.low <= fewest && most <= estimate.high, "\(estimate)")
        #expect(estimate.high <= max(3 * most, text.utf8.count))
    }

    @Test(
        "no text has more tokens than bytes, nor fewer estimated than none",
        arguments: [
            "日本語のテキスト", "Привет, мир", "👩‍👩‍👧‍👦🇩🇪", "สวัสดี", "\u{0}\u{1}\n\n\t", "aB3$ aB3$", "        x",
            "{\"a\": [1, 2, 3]}", "ÀÉÎõü",
        ])
    func scripts(text: String) {
        let estimate = TokenEstimate.text(text)
        #expect(0 < estimate.low && estimate.low <= estimate.high)
        #expect(estimate.high <= text.utf8.count)
    }

    @Test("messages, images, tools and schemas add to the input")
    func parts() {
        let plain = TokenEstimate.input(of: Self.request("x"))
        var changed = Self.request("x")
        changed.messages[0].parts.append(.image(path: "a.png", sha256: "00"))
        let image = TokenEstimate.input(of: changed)
        #expect(image.high - plain.high == 5_000 && image.low - plain.low == 85)
        changed.model.model = "gpt-4o-mini-2024-07-18"
        #expect(TokenEstimate.input(of: changed).high - plain.high == 50_000)
        changed = Self.request("x")
        changed.tools = [["name": "f", "description": "does it", "parameters": ["type": "object"]]]
        #expect(TokenEstimate.input(of: changed).low > plain.low + 20)
        changed = Self.request("x")
        changed.outputSchema = ["type": "object"]
        #expect(TokenEstimate.input(of: changed).low > plain.low + 10)
        changed = Self.request("x")
        changed.messages.append(Message(role: .assistant, text: ""))
        #expect(TokenEstimate.input(of: changed) == plain + TokenEstimate(low: 3, high: 8))
        changed.messages[1].toolCalls = [["id": "1", "name": "f", "arguments": ["x": 1]]]
        #expect(TokenEstimate.input(of: changed).low > plain.low + 10)
    }

    @Test(
        "the answer is bounded by the request, else by the model, else by a stated number",
        arguments: [
            (["max_tokens": 300], "gpt-5-mini", 300), (["max_completion_tokens": 20], "gpt-5-mini", 20),
            (["max_output_tokens": 7, "max_tokens": 9], "gpt-5-mini", 9), ([:], "gpt-5-mini", 128_000),
            ([:], "unheard-of", 16_384), (["max_tokens": 10, "n": 3], "unheard-of", 30),
            (["max_tokens": 0], "gpt-5-mini", 0), (["max_tokens": "x"], "unheard-of", 16_384),
            (["max_tokens": .integer(Int.max), "n": 2], "gpt-5-mini", .max),
            (["max_tokens": 10, "extra": ["max_tokens": 500]], "gpt-5-mini", 500),
            (["max_tokens": 10, "extra": ["max_completion_tokens": 500]], "gpt-5-mini", 500),
            (["max_tokens": 10, "extra": ["max_tokens": nil]], "gpt-5-mini", 128_000),
            (["max_tokens": 10, "extra": ["n": 4]], "unheard-of", 40),
            (
                [
                    "max_tokens": 10,
                    "extra": ["generationConfig": ["candidateCount": 2, "maxOutputTokens": 70]],
                ],
                "unheard-of", 140
            ),
            (["max_tokens": 10, "extra": ["inferenceConfig": ["maxTokens": 70]]], "unheard-of", 70),
            (["max_tokens": 10, "extra": ["options": ["num_predict": 70]]], "unheard-of", 70),
            (["max_tokens": 10, "extra": ["options": ["num_predict": -1]]], "unheard-of", 16_384),
            (["max_tokens": 10, "extra": ["seed": 1]], "unheard-of", 10),
        ] as [(JSONObject, String, Int)])
    func output(parameters: JSONObject, model: String, most: Int) {
        let estimate = CallEstimate(Self.request("x", parameters, model: model), prices: Self.prices)
        #expect(estimate.maximumOutput == most)
    }

    @Test(
        "the worst case is the price of the tier that is asked for",
        arguments: [
            ([:], nil, "0.00200625"), (["service_tier": "auto"], nil, "0.00200625"),
            (["service_tier": "flex"], nil, "0.001003125"), ([:], "batch", "0.001003125"),
            (["service_tier": "priority"], nil, nil), (["service_tier": "scale"], nil, nil),
        ] as [(JSONObject, String?, String?)])
    func worst(parameters: JSONObject, tier: String?, usd: String?) {
        var parameters = parameters
        parameters["max_tokens"] = 1000
        let estimate = CallEstimate(Self.request("x", parameters), prices: Self.prices, serviceTier: tier)
        // 16 + 8 + 1 tokens in at $0.25, 1000 out at $2 a million.
        #expect(estimate.input.high == 25)
        #expect(estimate.worst?.text == usd)
    }

    @Test(
        "extra says which tier is asked for",
        arguments: [
            (["seed": 1], true), (["service_tier": "priority"], false), (["service_tier": "auto"], true),
            (["service_tier": "flex"], true), (["service_tier": 1], false),
            (["serviceTier": ["type": "priority"]], false), (["serviceTier": ["type": "default"]], true),
        ] as [(JSONObject, Bool)])
    func extraTier(extra: JSONObject, isPriced: Bool) {
        let parameters: JSONObject = ["max_tokens": 1000, "extra": .object(extra)]
        let estimate = CallEstimate(Self.request("x", parameters), prices: Self.prices)
        #expect((estimate.worst != nil) == isPriced)
        #expect(estimate.input.high > 25, "what extra holds may be input")
    }

    @Test("an unknown price has no worst case")
    func unknown() {
        #expect(CallEstimate(Self.request("x", model: "gpt-7"), prices: Self.prices).worst == nil)
    }

    @Test("a forecast adds up calls, keeps recorded answers apart, and learns from them what to expect")
    func forecast() throws {
        var forecast = Forecast(prices: Self.prices)
        let reply = Reply(content: "x", usage: Usage(inputTokens: 9, outputTokens: 20), latencyMS: 3000)
        forecast.add(Self.request("x"), isCalled: false, recorded: reply)
        for _ in 0..<3 {
            forecast.add(Self.request("x", ["max_tokens": 100]), isCalled: true, recorded: nil)
        }
        let row = try #require(forecast.rows.first)
        #expect(forecast.rows.count == 1 && row.calls == 3 && row.recorded == 1)
        #expect(row.expectedOutput == 60 && row.maximumOutput == 300 && row.input.high == 75)
        // 3 × 7 tokens in at $0.25 and 60 out at $2 a million; 75 and 300 at most.
        #expect(row.input.low == 21 && row.lowCost?.text == "0.00012525")
        #expect(row.highCost?.text == "0.00061875")
        #expect(row.load == CallLoad(calls: 3, tokens: 135, seconds: 9))
    }

    @Test("without recordings short answers are expected, and never more than are allowed")
    func assumptions() throws {
        var forecast = Forecast(prices: Self.prices)
        forecast.add(Self.request("x", ["max_tokens": 5]), isCalled: true, recorded: nil)
        forecast.add(Self.request("x", ["max_tokens": 500], model: "gpt-7"), isCalled: true, recorded: nil)
        // Both are called `small` here, as a row is one alias.
        let row = try #require(forecast.rows.first)
        #expect(row.expectedOutput == 128 && row.maximumOutput == 505)
        #expect(row.highCost == nil && row.lowCost == nil)
        var short = Forecast(prices: Self.prices)
        short.add(Self.request("x", ["max_tokens": 5]), isCalled: true, recorded: nil)
        #expect(short.rows.first?.expectedOutput == 5)
    }

    @Test(
        "the slowest limit decides how long calls take",
        arguments: [
            (60, 0, 600, 10, nil, nil, 1), (60, 0, 600, 1000, nil, nil, 1.0 / 6),
            (60, 0, 600, 60, 30, nil, 2),
            (60, 9000, 600, 60, 30, 3000, 3), (0, 0, 0, 0, nil, nil, 0), (1, 0, 60, 0, 0, 0, 1),
        ] as [(Int, Double, Double, Int, Int?, Int?, Double)])
    func minutes(
        calls: Int, tokens: Double, seconds: Double, lanes: Int, rpm: Int?, tpm: Int?, minutes: Double
    ) {
        let load = CallLoad(calls: calls, tokens: tokens, seconds: seconds)
        let limits = CallLoad.Limits(concurrency: lanes, requestsPerMinute: rpm, tokensPerMinute: tpm)
        #expect(load.minutes(at: limits) == minutes)
    }
}
