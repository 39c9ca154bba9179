import Diagnostics
import Evals
import JSON
import Testing

@testable import Judges

@Suite("pairwise")
struct PairwiseAssertionTests {
    /// A judge that prefers texts with more exclamation marks, and one that prefers a place.
    enum Taste: String, Sendable, CaseIterable {
        case honest, first, second, neither
    }

    private static func judge(_ taste: Taste) -> ScriptedModel.Script {
        { request in
            func marks(_ name: String) -> Int { request.block(name)?.count { $0 == "!" } ?? 0 }
            let better =
                switch taste {
                case .honest:
                    marks("first") == marks("second")
                        ? "neither" : marks("first") > marks("second") ? "first" : "second"
                default: taste.rawValue
                }
            return .says(["reason": "because", "better": .string(better)])
        }
    }

    private static func bench(_ taste: Taste, _ answer: String, reference: String? = "so!") -> ComparisonBench
    {
        var bench = ComparisonBench([ComparisonBench.Contestant("a", answer)], judge: judge(taste))
        bench.reference = reference
        return bench
    }

    @Test(
        "both orders are asked; what they disagree about is a tie",
        arguments: [
            (Taste.honest, "good!!", 1.0, true, false, nil), (.honest, "bad", 0, false, false, nil),
            (.honest, "same!", 0.5, true, false, nil), (.first, "good!!", 0.5, true, true, "first"),
            (.second, "good!!", 0.5, true, true, "second"), (.neither, "good!!", 0.5, true, false, nil),
        ] as [(Taste, String, Double, Bool, Bool, String?)])
    func orders(
        taste: Taste, answer: String, score: Double, passed: Bool, flipped: Bool, position: String?
    ) async throws {
        let bench = Self.bench(taste, answer)
        let result = try #require(try await bench.results("pairwise").first)
        #expect(result.error == nil)
        #expect(result.score == score && result.passed == passed)
        #expect(result.stamp?.isFlipped == flipped)
        #expect(result.details?["flipped"]?.bool == flipped)
        #expect(result.details?["position"]?.string == position)
        #expect(result.details?["against"]?.string == "reference")
        #expect(result.details?["orders"]?.array?.count == 2)
        #expect(bench.questions.count == 2)
        #expect(Set(bench.questions.compactMap { $0.block("first") }) == [answer, "so!"])
        // The judge is not told which of the two is the reference.
        #expect(bench.questions.allSatisfy { $0.block("reference") == nil && $0.block("question") != nil })
    }

    @Test("a preference that only one order has is a tie, and a flip without a place")
    func halfPreference() async throws {
        var bench = ComparisonBench([ComparisonBench.Contestant("a", "good!!")]) { request in
            .says(["reason": "", "better": request.block("first") == "good!!" ? "first" : "neither"])
        }
        bench.reference = "so!"
        let result = try #require(try await bench.results("pairwise").first)
        #expect(result.score == 0.5 && result.stamp?.isFlipped == true)
        #expect(result.details?["position"] == nil)
    }

    @Test("a threshold of 1 wants a win; not-pairwise turns the score round")
    func thresholds() async throws {
        let tie = Self.bench(.first, "good!!")
        #expect(try await tie.results("pairwise", threshold: 1).map(\.passed) == [false])
        let win = Self.bench(.honest, "good!!")
        #expect(try await win.results("pairwise", threshold: 1).map(\.passed) == [true])
        #expect(try await win.results("not-pairwise").map(\.passed) == [false])
        #expect(try await win.results("not-pairwise").map(\.score) == [0])
    }

    @Test("texts that are the same are a tie that nobody is asked about")
    func equal() async throws {
        let bench = Self.bench(.first, "so!")
        let result = try #require(try await bench.results("pairwise").first)
        #expect(result.score == 0.5 && result.passed && result.stamp?.isFlipped == nil)
        #expect(bench.questions.isEmpty)
    }

    @Test("without a reference there is nothing to compare with: an error, not a verdict")
    func noReference() async throws {
        let bench = Self.bench(.honest, "good!!", reference: nil)
        let result = try #require(try await bench.results("pairwise").first)
        #expect(!result.passed && result.error?.kind == .assertion && result.error?.hint != nil)
        #expect(bench.questions.isEmpty)
    }

    @Test(
        "one order without a verdict makes the assertion errored, whatever the other one says",
        arguments: ["", "first", #"{"reason": "r", "better": "both"}"#, #"{"better": "first"}"#])
    func broken(answer: String) async throws {
        var bench = ComparisonBench([ComparisonBench.Contestant("a", "good!!")]) { request in
            request.block("first") == "good!!"
                ? .says(["reason": "r", "better": "first"]) : Reply(content: answer, finishReason: "stop")
        }
        bench.reference = "so!"
        let result = try #require(try await bench.results("pairwise").first)
        #expect(!result.passed && result.error?.kind == .judge)
        #expect(bench.questions.count == 3)
    }

    private static let models = [
        ComparisonBench.Contestant("a", "good!!"), ComparisonBench.Contestant("b", "fair!"),
        ComparisonBench.Contestant("c", "bad"),
    ]

    @Test("against a model, its answer to the same prompt is compared; the model ties with itself")
    func againstModel() async throws {
        var bench = ComparisonBench(Self.models, judge: Self.judge(.honest))
        bench.reference = "right"
        let results = try await bench.results("pairwise", options: ["against": "b"])
        #expect(results.map(\.score) == [1, 0.5, 0])
        #expect(results.map(\.passed) == [true, true, false])
        #expect(results[0].details?["against"] == ["prompt": "p", "model": "b"])
        #expect(bench.questions.count == 4)
        #expect(bench.questions.allSatisfy { $0.block("reference") == "right" })
        // Each answer is asked for once.
        #expect(bench.model.requests.count == 3 + 4)
    }

    @Test("against a prompt, the answer of the same model is compared; questions that differ are left out")
    func againstPrompt() async throws {
        var models = Self.models
        models[1].prompt = "old@1"
        models[1].model = "a"
        models[1].question = "Where?"
        let bench = ComparisonBench(models, judge: Self.judge(.honest))
        let results = try await bench.results("pairwise", options: ["against": ["prompt": "old@1"]])
        #expect(results.map { $0.error?.kind } == [nil, nil, .assertion])
        #expect(results.map(\.score) == [1, 0.5, 0])
        #expect(results[2].error?.hint?.contains("'old@1' by 'a'") == true)
        #expect(bench.questions.allSatisfy { $0.block("question") == nil })
    }

    @Test("select is applied to both answers; where the other one has nothing of the kind, that is an error")
    func selected() async throws {
        let bench = ComparisonBench(
            [
                ComparisonBench.Contestant("a", #"{"x": "good!!", "y": "z"}"#),
                ComparisonBench.Contestant("b", #"{"x": "fair!"}"#), ComparisonBench.Contestant("c", "bad"),
            ], judge: Self.judge(.honest))
        let against = try await bench.results("pairwise", options: ["against": "b"], select: "$.x")
        #expect(against.map(\.score) == [1, 0.5, 0])
        #expect(against.map { $0.error == nil } == [true, true, true])
        #expect(Set(bench.questions.compactMap { $0.block("first") }) == ["good!!", "fair!"])
        let bad = try await bench.results("pairwise", options: ["against": "c"], select: "$.x")
        #expect(bad.map { $0.error?.kind } == [.assertion, .assertion, nil])
        #expect(bad.allSatisfy { !$0.passed })
    }

    @Test("an answer that could not be had makes those that are compared with it errored, with its kind")
    func missingAnswer() async throws {
        let bench = ComparisonBench(
            [
                ComparisonBench.Contestant("a", "good!!"),
                ComparisonBench.Contestant(
                    "b", error: EvaluationError(.fixtureMissing, "no recording", mayHaveCost: true)),
            ], judge: Self.judge(.honest))
        let results = try await bench.results("pairwise", options: ["against": "b"])
        #expect(results.count == 1)
        #expect(results[0].error?.kind == .fixtureMissing && !results[0].passed)
        #expect(bench.questions.isEmpty)
    }

    @Test("in a panel every judge is asked in both orders")
    func panel() async throws {
        var bench = ComparisonBench([ComparisonBench.Contestant("a", "good!!")]) { request in
            let better =
                request.model.name == "third"
                ? "first" : request.block("first") == "good!!" ? "first" : "second"
            return .says(["reason": "r", "better": .string(better)])
        }
        bench.reference = "so!"
        let options: JSONObject = ["panel": ["models": ["judge", "second", "third"], "vote": "mean"]]
        let result = try #require(
            try await bench.results("pairwise", threshold: 1, options: options).first)
        #expect(bench.questions.count == 6)
        #expect(abs(result.score - 2.5 / 3) < 1e-12 && !result.passed)
        #expect(result.stamp?.votes == [true, true, false] && result.stamp?.isFlipped == true)
    }

    @Test(
        "mistakes are found before anything is asked",
        arguments: [
            (" ", nil, nil, "bad-value"), (5, nil, nil, "bad-value"), ("c", 2, nil, "bad-threshold"),
            ("c", nil, "", "bad-against"), ("c", nil, 5, "bad-against"), ("c", nil, [:], "bad-against"),
            ("c", nil, ["modle": "a"], "bad-against"), ("c", nil, ["model": ""], "bad-against"),
            ("c", nil, ["a"], "bad-against"), ("c", nil, "a", nil), ("c", 0.5, ["prompt": "p"], nil),
            ("c", nil, ["prompt": "p", "model": "m"], nil), ("c", 1, nil, nil),
        ] as [(JSONValue, Double?, JSONValue?, String?)])
    func mistakes(value: JSONValue, threshold: Double?, against: JSONValue?, id: String?) {
        var options: JSONObject = [:]
        options["against"] = against
        let found = JudgeBench.mistakes("pairwise", value: value, threshold: threshold, options: options)
        #expect(found.first?.id == id)
    }
}
