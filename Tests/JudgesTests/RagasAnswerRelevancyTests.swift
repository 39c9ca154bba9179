import Diagnostics
import Evals
import JSON
import Testing

@testable import Judges

@Suite("ragas/answer-relevancy")
struct RagasAnswerRelevancyTests {
    /// Questions whose embeddings have the cosines 1, 0.6, 0.8 and −1 to that of the case's question.
    private static let vectors: [String: [Double]] = [
        "Where is my parcel?": [2, 0], "same": [1, 0], "near": [3, 4], "nearer": [4, 3], "opposite": [-1, 0],
    ]

    private static func judge(_ questions: [(String, Bool)]) -> RagasJudge {
        RagasJudge(questions: questions.map { (text: $0.0, isNoncommittal: $0.1) }, vectors: vectors)
    }

    @Test(
        "The score is the mean cosine, and 0 for answers that are noncommittal throughout",
        arguments: [
            ([("same", false), ("near", false), ("nearer", false)], 0.8, 4),
            // Equal questions have one embedding.
            ([("near", false), ("near", false), ("near", false)], 0.6, 2),
            ([("Where is my parcel?", false), ("same", false), ("same", false)], 1, 2),
            ([("same", true), ("near", true), ("nearer", false)], 0.8, 4),
            ([("same", true), ("near", true), ("nearer", true)], 0, 0),
            ([("opposite", false), ("opposite", false), ("nearer", false)], 0, 3),
        ] as [([(String, Bool)], Double, Int)])
    func mean(questions: [(String, Bool)], score: Double, embeddings: Int) async throws {
        let model = Self.judge(questions).model
        let result = try await JudgeBench(model).result("ragas/answer-relevancy", threshold: 0.7)
        #expect(result.error == nil)
        #expect(abs(result.score - score) < 1e-12)
        #expect(result.passed == (score >= 0.7))
        #expect(model.requests.count { $0.isForJudge } == 1)
        #expect(model.requests.count { !$0.isForJudge } == embeddings)
        #expect(result.details?["questions"]?.array?.count == 3)
        #expect(result.details?["embeddings"] == "embedder")
        let purposes = Set(model.requests.filter { !$0.isForJudge }.map(\.site.purpose))
        #expect(purposes.isSubset(of: ["embedding/ragas/answer-relevancy-1"]))
    }

    @Test(
        "As many questions as were asked for, or an error",
        arguments: [
            ([], 1, "there are 0 questions, and 1 were asked for"),
            ([("same", false)], 3, "there are 1 questions, and 3 were asked for"),
            ([("same", false), ("near", false)], 1, "there are 2 questions, and 1 were asked for"),
            ([(" ", false)], 1, "one of the questions is empty"),
        ] as [([(String, Bool)], Int, String)])
    func count(questions: [(String, Bool)], strictness: Int, message: String) async throws {
        let result = try await JudgeBench(Self.judge(questions).model).result(
            "ragas/answer-relevancy", threshold: 0.1, options: ["strictness": .integer(strictness)])
        #expect(result.error?.kind == .judge && !result.passed)
        #expect(result.error?.message.contains(message) == true, "\(result.reason)")
    }

    @Test("The judges of a panel share the embedding of the question")
    func panel() async throws {
        let model = Self.judge([("near", false)]).model
        let result = try await JudgeBench(model).result(
            "ragas/answer-relevancy", threshold: 0.5,
            options: ["strictness": 1, "panel": ["models": ["judge", "second", "third"], "repeat": 2]])
        #expect(result.passed && result.stamp?.votes.count == 6)
        #expect(model.requests.count { $0.isForJudge } == 6)
        #expect(
            model.requests.filter { !$0.isForJudge }.map(\.text).sorted() == ["Where is my parcel?", "near"])
        #expect(model.requests.filter { !$0.isForJudge }.allSatisfy { $0.call == 1 })
    }

    @Test("Another model for embeddings is another instrument")
    func instrument() async throws {
        var bench = JudgeBench(Self.judge([("near", false)]).model)
        let options: JSONObject = ["strictness": 1]
        func instrument() async throws -> String? {
            try await bench.result("ragas/answer-relevancy", threshold: 0.5, options: options).stamp?
                .instrument
        }
        let first = try await instrument()
        let again = try await instrument()
        bench.desk.settings.embeddings = "second"
        let other = try await instrument()
        #expect(first != nil && first == again && first != other)
    }

    @Test("Options out of range are mistakes", arguments: [0, 11, "three", 2.5] as [JSONValue])
    func options(strictness: JSONValue) {
        let mistakes = JudgeBench.mistakes(
            "ragas/answer-relevancy", threshold: 0.5, options: ["strictness": strictness])
        #expect(mistakes.map(\.id) == ["bad-value"])
    }

    @Test("It needs a judge and a model for embeddings, the assertion's or the project's")
    func needs() throws {
        let descriptor = try #require(JudgeBench.catalog.resolve("ragas/answer-relevancy")?.descriptor)
        let needs = descriptor.needs?(
            JudgeBench.specification("ragas/answer-relevancy", options: ["embeddings": "e", "judge": "j"]))
        #expect(needs == [ModelNeed(.judge, names: ["j"]), ModelNeed(.embeddings, names: ["e"])])
        let standard = descriptor.needs?(JudgeBench.specification("ragas/answer-relevancy"))
        #expect(standard == [ModelNeed(.judge), ModelNeed(.embeddings)])
    }
}
