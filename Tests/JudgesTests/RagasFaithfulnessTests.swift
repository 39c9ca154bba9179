import Diagnostics
import Evals
import JSON
import Testing

@testable import Judges

@Suite("ragas/faithfulness")
struct RagasFaithfulnessTests {
    private static let claims = ["one", "two", "three", "four", "five"]

    private static func bench(
        supported: Int, spoil: @escaping @Sendable (inout [JSONValue]) -> Void = { _ in }
    )
        -> (bench: JudgeBench, model: ScriptedModel)
    {
        let model = RagasJudge(
            statements: ["the answer": claims],
            supports: ["first\n\nsecond": Set(claims.prefix(supported))], spoil: spoil
        ).model
        var bench = JudgeBench(model, answer: "the answer")
        bench.context = ["first", "second"]
        return (bench, model)
    }

    @Test(
        "The score is the share of the statements that the joined context supports",
        arguments: [(0, 0.0, false), (3, 0.6, false), (4, 0.8, true), (5, 1, true)])
    func share(supported: Int, score: Double, passes: Bool) async throws {
        let (bench, model) = Self.bench(supported: supported)
        let result = try await bench.result("ragas/faithfulness", threshold: 0.8)
        #expect(result.error == nil)
        #expect(result.passed == passes)
        #expect(result.score == score)
        #expect(result.details?["supported"] == .integer(supported))
        #expect(result.details?["unsupported"] == .integer(5 - supported))
        #expect(result.details?["statements"]?.array?.count == 5)
        #expect(
            result.details?["statements"]?[4]
                == ["text": "five", "supported": .bool(supported == 5), "reason": "because"])
        #expect(model.requests.count == 2)
        #expect(model.requests.allSatisfy { $0.site.purpose == "judge/ragas/faithfulness-1" })
        #expect(model.requests[0].block("question") == "Where is my parcel?")
        #expect(
            result.stamp?.prompts == ["judge-ragas-statements@1", "judge-ragas-support@1"])
    }

    @Test("An answer of five unsupported claims is not faithful at all, and names them")
    func unsupported() async throws {
        let result = try await Self.bench(supported: 0).bench.result("ragas/faithfulness", threshold: 0.85)
        #expect(result.score == 0 && !result.passed)
        #expect(result.reason.contains("0 of 5 statements follow from the context; not: \"one\", \"two\""))
    }

    @Test("Verdicts in another order belong to the statements with their numbers")
    func order() async throws {
        let (bench, _) = Self.bench(supported: 1) { $0.reverse() }
        let result = try await bench.result("ragas/faithfulness", threshold: 0.2)
        #expect(result.passed && result.score == 0.2)
        #expect(result.details?["statements"]?[0]?["supported"] == true)
    }

    /// A list of verdicts on five statements that is none.
    private struct Spoilt: Sendable, CustomTestStringConvertible {
        /// What is complained of.
        var testDescription: String
        /// Spoils a good list.
        var spoil: @Sendable (inout [JSONValue]) -> Void

        init(_ description: String, _ spoil: @escaping @Sendable (inout [JSONValue]) -> Void) {
            testDescription = description
            self.spoil = spoil
        }
    }

    private static let spoilt = [
        Spoilt("the verdict 2 is missing") { $0.removeLast(4) },
        Spoilt("the verdict 1 is missing") { $0.removeAll() },
        Spoilt("two verdicts with the number 1") { $0.append($0[0]) },
        Spoilt("two verdicts with the number 1") { $0[1] = $0[0] },
        Spoilt("there is no number 6") { $0.append(["index": 6, "reason": "", "supported": true]) },
        Spoilt("there is no number 0") { $0[0] = ["index": 0, "reason": "", "supported": true] },
        Spoilt("does not have the form") { $0[2] = ["index": 3, "reason": "", "supported": "incorrect"] },
        Spoilt("does not have the form") { $0[2] = ["index": 3, "supported": true] },
    ]

    @Test(
        "A list of verdicts that is not one for each statement is asked for again, and then an error",
        arguments: spoilt, ["ragas/faithfulness", "not-ragas/faithfulness"])
    private func spoiled(row: Spoilt, type: String) async throws {
        let (bench, model) = Self.bench(supported: 5, spoil: row.spoil)
        let result = try await bench.result(type, threshold: 0.5)
        #expect(!result.passed && result.score == 0)
        #expect(result.error?.kind == .judge)
        #expect(result.error?.message.contains(row.testDescription) == true, "\(result.reason)")
        #expect(model.requests.count == 3)
    }

    @Test(
        "An answer without statements has no score",
        arguments: ["ragas/faithfulness", "not-ragas/faithfulness"])
    func noStatements(type: String) async throws {
        var (bench, model) = Self.bench(supported: 5)
        bench.reply.content = "Hello!"
        let result = try await bench.result(type, threshold: 0.5)
        #expect(result.error?.kind == .judge && !result.passed)
        #expect(result.error?.message.contains("no statement in the answer") == true)
        #expect(model.requests.count == 1)
    }

    @Test(
        "An answer without text fails unasked, negated or not",
        arguments: ["ragas/faithfulness", "not-ragas/faithfulness"], [nil, "", " \n"])
    func noText(type: String, content: String?) async throws {
        var (bench, model) = Self.bench(supported: 5)
        bench.reply.content = content
        let result = try await bench.result(type, threshold: 0.5)
        #expect(!result.passed && result.score == 0 && result.error == nil)
        #expect(model.requests.isEmpty)
    }

    @Test("What the case lacks is named")
    func missing() async throws {
        var (bench, model) = Self.bench(supported: 5)
        bench.context = [" "]
        let noContext = try await bench.result("ragas/faithfulness", threshold: 0.5)
        #expect(noContext.error?.kind == .assertion)
        #expect(
            noContext.error?.message == "'ragas/faithfulness' needs the context of the case, which has none")
        #expect(noContext.error?.hint?.contains("context:") == true)
        bench.context = ["first"]
        bench.messages = []
        let noQuestion = try await bench.result("ragas/faithfulness", threshold: 0.5)
        #expect(noQuestion.error?.message.contains("needs the question") == true)
        #expect(model.requests.isEmpty)
    }

    @Test(
        "A threshold must be written, since Ragas has none",
        arguments: [
            "ragas/faithfulness", "ragas/answer-relevancy", "ragas/context-precision", "ragas/context-recall",
            "ragas/factual-correctness", "ragas/noise-sensitivity", "not-ragas/faithfulness",
        ])
    func thresholds(type: String) {
        #expect(JudgeBench.mistakes(type).map(\.id) == ["missing-threshold"])
        #expect(JudgeBench.mistakes(type).first?.hint?.hasPrefix("write \(type): 0.") == true)
        #expect(JudgeBench.mistakes(type, threshold: 1.5).map(\.id) == ["bad-threshold"])
        #expect(JudgeBench.mistakes(type, value: "good", threshold: 0.5).map(\.id) == ["bad-value"])
        #expect(JudgeBench.mistakes(type, threshold: 0.5).isEmpty)
    }
}
