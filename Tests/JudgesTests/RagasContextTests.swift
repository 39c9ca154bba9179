import Diagnostics
import Evals
import JSON
import Testing

@testable import Judges

@Suite("ragas/context-precision and ragas/context-recall")
struct RagasContextTests {
    @Test(
        "Precision is the average precision of the ranking",
        arguments: [
            (["good a", "bad", "good b"], (1 + 2.0 / 3) / 2), (["bad", "good a"], 0.5),
            (["good a", "bad"], 1),
            (["bad", "bad b"], 0), (["good a", "good b", "good a"], 1), (["bad", "bad", "good a"], 1.0 / 3),
        ] as [([String], Double)])
    func precision(context: [String], score: Double) async throws {
        let model = RagasJudge(useful: ["good a", "good b"]).model
        var bench = JudgeBench(model)
        bench.context = context
        bench.reference = "the right answer"
        let result = try await bench.result("ragas/context-precision", threshold: 0.9)
        #expect(result.error == nil)
        #expect(abs(result.score - score) < 1e-12)
        #expect(result.passed == (score >= 0.9))
        #expect(result.details?["texts"]?.array?.count == context.count)
        #expect(result.details?["useful"]?.integer == context.count { $0.hasPrefix("good") })
        // Equal texts are judged once.
        #expect(model.requests.count == Set(context).count)
        #expect(model.requests.allSatisfy { $0.call == 1 && $0.block("target") == "the right answer" })
    }

    @Test("Precision against the answer needs no reference; against a reference it does")
    func against() async throws {
        let model = RagasJudge(useful: ["good"]).model
        var bench = JudgeBench(model, answer: "an answer")
        bench.context = ["good"]
        let without = try await bench.result("ragas/context-precision", threshold: 0.5)
        #expect(without.error?.kind == .assertion)
        #expect(without.error?.message.contains("needs the reference") == true)
        let result = try await bench.result(
            "ragas/context-precision", threshold: 0.5, options: ["against": "answer"])
        #expect(result.passed)
        #expect(model.requests.map { $0.block("target") } == ["an answer"])
        bench.reply.content = ""
        let empty = try await bench.result(
            "ragas/context-precision", threshold: 0.5, options: ["against": "answer"])
        #expect(!empty.passed && empty.error == nil)
        let mistakes = JudgeBench.mistakes(
            "ragas/context-precision", threshold: 0.5, options: ["against": "answers"])
        #expect(mistakes.first?.hint?.contains("answer") == true)
    }

    @Test("A text without a verdict makes the whole an error")
    func missingVerdict() async throws {
        var bench = JudgeBench(
            ScriptedModel { request in
                request.block("context") == "b"
                    ? .says(["reason": "no verdict"]) : .says(["reason": "r", "useful": true])
            })
        bench.context = ["a", "b", "c"]
        bench.reference = "r"
        let result = try await bench.result("ragas/context-precision", threshold: 0.1)
        #expect(result.error?.kind == .judge && !result.passed)
    }

    @Test(
        "Recall is the share of the reference's sentences that are in the context",
        arguments: [
            ("It left on Monday. It weighs 2.5 kg! Was it late?", 3, ["It left on Monday."], 1.0 / 3),
            ("It left on Monday. It weighs 2.5 kg!", 2, ["It left on Monday.", "It weighs 2.5 kg!"], 1),
            ("no end", 1, [], 0), ("…", 1, ["…"], 1),
        ] as [(String, Int, Set<String>, Double)])
    func recall(reference: String, count: Int, supported: Set<String>, score: Double) async throws {
        let model = RagasJudge(supports: ["a\n\nb": supported]).model
        var bench = JudgeBench(model, answer: "")
        bench.context = ["a", "b"]
        bench.reference = reference
        let result = try await bench.result("ragas/context-recall", threshold: 0.9)
        #expect(result.error == nil)
        #expect(abs(result.score - score) < 1e-12)
        #expect(result.details?["sentences"]?.array?.count == count)
        #expect(result.details?["unattributable"] == .integer(count - supported.count))
        #expect(model.requests.count == 1)
    }

    @Test("A sentence without a verdict makes recall an error")
    func missingSentence() async throws {
        var bench = JudgeBench(
            RagasJudge(supports: ["c": ["One.", "Two."]], spoil: { $0.removeLast() }).model)
        bench.context = ["c"]
        bench.reference = "One. Two."
        let result = try await bench.result("ragas/context-recall", threshold: 0.5)
        #expect(result.error?.kind == .judge && !result.passed)
        #expect(result.error?.message.contains("the verdict 2 is missing") == true)
    }
}
