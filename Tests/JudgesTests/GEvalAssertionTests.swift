import Diagnostics
import Evals
import JSON
import Testing

@testable import Judges

@Suite("g-eval")
struct GEvalAssertionTests {
    private static let steps: JSONObject = ["steps": ["Read it.", "Weigh it."]]

    @Test(
        "gives a tenth of the judge's number, and passes from 0.7 on unless told otherwise",
        arguments: [
            (7, nil, true), (6, nil, false), (0, nil, false), (10, nil, true), (6, 0.6, true),
            (9, 0.95, false),
            (10, 1, true),
        ] as [(Int, Double?, Bool)])
    func score(_ score: Int, threshold: Double?, passes: Bool) async throws {
        let model = ScriptedModel { _ in .says(["reason": "r", "score": .integer(score)]) }
        let result = try await JudgeBench(model).result(
            "g-eval", value: "Is coherent.", threshold: threshold, options: Self.steps)
        #expect(result.error == nil && result.passed == passes)
        #expect(abs(result.score - Double(score) / 10) < 1e-12)
        #expect(model.requests.count == 1)
        #expect(model.requests[0].text.contains("steps: 1. Read it.\n2. Weigh it."))
        #expect(result.details == ["steps": ["Read it.", "Weigh it."], "score": .integer(score)])
        #expect(result.stamp?.prompts == ["judge-g-eval@1"])
    }

    @Test(
        "has no verdict in a number off the scale, or none",
        arguments: [11, -1, 7.5, "7", nil, true, [7]] as [JSONValue])
    func offScale(_ score: JSONValue) async throws {
        let model = ScriptedModel { _ in .says(["reason": "r", "score": score]) }
        let result = try await JudgeBench(model).result(
            "g-eval", value: "Is coherent.", threshold: 0.1, options: Self.steps)
        #expect(result.error?.kind == .judge && !result.passed && model.requests.count == 2)
    }

    /// A judge that writes steps when it is asked for them, and a score else.
    private static func twoCalls(_ steps: JSONValue = ["Read.", "Compare.", "Decide."]) -> ScriptedModel {
        ScriptedModel { request in
            request.text.contains("answer: ")
                ? .says(["reason": "r", "score": 8]) : .says(["steps": steps])
        }
    }

    @Test("without steps has them written first, before the judge sees the answer")
    func makesSteps() async throws {
        let model = Self.twoCalls()
        let result = try await JudgeBench(model).result("g-eval", value: "Is coherent.")
        #expect(result.passed && result.score == 0.8 && model.requests.count == 2)
        #expect(!model.requests[0].text.contains("parcel"))
        #expect(model.requests[1].text.contains("steps: 1. Read.\n2. Compare.\n3. Decide."))
        #expect(Set(model.requests.map(\.site.purpose)) == ["judge/g-eval-1"])
        #expect(result.stamp?.prompts == ["judge-g-eval-steps@1", "judge-g-eval@1"])
        #expect(result.details?["steps"] == ["Read.", "Compare.", "Decide."])
    }

    @Test("has the steps of the same criteria written once in a case, by each judge")
    func onceForCase() async throws {
        let model = Self.twoCalls()
        var bench = JudgeBench(model)
        bench.desk.settings.panel = JudgePanel(models: ["judge", "second"], repetition: 2)
        let results = try await bench.results([
            JudgeBench.specification("g-eval", value: "Is coherent."),
            JudgeBench.specification("g-eval", value: "Is coherent.", threshold: 0.9),
        ])
        #expect(results.map(\.passed) == [true, false])
        #expect(model.requests.filter { !$0.text.contains("answer: ") }.count == 2)
        #expect(model.requests.filter { $0.text.contains("answer: ") }.count == 8)
    }

    @Test("without usable steps is errored", arguments: [[], ["a", ""], [" "], "Read."] as [JSONValue])
    func noSteps(_ steps: JSONValue) async throws {
        let model = Self.twoCalls(steps)
        let result = try await JudgeBench(model).result("g-eval", value: "Is coherent.")
        #expect(result.error?.kind == .judge && !result.passed && model.requests.count == 2)
    }

    /// Log probabilities of an answer: tokens, and for the score's the likely ones.
    private static func logprobs(_ tokens: [String], likely: [(String, Double)], at place: Int) -> JSONValue {
        .array(
            tokens.enumerated().map { index, token in
                [
                    "token": .string(token), "logprob": -0.1,
                    "top_logprobs": .array(
                        index == place
                            ? likely.map { ["token": .string($0.0), "logprob": .double($0.1)] } : []),
                ]
            })
    }

    private static let likely = [("7", -0.35), ("8", -1.4), ("9", -3.2), ("6", -5.5), ("x", -4.0)]
    private static let weighted = 0.7330751755394544

    @Test("weighs the number by log probabilities where the judge's answer has them")
    func weighted() async throws {
        let tokens = [
            "{\"", "reason", "\":", " \"", "7", " of 7", "\",", " \"", "score", "\":", " ", "7", "}",
        ]
        let model = ScriptedModel { _ in
            var reply = Reply.says(["reason": "7 of 7", "score": 7])
            reply.logprobs = Self.logprobs(tokens, likely: Self.likely, at: 11)
            return reply
        }
        let result = try await JudgeBench(model).result("g-eval", value: "c", options: Self.steps)
        #expect(result.passed && abs(result.score - Self.weighted) < 1e-9)
        #expect(result.details?["score"] == 7)
        #expect(abs((result.details?["weighted_score"]?.double ?? 0) - 10 * Self.weighted) < 1e-9)
    }

    @Test(
        "asks for log probabilities where the model is known to give them and the project says nothing of them"
    )
    func asksForLogprobs() async throws {
        for (isKnown, own, asked) in [
            (true, [:], ["logprobs": true, "top_logprobs": 20]), (false, [:], [:]),
            (true, ["logprobs": false], ["logprobs": false]),
            (true, ["top_logprobs": 5], ["top_logprobs": 5]),
        ] as [(Bool, JSONObject, JSONObject)] {
            let model = Self.twoCalls()
            var bench = JudgeBench(model)
            bench.desk.logprobModels = isKnown ? ["judge"] : []
            bench.desk.models["judge"]?.parameters = own
            #expect(try await bench.result("g-eval", value: "Is coherent.").passed)
            #expect(model.requests.map(\.parameters) == [own, asked])
        }
    }

    @Test(
        "takes the number as it is where log probabilities do not show it, and says so",
        arguments: [
            (["{\"score\":", "1", "0", "}"], 10, 1), (["{\"score\": 7", "}"], 7, 0),
            (["{\"reason\": \"", "7", "\", \"score\": seven}"], 7, 1), (["7"], 7, 0), ([], 7, 0),
            (["{\"other\":", "7"], 7, 1),
        ] as [([String], Int, Int)])
    func undetermined(_ tokens: [String], score: Int, place: Int) async throws {
        let model = ScriptedModel { _ in
            var reply = Reply.says(["reason": "r", "score": .integer(score)])
            reply.logprobs = Self.logprobs(tokens, likely: Self.likely, at: place)
            return reply
        }
        let result = try await JudgeBench(model).result("g-eval", value: "c", options: Self.steps)
        #expect(result.error == nil && result.score == Double(score) / 10)
        #expect(result.details?["weighted_score"] == .null)
    }

    @Test(
        "takes the number as it is where no likely token is a score",
        arguments: [[], [("x", -0.1)], [("7", -9.0)], [("11", -0.1)]] as [[(String, Double)]])
    func noLikely(_ likely: [(String, Double)]) async throws {
        let model = ScriptedModel { _ in
            var reply = Reply.says(["reason": "r", "score": 7])
            reply.logprobs = Self.logprobs(["{\"score\": ", "7", "}"], likely: likely, at: 1)
            return reply
        }
        let result = try await JudgeBench(model).result("g-eval", value: "c", options: Self.steps)
        #expect(result.score == 0.7 && result.details?["weighted_score"] == .null)
    }

    @Test(
        "is stated wrongly",
        arguments: [
            (nil, nil, .null, "missing-value"), ("", nil, .null, "bad-value"),
            (["a"], nil, .null, "bad-value"),
            ("c", 7, .null, "bad-threshold"), ("c", nil, [], "empty-list"), ("c", nil, "Read.", "bad-value"),
            ("c", nil, ["Read.", 5], "bad-value"), ("c", nil, ["Read.", "Read."], "bad-value"),
            ("c", nil, [""], "bad-value"),
        ] as [(JSONValue?, Double?, JSONValue, String)])
    func misstated(_ value: JSONValue?, threshold: Double?, steps: JSONValue, id: String) {
        let options: JSONObject = steps.isNull ? [:] : JSONObject([("steps", steps)])
        let mistakes = JudgeBench.mistakes("g-eval", value: value, threshold: threshold, options: options)
        #expect(mistakes.map(\.id) == [id] && mistakes.allSatisfy { $0.hint != nil })
    }
}
