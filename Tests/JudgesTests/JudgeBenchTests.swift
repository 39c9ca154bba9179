import Evals
import JSON
import Testing

@testable import Judges

@Suite("A bench with scripted judges")
struct JudgeBenchTests {
    @Test("judges an answer and remembers what was asked")
    func judges() async throws {
        let model = ScriptedModel { _ in .says(["reason": "It says so.", "pass": true]) }
        let result = try await JudgeBench(model).result("rubric", value: "Says where it is.")
        #expect(result.passed && result.error == nil)
        #expect(model.requests.count == 1)
        #expect(model.requests[0].site.purpose == "judge/llm-rubric-1")
        #expect(model.requests[0].text.contains("Your parcel is on its way."))
    }
}
