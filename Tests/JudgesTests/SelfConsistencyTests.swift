import Assertions
import Diagnostics
import Evals
import JSON
import Testing

@testable import Judges

@Suite("self-consistency")
struct SelfConsistencyTests {
    /// A model under test that answers its n-th call with the n-th text, from the second; and a judge.
    private static func model(_ samples: [String?], groups: JSONValue = [:]) -> ScriptedModel {
        ScriptedModel { (request: ModelRequest) throws(EvaluationError) -> Reply in
            guard request.model.name == "tested" else { return .says(groups) }
            guard samples.indices.contains(request.call - 2) else {
                throw EvaluationError(.provider, "call \(request.call) was not expected")
            }
            return Reply(content: samples[request.call - 2], finishReason: "stop")
        }
    }

    private static func groups(_ groups: [Int]) -> JSONValue {
        let list = groups.enumerated().map { index, group -> JSONValue in
            ["answer": .integer(index + 1), "group": .integer(group)]
        }
        return ["reason": "By what they say.", "groups": .array(list)]
    }

    @Test(
        "Exact: the score is how likely two answers agree, as worked out by hand",
        arguments: [
            (["Yes", "yes ", " YES", "yes\n"], 1.0, true),
            // 4·3 / 5·4
            (["yes", "yes", "yes", "no"], 0.6, false),
            // The judged answer is the odd one out: the same agreement.
            (["no", "no", "no", "no"], 0.6, false),
            // (3·2 + 2·1) / 20
            (["yes", "yes", "no", "no"], 0.4, false),
            (["a", "b", "c", "d"], 0, false),
            // An answer without text agrees with nothing that was said.
            (["yes", "yes", "yes", nil], 0.6, false),
            (["yes", "yes", nil, nil], 0.4, false),
        ] as [([String?], Double, Bool)])
    func exact(_ samples: [String?], _ score: Double, _ passed: Bool) async throws {
        let model = Self.model(samples)
        let result = try await JudgeBench(model, answer: "yes")
            .result("self-consistency", value: "exact")
        #expect(result.error == nil && result.stamp == nil)
        #expect(abs(result.score - score) < 1e-9 && result.passed == passed)
        #expect(result.details?["samples"]?.array?.count == 5)
        #expect(model.requests.map(\.call).sorted() == [2, 3, 4, 5])
        #expect(Set(model.requests.map(\.site.purpose)) == ["judge/self-consistency-1"])
    }

    @Test("The judged answer's place is told: among the most, or none of them")
    func summary() {
        #expect(AnswerGroups(["a", "A", "a"]).summary == "all 3 answers say the same")
        #expect(AnswerGroups(["a", "a", "b"]).summary == "2 of 3 answers say the same")
        #expect(
            AnswerGroups(["b", "a", "a"]).summary
                == "2 of 3 answers say the same, and the judged answer is none of them")
        #expect(AnswerGroups(["a", "b", nil]).summary == "no two of 3 answers agree")
    }

    @Test("The same is asked: messages, parameters, tools and schema of the answer")
    func request() async throws {
        let model = Self.model(["yes", "yes", "yes", "yes"])
        let bench = JudgeBench(model, answer: "yes")
        let request = ModelRequest(
            model: bench.request.model, parameters: ["temperature": 1, "top_p": 0.9],
            messages: bench.messages, tools: [["name": "look_up"]], outputSchema: ["type": "object"],
            sample: 3,
            site: bench.request.site, promptParameters: ["temperature": 1, "top_p": 0.9])
        var subject = bench.subject()
        subject.interview = Interview(about: request, desk: bench.desk, answering: model)
        let assertion = try JudgeBench.catalog.compile(
            JudgeBench.specification("self-consistency", value: "exact"))
        let result = await AssertionEvaluation.evaluate(assertion, on: subject)
        #expect(result.passed)
        for asked in model.requests {
            var same = asked
            same.call = 1
            #expect(same.keyMaterial == request.keyMaterial)
        }
    }

    @Test(
        "Judge: different answers are grouped by meaning, and all of them must be",
        arguments: [
            ([1, 1, 1, 1], 1.0, true),
            // 4·3 / 5·4, since two of the answers differ by case alone.
            ([7, 7, 7, -3], 0.6, true),
            // (3·2 + 2·1) / 20
            ([1, 1, 2, 2], 0.4, true),
            ([1, 2, 3, 4], 0.1, true),
            ([1, 1, 1], 0, false),
            ([1, 1, 1, 1, 1], 0, false),
            ([], 0, false),
        ] as [([Int], Double, Bool)])
    func judged(_ groups: [Int], _ score: Double, _ isVerdict: Bool) async throws {
        let model = Self.model(
            ["on  monday", "On Monday!", "It came Monday.", "Tuesday."], groups: Self.groups(groups))
        let result = try await JudgeBench(model, answer: "On Monday").result("self-consistency")
        #expect((result.error == nil) == isVerdict)
        #expect(isVerdict || result.error?.kind == .judge)
        #expect(abs(result.score - score) < 1e-9 && result.passed == (score == 1))
        let question = try #require(model.requests.first { $0.model.name == "judge" }).text
        #expect(!question.contains("on  monday") && question.contains("<answers-4-"))
        if isVerdict {
            #expect(result.details?["reason"] == "By what they say.")
            #expect(result.stamp?.prompts == ["judge-self-consistency@1"])
        }
    }

    @Test("Judge: an answer named twice, none, or by a wrong number is no verdict")
    func badGroups() async throws {
        for numbers in [[1, 1], [1, 2, 2], [0, 1], [2, 3]] {
            let list = numbers.map { number -> JSONValue in ["answer": .integer(number), "group": 1] }
            let model = Self.model(["a", "b"], groups: ["reason": "", "groups": .array(list)])
            let result = try await JudgeBench(model, answer: "a")
                .result("self-consistency", options: ["samples": 3])
            #expect(!result.passed && result.error?.kind == .judge, "\(numbers)")
        }
    }

    @Test("Judge: answers that are all the same need no judge")
    func allTheSame() async throws {
        let model = Self.model(["YES", "yes", "yes", "yes"])
        let result = try await JudgeBench(model, answer: "yes").result("self-consistency")
        #expect(result.passed && result.score == 1)
        #expect(model.requests.count == 4)
    }

    @Test("A panel, and a second assertion of the case, compare the same answers")
    func panel() async throws {
        let model = Self.model(["a", "b", "b", "c"], groups: Self.groups([1, 1, 1]))
        let results = try await JudgeBench(model, answer: "a").results([
            JudgeBench.specification(
                "self-consistency", options: ["panel": ["models": ["judge", "second"]]]),
            JudgeBench.specification("self-consistency", value: "exact"),
        ])
        #expect(results[0].passed && results[0].stamp?.votes == [true, true])
        #expect(abs(results[1].score - 0.2) < 1e-9 && !results[1].passed)
        #expect(model.requests.count { $0.model.name == "tested" } == 4)
        #expect(model.requests.count { $0.model.name != "tested" } == 2)
    }

    @Test("What is selected of each answer is compared; where nothing is found, that agrees with no other")
    func selected() async throws {
        let model = Self.model([
            #"{"label": "A", "why": "x"}"#, #"{"label": "a", "why": "y"}"#, #"{"why": "z"}"#, "no JSON",
        ])
        let bench = JudgeBench(model, answer: #"{"label": "a", "why": "w"}"#)
        let results = try await bench.results([
            JudgeBench.specification("self-consistency", value: "exact", select: "$.label")
        ])
        // (3·2 + 2·1) / 20: what nothing was found in is one group.
        #expect(results[0].error == nil && abs(results[0].score - 0.4) < 1e-9)
        #expect(results[0].details?["samples"]?.array?.last?["answer"] == .null)
    }

    @Test(
        "A sample that fails leaves no verdict, and the error keeps its kind",
        arguments: [EvaluationError.Kind.fixtureMissing, .provider, .budget, .timeout])
    func failure(_ kind: EvaluationError.Kind) async throws {
        let model = ScriptedModel { (request: ModelRequest) throws(EvaluationError) -> Reply in
            if request.call == 4 { throw EvaluationError(kind, "no luck", hint: "try again") }
            return Reply(content: "yes", finishReason: "stop")
        }
        for type in ["self-consistency", "not-self-consistency"] {
            let result = try await JudgeBench(model, answer: "yes").result(type, value: "exact")
            #expect(!result.passed && result.error?.kind == kind)
            #expect(result.error?.message == "sample 4 of 5: no luck" && result.error?.hint == "try again")
        }
    }

    @Test("The answers that a suite brings along can't be asked for again")
    func given() async throws {
        let model = ScriptedModel(inTurn: [])
        let bench = JudgeBench(model, answer: "yes")
        var request = bench.request
        request.model = .given
        var subject = bench.subject()
        subject.interview = Interview(about: request, desk: bench.desk, answering: model)
        for value: JSONValue in ["exact", "judge"] {
            let assertion = try JudgeBench.catalog.compile(
                JudgeBench.specification("self-consistency", value: value))
            let result = await AssertionEvaluation.evaluate(assertion, on: subject)
            #expect(!result.passed && result.error?.kind == .assertion && result.error?.hint != nil)
        }
        #expect(model.requests.isEmpty)
    }

    @Test("An answer without text fails, under not- as well, and nobody is asked")
    func empty() async throws {
        let model = ScriptedModel(inTurn: [])
        for type in ["self-consistency", "not-self-consistency"] {
            for value: JSONValue in ["exact", "judge"] {
                let result = try await JudgeBench(model, answer: " ").result(type, value: value)
                #expect(!result.passed && result.score == 0 && result.error == nil)
            }
        }
        #expect(model.requests.isEmpty)
    }

    @Test(
        "Options have to make sense",
        arguments: [
            (nil, nil, [:], nil), ("exact", 0.6, ["samples": 2], nil), ("judge", nil, ["samples": 25], nil),
            ("judge", nil, ["judge": "second"], nil),
            ("embeddings", nil, [:], "bad-value"), (3, nil, [:], "bad-value"),
            ("exact", nil, ["samples": 1], "bad-value"), ("exact", nil, ["samples": 26], "bad-value"),
            ("exact", nil, ["samples": 2.5], "bad-value"), ("exact", nil, ["judge": "second"], "bad-value"),
            ("exact", nil, ["panel": ["models": ["second"]]], "bad-value"),
            ("exact", 1.2, [:], "bad-threshold"),
        ] as [(JSONValue?, Double?, JSONObject, String?)])
    func options(_ value: JSONValue?, _ threshold: Double?, _ options: JSONObject, _ mistake: String?) {
        let mistakes = JudgeBench.mistakes(
            "self-consistency", value: value, threshold: threshold, options: options)
        #expect(mistakes.map(\.id) == [mistake].compactMap(\.self))
    }

    @Test("Only comparing by a judge needs one, and both ask models")
    func needs() throws {
        let descriptor = try #require(JudgeBench.catalog.resolve("self-consistency")).descriptor
        let exact = JudgeBench.specification("self-consistency", value: "exact")
        #expect(descriptor.needs?(exact) == [])
        let exactAsks = try descriptor.compile(exact).asks
        #expect(exactAsks)
        let judged = JudgeBench.specification("self-consistency")
        #expect(descriptor.needs?(judged) == [ModelNeed(.judge)])
        let judgedAsks = try descriptor.compile(judged).asks
        #expect(judgedAsks)
    }
}
