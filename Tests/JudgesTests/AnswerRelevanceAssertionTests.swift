import Evals
import JSON
import Testing

@testable import Judges

@Suite("answer-relevance")
struct AnswerRelevanceAssertionTests {
    @Test(
        "is a tenth of the judge's number, and passes from 0.7 on unless told otherwise",
        arguments: [(7, nil, true), (6, nil, false), (6, 0.5, true), (10, 1, true), (0, nil, false)]
            as [(Int, Double?, Bool)])
    func score(_ score: Int, threshold: Double?, passes: Bool) async throws {
        let model = ScriptedModel { _ in .says(["reason": "r", "score": .integer(score)]) }
        var bench = JudgeBench(model)
        bench.reference = "not shown"
        let result = try await bench.result("answer-relevance", threshold: threshold)
        #expect(result.error == nil && result.passed == passes)
        #expect(
            abs(result.score - Double(score) / 10) < 1e-12 && result.details == ["score": .integer(score)])
        #expect(!model.requests[0].text.contains("not shown"))
    }

    @Test("has no verdict in a number off the scale", arguments: [11, -1, 0.7, "8", nil] as [JSONValue])
    func offScale(_ score: JSONValue) async throws {
        let model = ScriptedModel { _ in .says(["reason": "r", "score": score]) }
        let result = try await JudgeBench(model).result("answer-relevance", threshold: 0.1)
        #expect(result.error?.kind == .judge && !result.passed)
    }
}
