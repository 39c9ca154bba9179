import Diagnostics
import Evals
import JSON
import Testing

@testable import Judges

@Suite("ragas/factual-correctness and ragas/noise-sensitivity")
struct RagasClaimTests {
    /// Three claims of the answer, two of them right; four of the reference, one of which the answer has.
    private static let claims = RagasJudge(
        statements: ["answer": ["a", "b", "wrong"], "reference": ["a", "b2", "c", "d"]],
        supports: ["reference": ["a", "b"], "answer": ["a"]])

    private static func bench(_ judge: RagasJudge) -> (JudgeBench, ScriptedModel) {
        let model = judge.model
        var bench = JudgeBench(model, answer: "answer")
        bench.reference = "reference"
        return (bench, model)
    }

    @Test(
        "Factual correctness follows from TP 2, FP 1 and FN 3, rounded to two digits",
        arguments: [
            // P = 2/3, R = 2/5: F1 = 2·P·R/(P+R) = 0.5; F2 = 5·P·R/(4·P+R) = 0.4348; F0.5 = 1.25·P·R/(P/4+R) = 0.5882.
            ([:], 0.5, 4), (["beta": 2], 0.43, 4), (["beta": 0.5], 0.59, 4), (["mode": "precision"], 0.67, 2),
            (["mode": "recall"], 0.4, 4), (["mode": "f1", "beta": 1], 0.5, 4),
        ] as [(JSONObject, Double, Int)])
    func correctness(options: JSONObject, score: Double, calls: Int) async throws {
        let (bench, model) = Self.bench(Self.claims)
        let result = try await bench.result("ragas/factual-correctness", threshold: score, options: options)
        #expect(result.error == nil && result.passed)
        #expect(result.score == score)
        #expect(result.details?["true_positives"] == 2)
        #expect(result.details?["false_positives"] == 1)
        #expect(result.details?["false_negatives"] == (calls == 4 ? 3 : nil))
        #expect(model.requests.count == calls)
    }

    @Test("An answer that is the reference has its claims told once")
    func equalTexts() async throws {
        let judge = RagasJudge(statements: ["same": ["a"]], supports: ["same": ["a"]])
        let model = judge.model
        var bench = JudgeBench(model, answer: "same")
        bench.reference = "same"
        let result = try await bench.result("ragas/factual-correctness", threshold: 1)
        #expect(result.passed && result.score == 1)
        #expect(model.requests.count == 2)
        #expect(model.requests.allSatisfy { $0.call == 1 })
    }

    @Test("An answer without claims has the score 0; a reference without them is an error")
    func nothing() async throws {
        var judge = Self.claims
        judge.statements["answer"] = []
        let silent = try await Self.bench(judge).0.result("ragas/factual-correctness", threshold: 0.5)
        #expect(silent.error == nil && !silent.passed && silent.score == 0)
        judge = Self.claims
        judge.statements["reference"] = []
        let empty = try await Self.bench(judge).0.result("ragas/factual-correctness", threshold: 0)
        #expect(empty.error?.kind == .judge && !empty.passed)
    }

    @Test(
        "Options that say nothing are mistakes",
        arguments: [
            ["mode": "f2"], ["beta": 0], ["beta": -1], ["beta": "high"], ["beta": 2, "mode": "recall"],
        ] as [JSONObject])
    func options(options: JSONObject) {
        let mistakes = JudgeBench.mistakes("ragas/factual-correctness", threshold: 0.5, options: options)
        #expect(mistakes.map(\.id) == ["bad-value"])
    }

    /// `c1` is relevant, `c2` is not; of five statements two are right, one is wrong with `c1`, one with `c2` and one with
    /// neither; the last but one is in both.
    private static let noise = RagasJudge(
        statements: ["answer": ["right", "right too", "w1", "w2", "w0"], "reference": ["truth"]],
        supports: [
            "reference": ["right", "right too"], "c1": ["truth", "w1", "right"], "c2": ["w1", "w2"],
        ])

    @Test(
        "Noise sensitivity is the share of statements that are wrong and come from texts of one kind",
        arguments: [
            (["c1", "c2"], "relevant", 0.2), (["c1", "c2"], "irrelevant", 0.2), (["c2"], "relevant", 0),
            (["c2"], "irrelevant", 0.4), (["c2", "c1", "c2"], "irrelevant", 0.2), (["c1"], "irrelevant", 0),
        ])
    func sensitivity(context: [String], mode: String, measure: Double) async throws {
        var (bench, model) = Self.bench(Self.noise)
        bench.context = context
        let result = try await bench.result(
            "ragas/noise-sensitivity", threshold: 0.2, options: ["mode": .string(mode)])
        #expect(result.error == nil)
        #expect(result.details?["measure"] == .double(measure))
        #expect(abs(result.score - (1 - measure)) < 1e-12)
        #expect(result.passed == (measure <= 0.2))
        #expect(result.details?["wrong"] == 3)
        #expect(result.details?["relevant_texts"] == .array(context.map { .bool($0 == "c1") }))
        #expect(model.requests.count == 3 + 2 * Set(context).count)
        #expect(model.requests.allSatisfy { $0.call == 1 })
    }

    @Test(
        "Noise sensitivity is no good score where there is nothing to count",
        arguments: ["answer", "reference"])
    func noNoise(text: String) async throws {
        var judge = Self.noise
        judge.statements[text] = []
        var bench = Self.bench(judge).0
        bench.context = ["c1"]
        let result = try await bench.result("ragas/noise-sensitivity", threshold: 0.9)
        #expect(result.error?.kind == .judge && !result.passed && result.score == 0)
        #expect(result.error?.message.contains("no statement in the \(text)") == true)
    }
}
