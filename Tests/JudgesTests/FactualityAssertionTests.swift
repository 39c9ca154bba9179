import Diagnostics
import Evals
import JSON
import Testing

@testable import Judges

@Suite("factuality")
struct FactualityAssertionTests {
    private func result(
        _ choice: JSONValue, type: String = "factuality", threshold: Double? = nil, scores: JSONValue? = nil
    ) async throws -> AssertionResult {
        let model = ScriptedModel { _ in .says(["reason": "r", "choice": choice]) }
        let options: JSONObject = scores.map { JSONObject([("scores", $0)]) } ?? [:]
        return try await JudgeBench(model).result(
            type, value: "It was sent today.", threshold: threshold, options: options)
    }

    @Test(
        "scores what the judge chooses, and fails a disagreement unless there is a threshold",
        arguments: [
            ("A", nil, true, 0.4), ("B", nil, true, 0.6), ("C", nil, true, 1), ("D", nil, false, 0),
            ("E", nil, true, 1), ("A", 0.5, false, 0.4), ("B", 0.5, true, 0.6), ("C", 1, true, 1),
            ("D", 0.1, false, 0),
        ] as [(String, Double?, Bool, Double)])
    func choices(_ choice: String, threshold: Double?, passes: Bool, score: Double) async throws {
        for (type, isNegated) in [
            ("factuality", false), ("model-graded-factuality", false), ("not-factuality", true),
        ] {
            let result = try await result(.string(choice), type: type, threshold: threshold)
            #expect(result.error == nil && result.passed == (passes != isNegated))
            #expect(abs(result.score - (isNegated ? 1 - score : score)) < 1e-12)
            #expect(result.details?["choice"] == .string(choice))
        }
    }

    @Test("takes other scores for some of the choices; what is worth 0 fails")
    func scores() async throws {
        let scores: JSONValue = ["A": 0, "B": 0.9]
        #expect(try await !result("A", scores: scores).passed)
        #expect(try await result("B", scores: scores).score == 0.9)
        #expect(try await result("C", scores: scores).passed)
        #expect(try await !result("D", scores: scores).passed)
        #expect(try await result("D", scores: ["D": 1]).passed)
    }

    @Test(
        "has no verdict in anything but one of the letters",
        arguments: ["F", "a", "", "AB", "(A)", "A: subset", true, nil, 1, ["A"]] as [JSONValue])
    func offScale(_ choice: JSONValue) async throws {
        let result = try await result(choice)
        #expect(result.error?.kind == .judge && !result.passed && result.score == 0)
    }

    @Test("compares with the value, else with the case's reference; with neither it is errored")
    func reference() async throws {
        let model = ScriptedModel { _ in .says(["reason": "r", "choice": "C"]) }
        var bench = JudgeBench(model)
        let errored = try await bench.result("factuality")
        #expect(errored.error?.kind == .assertion && errored.error?.hint != nil && model.requests.isEmpty)
        bench.reference = "of the case"
        #expect(try await bench.result("factuality").passed)
        #expect(try await bench.result("factuality", value: "of the assertion").passed)
        try #require(model.requests.count == 2)
        #expect(model.requests[0].text.contains("\nof the case\n"))
        #expect(model.requests[1].text.contains("\nof the assertion\n"))
        #expect(!model.requests[1].text.contains("of the case"))
    }

    @Test(
        "is stated wrongly",
        arguments: [
            ("", nil, .null, ["bad-value"]), (5, nil, .null, ["bad-value"]),
            (["a"], nil, .null, ["bad-value"]),
            ("r", 2, .null, ["bad-threshold"]), ("r", nil, [:], ["bad-value"]),
            ("r", nil, [1], ["bad-value"]),
            ("r", nil, ["F": 1], ["bad-value"]), ("r", nil, ["A": 2], ["bad-value"]),
            ("r", nil, ["A": "1", "B": -1, "X": 0], ["bad-value", "bad-value", "bad-value"]),
        ] as [(JSONValue?, Double?, JSONValue, [String])])
    func misstated(_ value: JSONValue?, threshold: Double?, scores: JSONValue, ids: [String]) {
        let options: JSONObject = scores.isNull ? [:] : JSONObject([("scores", scores)])
        let mistakes = JudgeBench.mistakes(
            "factuality", value: value, threshold: threshold, options: options)
        #expect(mistakes.map(\.id) == ids && mistakes.allSatisfy { $0.hint != nil })
    }

    @Test("that no choice can fail is vacuous")
    func vacuity() throws {
        func vacuity(_ options: JSONObject) throws -> String? {
            try JudgeBench.catalog.compile(JudgeBench.specification("factuality", options: options)).vacuity
        }
        #expect(try vacuity([:]) == nil)
        #expect(try vacuity(["scores": ["D": 0.1]]) != nil)
    }
}
