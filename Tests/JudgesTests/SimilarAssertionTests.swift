import Evals
import JSON
import Testing

@testable import Judges

@Suite("similar")
struct SimilarAssertionTests {
    private static func model(_ vectors: [String: JSONValue]) -> ScriptedModel {
        ScriptedModel { request in .says(vectors[request.text] ?? .null) }
    }

    private static let model = model([
        "answer": [1, 0], "same": [7, 0], "near": [3, 4], "nearer": [4, 3], "across": [0, 1],
        "opposite": [-1, 0],
    ])

    @Test(
        "The score is the cosine, the best one of a list; a negative one is 0",
        arguments: [
            ("similar", "same", nil, 1, true), ("similar", "answer", nil, 1, true),
            ("similar:cosine", "nearer", nil, 0.8, true), ("similar", "near", nil, 0.6, false),
            ("similar", "near", 0.6, 0.6, true), ("similar", ["near", "opposite", "nearer"], nil, 0.8, true),
            ("similar", "across", nil, 0, false), ("similar", "opposite", 0.1, 0, false),
            ("not-similar", "near", nil, 0.4, true), ("not-similar", "same", nil, 0, false),
            ("not-similar", "opposite", nil, 1, true),
        ] as [(String, JSONValue, Double?, Double, Bool)])
    func scores(type: String, value: JSONValue, threshold: Double?, score: Double, passes: Bool) async throws
    {
        let result = try await JudgeBench(Self.model, answer: "answer").result(
            type, value: value, threshold: threshold)
        #expect(result.error == nil, "\(result.reason)")
        #expect(abs(result.score - score) < 1e-12)
        #expect(result.passed == passes)
        #expect(result.details?["embeddings"] == "embedder")
        #expect(result.details?["cosines"]?.array?.count == value.array?.count ?? 1)
    }

    @Test("A text is embedded once in an execution, whoever asks; models don't share")
    func once() async throws {
        let model = Self.model(["answer": [1, 0], "same": [1, 0], "near": [3, 4]])
        let results = try await JudgeBench(model, answer: "answer").results([
            JudgeBench.specification("similar", value: ["same", "near", "same"]),
            JudgeBench.specification("similar", value: "near", metric: "tone"),
            JudgeBench.specification("similar", value: "same", options: ["embeddings": "second"]),
        ])
        #expect(results.map(\.passed) == [true, false, true])
        let asked = model.requests.map { "\($0.model.name) \($0.site.purpose) \($0.text)" }
        #expect(
            asked.sorted() == [
                "embedder embedding/similar-1 answer", "embedder embedding/similar-1 near",
                "embedder embedding/similar-1 same", "second embedding/similar-3 answer",
                "second embedding/similar-3 same",
            ])
        #expect(model.requests.allSatisfy { $0.call == 1 })
    }

    @Test("Texts that are equal in recordings are numbered in their order, whichever answer comes first")
    func numbers() async throws {
        let model = ScriptedModel { _ in .says([1, 0]) }
        var bench = JudgeBench(model, answer: "answer")
        bench.desk.recorded = { request in
            var request = request
            request.messages = [Message(role: .user, text: "[redacted]")]
            return request
        }
        let texts = (1...20).map { "text \($0)" }
        _ = try await bench.result("similar", value: .array(texts.map { .string($0) }))
        let asked = model.requests.sorted { $0.call < $1.call }
        #expect(asked.map(\.text) == ["answer"] + texts && asked.map(\.call) == Array(1...21))
    }

    @Test(
        "What is no embedding is an error, negated or not",
        arguments: [
            ([:], "is not a list of numbers"), ([1, "x"], "not a finite number"), ([0, 0], "no direction"),
            ([1, 2, 3], "one has 2 numbers, another one 3"), ([], "is not a list of numbers"),
        ] as [(JSONValue, String)], ["similar", "not-similar"])
    func bad(row: (vector: JSONValue, message: String), type: String) async throws {
        let model = Self.model(["answer": [1, 0], "text": row.vector])
        let result = try await JudgeBench(model, answer: "answer").result(type, value: "text", threshold: 0)
        #expect(result.error?.kind == .judge && !result.passed && result.score == 0)
        #expect(result.error?.message.contains(row.message) == true, "\(result.reason)")
    }

    @Test(
        "A call that fails keeps the kind of its error",
        arguments: [.timeout, .fixtureMissing, .needsKey] as [EvaluationError.Kind])
    func failures(kind: EvaluationError.Kind) async throws {
        let model = ScriptedModel { (_: ModelRequest) throws(EvaluationError) -> Reply in
            throw EvaluationError(kind, "no")
        }
        let result = try await JudgeBench(model).result("not-similar", value: "text")
        #expect(result.error?.kind == kind && !result.passed)
        #expect(result.error?.message == "the embedding model 'embedder': no")
    }

    @Test("Without a model for embeddings nothing is guessed; an answer without text fails unasked")
    func unasked() async throws {
        var bench = JudgeBench(Self.model, answer: "answer")
        bench.desk.settings.embeddings = nil
        let result = try await bench.result("similar", value: "same")
        #expect(result.error?.kind == .judge)
        #expect(result.error?.hint?.contains("embeddings: NAME") == true)
        let named = try await bench.result("similar", value: "same", options: ["embeddings": "third"])
        #expect(named.passed)
        bench.reply.content = " "
        for type in ["similar", "not-similar"] {
            let empty = try await bench.result(type, value: "same")
            #expect(!empty.passed && empty.error == nil && empty.score == 0)
        }
    }

    @Test(
        "What can't be compared with is a mistake",
        arguments: [nil, "", " ", [], ["a", ""], 1, ["a", 2]] as [JSONValue?])
    func mistakes(value: JSONValue?) {
        #expect(JudgeBench.mistakes("similar", value: value).count == 1)
        #expect(JudgeBench.mistakes("similar", value: "a", threshold: 2).count == 1)
    }
}
