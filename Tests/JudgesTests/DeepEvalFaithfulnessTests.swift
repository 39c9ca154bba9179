import Evals
import JSON
import Testing

@testable import Judges

@Suite("deepeval/faithfulness and grounded")
struct DeepEvalFaithfulnessTests {
    private static func bench(
        _ model: ScriptedModel, context: [String] = ["It was sent on Monday."]
    ) -> JudgeBench {
        var bench = JudgeBench(model)
        bench.context = context
        return bench
    }

    private static func faithfulness(_ words: [String]) -> ScriptedModel {
        JudgeScript(answers: [
            ("truths", JudgeScript.verdicts(words)), ("context", JudgeScript.list(of: 2)),
            ("answer", JudgeScript.list(of: words.count)),
        ]).model
    }

    private static func grounded(_ words: [String]) -> ScriptedModel {
        JudgeScript(answers: [
            ("context", JudgeScript.verdicts(words)), ("answer", JudgeScript.list(of: words.count)),
        ]).model
    }

    /// Verdicts in, score out, as worked out by hand.
    struct Example: Sendable, CustomStringConvertible {
        var words: [String]
        var options: JSONObject = [:]
        var threshold: Double?
        var score: Double
        var passed: Bool
        var description: String { "\(words) \(options) \(threshold.map { "\($0)" } ?? "-")" }
    }

    @Test(
        "A claim that is not in the context is faithful, one that the context contradicts is not",
        arguments: [
            Example(words: ["idk", "idk", "idk", "idk", "idk"], score: 1, passed: true),
            Example(
                words: ["idk", "idk", "idk", "idk", "idk"], options: ["penalize_ambiguous_claims": true],
                score: 0, passed: false),
            Example(
                words: ["yes", "idk"], options: ["penalize_ambiguous_claims": true], score: 0.5, passed: true),
            Example(words: ["yes", "no", "idk", "no"], score: 0.5, passed: true),
            Example(words: ["yes", "no", "no"], score: 1.0 / 3, passed: false),
            Example(words: ["yes", "yes", "yes", "no"], threshold: 0.75, score: 0.75, passed: true),
            Example(words: ["yes", "yes", "yes", "no"], threshold: 0.76, score: 0.75, passed: false),
            Example(
                words: ["yes", "yes", "yes", "no"], options: ["strict": true], score: 0.75, passed: false),
            Example(words: ["yes", "idk"], options: ["strict": true], score: 1, passed: true),
            Example(words: ["yes", "no"], options: ["strict": false], score: 0.5, passed: true),
        ])
    func faithfulness(_ example: Example) async throws {
        let result = try await Self.bench(Self.faithfulness(example.words))
            .result("deepeval/faithfulness", threshold: example.threshold, options: example.options)
        #expect(result.error == nil)
        #expect(abs(result.score - example.score) < 1e-9)
        #expect(result.passed == example.passed)
    }

    @Test(
        "Unsupported and contradicted claims are counted apart, and a contradicted one makes the score 0",
        arguments: [
            Example(words: ["supported", "supported"], score: 1, passed: true),
            Example(
                words: ["unsupported", "unsupported", "unsupported", "unsupported", "unsupported"], score: 0,
                passed: false),
            Example(
                words: ["supported", "supported", "supported", "unsupported"], score: 0.75, passed: false),
            Example(
                words: ["supported", "supported", "supported", "unsupported"], threshold: 0.75, score: 0.75,
                passed: true),
            Example(
                words: ["supported", "supported", "supported", "contradicted"], threshold: 0.5, score: 0,
                passed: false),
        ])
    func grounded(_ example: Example) async throws {
        let result = try await Self.bench(Self.grounded(example.words))
            .result("grounded", threshold: example.threshold)
        #expect(result.error == nil)
        #expect(abs(result.score - example.score) < 1e-9)
        #expect(result.passed == example.passed)
        for word in ["supported", "unsupported", "contradicted"] {
            #expect(
                result.details?["counts"]?[word]?.integer == example.words.count { $0 == word }, "\(word)")
        }
        let counts = "\(example.words.count { $0 == "unsupported" }) unsupported"
        #expect(result.reason.contains(counts))
    }

    @Test("Facts, claims, verdicts and reasons can be checked by a person")
    func details() async throws {
        let model = Self.faithfulness(["yes", "no"])
        let result = try await Self.bench(model).result("deepeval/faithfulness")
        #expect(result.details?["truths"] == ["statement 1", "statement 2"])
        #expect(
            result.details?["claims"] == [
                ["claim": "statement 1", "verdict": "yes", "reason": "So it is."],
                ["claim": "statement 2", "verdict": "no", "reason": "So it is."],
            ])
        #expect(result.reason.contains("2 claims: 1 supported, 1 contradicted, 0 neither; \"statement 2\""))
        #expect(result.stamp?.prompts.count == 3)
        #expect(
            model.requests.map(\.site.purpose) == Array(repeating: "judge/deepeval/faithfulness-1", count: 3))
    }

    @Test(
        "An answer that claims nothing passes when the judge says why, whatever the context is",
        arguments: ["deepeval/faithfulness", "grounded"])
    func noClaims(_ type: String) async throws {
        let model = JudgeScript(answers: [("answer", JudgeScript.list([], whyNone: "It says it can't know."))]
        )
        .model
        let result = try await Self.bench(model).result(type)
        #expect(result.passed && result.score == 1)
        #expect(result.reason.contains("It says it can't know."))
        #expect(model.requests.count == 1)
    }

    @Test(
        "An empty list without a reason, and a context without facts, are no verdict",
        arguments: ["claims", "facts", "blank claim"])
    func lazy(_ what: String) async throws {
        let claims =
            switch what {
            case "claims": JudgeScript.list([], whyNone: " ")
            case "blank claim": JudgeScript.list(["one", ""])
            default: JudgeScript.list(of: 1)
            }
        let model = JudgeScript(answers: [
            ("truths", JudgeScript.verdicts(["yes"])), ("context", JudgeScript.list([], whyNone: "None.")),
            ("answer", claims),
        ]).model
        let result = try await Self.bench(model).result("deepeval/faithfulness")
        #expect(!result.passed && result.error?.kind == .judge)
    }

    @Test(
        "An answer without text fails, under not- as well, and no judge is asked",
        arguments: [
            "deepeval/faithfulness", "not-deepeval/faithfulness", "grounded", "not-grounded",
            "deepeval/answer-relevancy", "deepeval/hallucination", "not-deepeval/hallucination",
        ])
    func empty(_ type: String) async throws {
        let model = ScriptedModel(inTurn: [])
        var bench = Self.bench(model)
        bench.reply.content = " \n"
        let result = try await bench.result(type)
        #expect(!result.passed && result.score == 0 && result.error == nil)
        #expect(result.reason.contains("no text"))
        #expect(model.requests.isEmpty)
    }

    @Test(
        "Retrieved texts that are missing are the author's mistake, never a pass",
        arguments: [
            "deepeval/faithfulness", "grounded", "not-grounded", "deepeval/contextual-precision",
            "deepeval/contextual-recall", "deepeval/contextual-relevancy", "deepeval/hallucination",
        ])
    func noContext(_ type: String) async throws {
        for context in [[], ["", " "]] {
            let model = ScriptedModel(inTurn: [])
            var bench = Self.bench(model, context: context)
            bench.reference = "On Monday."
            let result = try await bench.result(type)
            #expect(!result.passed && result.error?.kind == .assertion)
            #expect(result.error?.hint?.contains("context:") == true)
            #expect(model.requests.isEmpty)
        }
    }
}
