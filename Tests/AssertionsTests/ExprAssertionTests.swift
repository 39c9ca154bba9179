import Assertions
import Diagnostics
import Evals
import JSON
import Testing

@Suite("expr and measures of tokens")
struct ExprAssertionTests {
    private static func subject(_ text: String = #"{"items": [1, 2, 3], "total": 7.5}"#) -> Subject {
        Subject(
            reply: Reply(
                servedModel: "gpt-5-mini", content: text, finishReason: "stop",
                toolCalls: [["name": "ping", "arguments": "{\"a\": 1}"]],
                usage: Usage(inputTokens: 10, outputTokens: 5), latencyMS: 120, logprobs: [-0.5, -1.5]),
            cost: Money(picoUSD: 10_000_000_000), messages: [Message(role: .user, text: "Sum?")],
            variables: ["city": "Berlin"], context: ["a", "b"], reference: "7.5", question: "Sum?")
    }

    private static func result(
        _ specimen: Specimen, on subject: Subject = subject()
    ) async throws -> AssertionResult {
        let assertion = try AssertionCatalog.standard.compile(specimen.specification)
        return await AssertionEvaluation.evaluate(assertion, on: subject)
    }

    @Test(
        "are true and false as templates have it",
        arguments: [
            ("(json.items | length) > 2 and (output | length) < 900", true),
            ("json.total == reference | float", true), ("json.total > 8", false),
            ("vars.city in 'Berlin, Paris'", true), ("context | length == 2 and context[1] == 'b'", true),
            ("tool_calls[0].name == 'ping' and tool_calls[0].arguments.a == 1", true),
            ("usage.output_tokens <= 5", true), ("latency_ms < 100", false), ("cost_usd <= 0.01", true),
            ("finish_reason == 'stop' and model is string", true), ("question | upper == 'SUM?'", true),
            ("ttft_ms is defined", false), ("output.startswith('{')", true),
            ("json.items | sum == 6 and json.items | select('gt', 1) | list | length == 2", true),
        ])
    func truth(expression: String, isTrue: Bool) async throws {
        let result = try await Self.result(Specimen(type: "expr", value: .string(expression)))
        #expect(result.error == nil, "\(result.reason)")
        #expect(result.passed == isTrue)
        let twin = try await Self.result(Specimen(type: "expr", value: .string(expression), isNegated: true))
        #expect(twin.passed != isTrue && twin.error == nil)
    }

    @Test("a number is a score that needs a threshold")
    func scores() async throws {
        let half = Specimen(type: "expr", value: "(json.items | length) / 6", threshold: 0.5)
        #expect(try await Self.result(half).passed)
        #expect(try await Self.result(half).score == 0.5)
        for expression in ["1 + 1", "json.items | length", "-0.5"] {
            let result = try await Self.result(
                Specimen(type: "expr", value: .string(expression), threshold: 0.5))
            #expect(result.error?.kind == .assertion, "\(expression)")
        }
        #expect(try await Self.result(Specimen(type: "expr", value: "json.total / 10")).error != nil)
    }

    @Test(
        "what is not known is an error that names it, under not- as well",
        arguments: [
            ("ttft_ms < 800", "ttft_ms"), ("json.nope > 1", "nope"), ("json.items", "not true or false"),
            ("output", "not true or false"), ("json.total / 0 > 1", "zero"), ("json.total + 'x' == 1", ""),
        ], [false, true])
    func errors(row: (String, String), isNegated: Bool) async throws {
        let result = try await Self.result(
            Specimen(type: "expr", value: .string(row.0), isNegated: isNegated))
        #expect(result.error?.kind == .assertion && !result.passed)
        #expect(result.reason.contains(row.1), "\(result.reason)")
        #expect(result.error?.hint?.isEmpty == false)
    }

    @Test("an answer that is no JSON fails what asks for json, under not- as well", arguments: [false, true])
    func notJSON(isNegated: Bool) async throws {
        let specimen = Specimen(type: "expr", value: "json.total > 100", isNegated: isNegated)
        let result = try await Self.result(specimen, on: Self.subject("seven"))
        #expect(!result.passed && result.error == nil && result.score == 0)
        #expect(result.reason.contains("not JSON"))
        let other = Specimen(type: "expr", value: "output == 'seven'")
        #expect(try await Self.result(other, on: Self.subject("seven")).passed)
    }

    @Test(
        "mistakes are found before anything runs",
        arguments: [
            (Specimen(type: "expr"), "missing-value"),
            (Specimen(type: "expr", value: "outptu == 1"), "undefined-variable"),
            (Specimen(type: "expr", value: "output =="), "template-syntax"),
            (Specimen(type: "expr", value: "{{ output }}"), "template-syntax"),
            (Specimen(type: "expr", value: "output = 1"), "template-syntax"),
            (Specimen(type: "expr", value: ["a"]), "bad-value"),
            (Specimen(type: "expr", value: "output == 'x'", threshold: 7), "bad-threshold"),
            (Specimen(type: "perplexity"), "missing-value"),
            (Specimen(type: "perplexity", threshold: -1), "bad-threshold"),
            (Specimen(type: "perplexity-score"), "missing-value"),
            (Specimen(type: "perplexity-score", threshold: 3), "bad-threshold"),
            (Specimen(type: "ttft", value: 5), "bad-value"), (Specimen(type: "ttft"), "missing-value"),
        ])
    func mistakes(specimen: Specimen, id: String) {
        #expect(specimen.mistake()?.id == id, "\(specimen.mistake()?.message ?? "")")
    }

    @Test("an expression that does not look at the answer can never fail")
    func vacuity() throws {
        #expect(try Specimen(type: "expr", value: "1 < 2").vacuity() != nil)
        #expect(try Specimen(type: "expr", value: true).vacuity() != nil)
        #expect(try Specimen(type: "expr", value: "2 < 1").vacuity() == nil)
        #expect(try Specimen(type: "expr", value: "2 < 1", isNegated: true).vacuity() != nil)
        #expect(try Specimen(type: "expr", value: "output == 'x'").vacuity() == nil)
        #expect(try Specimen(type: "expr", value: "output == 'x'", threshold: 0).vacuity() != nil)
    }

    @Test(
        "perplexity is exp of the mean negative log probability",
        arguments: [
            ([-0.5, -1.5], 2.718281828459045), ([0, 0], 1),
            (["content": [["token": "a", "logprob": -2]]], 7.38905609893065),
            ([["logprob": -1], ["logprob": -3]], 7.38905609893065),
        ] as [(JSONValue, Double)])
    func perplexity(logprobs: JSONValue, value: Double) async throws {
        let subject = Subject(reply: Reply(content: "x", logprobs: logprobs))
        for (limit, passes) in [(value + 1e-9, true), (value - 1e-6, false)] {
            let result = try await Self.result(Specimen(type: "perplexity", threshold: limit), on: subject)
            #expect(result.passed == passes && result.error == nil)
        }
        let score = try await Self.result(Specimen(type: "perplexity-score", threshold: 0.1), on: subject)
        #expect(abs(score.score - 1 / (1 + value)) < 1e-12)
    }

    @Test(
        "log probabilities that are none are an error",
        arguments: [nil, .null, [], [0.5], ["a"], [["token": "x"]], ["content": []]] as [JSONValue?],
        [false, true])
    func brokenLogprobs(logprobs: JSONValue?, isNegated: Bool) async throws {
        let subject = Subject(reply: Reply(content: "x", logprobs: logprobs))
        for type in ["perplexity", "perplexity-score"] {
            let result = try await Self.result(
                Specimen(type: type, threshold: 0.5, isNegated: isNegated), on: subject)
            #expect(result.error?.kind == .assertion && !result.passed)
        }
    }

    @Test("ttft: the limit is included, and what is not known is an error")
    func firstToken() async throws {
        let specimen = Specimen(type: "ttft", threshold: 800)
        for (time, passes) in [(800.0, true), (800.5, false)] {
            let subject = Subject(reply: Reply(content: "", firstTokenMS: time))
            #expect(try await Self.result(specimen, on: subject).passed == passes)
        }
        #expect(
            try await Self.result(specimen, on: Subject(reply: Reply(content: ""))).error?.kind == .assertion)
    }
}
