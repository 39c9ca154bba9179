import Diagnostics
import Evals
import JSON
import Testing

@testable import Judges

@Suite("A rubric")
struct RubricAssertionTests {
    private static let choices: JSONValue = ["good": 10, "ok": 5, "bad": 0]

    @Test(
        "of one criterion passes when the judge says so",
        arguments: [
            ("llm-rubric", true, nil, true, 1), ("llm-rubric", false, nil, false, 0),
            ("rubric", true, nil, true, 1), ("not-llm-rubric", true, nil, false, 0),
            ("not-rubric", false, nil, true, 1), ("llm-rubric", false, 0.5, false, 0),
            ("llm-rubric", true, 1, true, 1), ("not-llm-rubric", false, 0.5, true, 1),
        ] as [(String, Bool, Double?, Bool, Double)])
    func single(_ type: String, verdict: Bool, threshold: Double?, passes: Bool, score: Double) async throws {
        let model = ScriptedModel { _ in .says(["reason": "It is curt.", "pass": .bool(verdict)]) }
        let result = try await JudgeBench(model).result(type, value: " Is polite.\n", threshold: threshold)
        #expect(result.error == nil && result.passed == passes && result.score == score)
        #expect(result.reason.hasSuffix("It is curt."))
        #expect(
            result.details == [
                "criteria": [
                    [
                        "criterion": "Is polite.", "verdict": verdict ? "pass" : "fail",
                        "score": .integer(verdict ? 1 : 0), "reason": "It is curt.",
                    ]
                ]
            ])
        #expect(result.stamp?.prompts == ["judge-rubric@1"] && result.stamp?.votes == [verdict])
        #expect(model.requests[0].text.contains("rubric: Is polite.\n"))
    }

    @Test(
        "with a scale is decided by the threshold alone",
        arguments: [
            ("1-5", ["score": 4], 0.75, true, 0.75), ("1-5", ["score": 3], 0.75, false, 0.5),
            ("1-5", ["score": 1], 0.1, false, 0), ("1-5", ["score": 5], 1, true, 1),
            ("0-10", ["score": 7], 0.7, true, 0.7), ("0-10", ["score": 6], 0.7, false, 0.6),
            ("0-10", ["score": 7.0], 0.7, true, 0.7), ("-5-5", ["score": 0], 0.5, true, 0.5),
            ("-5--1", ["score": -2], 0.75, true, 0.75),
            (Self.choices, ["choice": "ok"], 0.5, true, 0.5),
            (Self.choices, ["choice": "bad"], 0.5, false, 0),
            (["x": 0.2, "y": 0.4], ["choice": "y"], 1, true, 1),
        ] as [(JSONValue, JSONObject, Double, Bool, Double)])
    func scale(
        _ scale: JSONValue, verdict: JSONObject, threshold: Double, passes: Bool, score: Double
    ) async throws {
        let model = ScriptedModel { _ in .says(.object(verdict.merging(["reason": "r"]))) }
        let result = try await JudgeBench(model).result(
            "llm-rubric", value: "Is polite.", threshold: threshold, options: ["scale": scale])
        #expect(result.error == nil && result.passed == passes)
        #expect(abs(result.score - score) < 1e-12)
        #expect(result.details?["criteria"]?[0]?["reason"] == "r")
    }

    @Test(
        "is not met by what is not on its scale",
        arguments: [
            ("1-5", "score", 0), ("1-5", "score", 6), ("1-5", "score", 4.5), ("1-5", "score", "4"),
            ("1-5", "score", .null), ("1-5", "pass", true), ("0-10", "score", 100), ("0-10", "score", -1),
            ("pass-fail", "pass", 1), ("pass-fail", "pass", "true"), ("pass-fail", "score", 1),
            (Self.choices, "choice", "Good"), (Self.choices, "choice", "goodbad"),
            (Self.choices, "choice", 10),
            (Self.choices, "score", 10),
        ] as [(JSONValue, String, JSONValue)])
    func offScale(_ scale: JSONValue, key: String, said: JSONValue) async throws {
        let model = ScriptedModel { _ in .says(.object(JSONObject([("reason", "r"), (key, said)]))) }
        let result = try await JudgeBench(model).result(
            "llm-rubric", value: "Is polite.", threshold: 0.1, options: ["scale": scale])
        #expect(result.error?.kind == .judge && !result.passed && model.requests.count == 2)
    }

    @Test("can't be met by a number that is none")
    func notFinite() async throws {
        for number in ["NaN", "Infinity", "1e999", "-1e999"] {
            let model = ScriptedModel { _ in Reply(content: "{\"reason\": \"r\", \"score\": \(number)}") }
            let result = try await JudgeBench(model).result(
                "llm-rubric", value: "Is polite.", threshold: 0.1, options: ["scale": "1-5"])
            #expect(result.error?.kind == .judge && !result.passed)
        }
    }

    /// Verdicts on criteria by number.
    private static func verdicts(_ verdicts: [(Int, Bool)]) -> Reply {
        .says([
            "verdicts": .array(
                verdicts.map {
                    ["criterion": .integer($0.0), "reason": .string("because \($0.0)"), "pass": .bool($0.1)]
                })
        ])
    }

    @Test(
        "of several criteria is judged in one call; all must be met, or the mean must reach the threshold",
        arguments: [
            ([(1, true), (2, true), (3, true)], nil, true, 1.0),
            ([(3, true), (1, true), (2, true)], nil, true, 1.0),
            ([(1, true), (2, false), (3, true)], nil, false, 2.0 / 3),
            ([(1, true), (2, false), (3, true)], 0.6, true, 2.0 / 3),
            ([(1, true), (2, false), (3, false)], 0.6, false, 1.0 / 3),
            ([(1, false), (2, false), (3, false)], nil, false, 0.0),
        ] as [([(Int, Bool)], Double?, Bool, Double)])
    func several(_ verdicts: [(Int, Bool)], threshold: Double?, passes: Bool, score: Double) async throws {
        let model = ScriptedModel { _ in Self.verdicts(verdicts) }
        let result = try await JudgeBench(model).result(
            "llm-rubric", value: ["first", "second", "third"], threshold: threshold)
        #expect(result.error == nil && result.passed == passes && abs(result.score - score) < 1e-12)
        #expect(model.requests.count == 1)
        #expect(model.requests[0].text.contains("rubrics: 1. first\n2. second\n3. third"))
        #expect(result.stamp?.prompts == ["judge-rubrics@1"])
        let criteria = try #require(result.details?["criteria"]?.array)
        #expect(criteria.map { $0["criterion"] } == ["first", "second", "third"])
        #expect(criteria.map { $0["reason"] } == ["because 1", "because 2", "because 3"])
        for (number, isMet) in verdicts {
            #expect(criteria[number - 1]["verdict"] == (isMet ? "pass" : "fail"))
            if !isMet { #expect(result.reason.contains("because \(number)")) }
        }
    }

    @Test(
        "whose verdicts are not one for each criterion is judged again, and then errored",
        arguments: [
            [], [(1, true)], [(1, true), (1, true)], [(1, true), (3, true)], [(0, true), (1, true)],
            [(1, true), (2, true), (3, true)], [(1, true), (2, true), (2, true)], [(2, true), (2, false)],
        ] as [[(Int, Bool)]])
    func missing(_ verdicts: [(Int, Bool)]) async throws {
        let broken = ScriptedModel { _ in Self.verdicts(verdicts) }
        let errored = try await JudgeBench(broken).result("llm-rubric", value: ["first", "second"])
        #expect(errored.error?.kind == .judge && !errored.passed && errored.score == 0)
        #expect(errored.reason.contains("one verdict for each of the criteria 1 to 2"))
        let mended = ScriptedModel { request in
            request.messages.count == 1 ? Self.verdicts(verdicts) : Self.verdicts([(1, true), (2, true)])
        }
        #expect(try await JudgeBench(mended).result("llm-rubric", value: ["first", "second"]).passed)
    }

    @Test("of several criteria has a mean of numbers and of choices, too")
    func severalOnScale() async throws {
        let model = ScriptedModel { request in
            let key = request.text.contains("\"choice\"") ? "choice" : "score"
            let said: [JSONValue] = key == "choice" ? ["good", "ok"] : [5, 2]
            return .says([
                "verdicts": .array(
                    said.enumerated().map {
                        .object(
                            JSONObject([
                                ("criterion", .integer($0.offset + 1)), ("reason", "r"), (key, $0.element),
                            ]))
                    })
            ])
        }
        let numbers = try await JudgeBench(model).result(
            "llm-rubric", value: ["a", "b"], threshold: 0.625, options: ["scale": "1-5"])
        #expect(numbers.passed && numbers.score == 0.625)
        #expect(numbers.details?["criteria"]?[1]?["verdict"] == 2)
        let words = try await JudgeBench(model).result(
            "llm-rubric", value: ["a", "b"], threshold: 0.8, options: ["scale": Self.choices])
        #expect(!words.passed && words.score == 0.75)
        #expect(words.details?["criteria"]?[1]?["verdict"] == "ok")
    }

    @Test("of several criteria with one off the scale is errored, with the criterion named")
    func severalOffScale() async throws {
        let model = ScriptedModel { _ in
            .says([
                "verdicts": [
                    ["criterion": 1, "reason": "r", "score": 5], ["criterion": 2, "reason": "r", "score": 6],
                ]
            ])
        }
        let result = try await JudgeBench(model).result(
            "llm-rubric", value: ["a", "b"], threshold: 0.5, options: ["scale": "1-5"])
        #expect(result.error?.kind == .judge && result.reason.contains("criterion 2"))
    }

    @Test("in a list of one is a rubric of one criterion")
    func listOfOne() async throws {
        let model = ScriptedModel { _ in .says(["reason": "r", "pass": true]) }
        #expect(try await JudgeBench(model).result("llm-rubric", value: ["Is polite."]).passed)
    }

    @Test(
        "under not- asks for one criterion each, since several would pass as soon as one is not met",
        arguments: [
            ("not-llm-rubric", nil, ["negated-list"]), ("not-llm-rubric", 0.5, []), ("llm-rubric", nil, []),
        ] as [(String, Double?, [String])])
    func negatedList(_ type: String, threshold: Double?, ids: [String]) {
        let mistakes = JudgeBench.mistakes(type, value: ["Is rude.", "Lies."], threshold: threshold)
        #expect(mistakes.map(\.id) == ids)
    }

    @Test(
        "is stated wrongly",
        arguments: [
            (nil, nil, [:], ["missing-value"]), (.null, nil, [:], ["missing-value"]),
            ("", nil, [:], ["bad-value"]), (" \n", nil, [:], ["bad-value"]), (5, nil, [:], ["bad-value"]),
            (["a": "b"], nil, [:], ["bad-value"]), ([], nil, [:], ["empty-list"]),
            (["a", ""], nil, [:], ["bad-value"]), (["a", " a "], nil, [:], ["bad-value"]),
            (["a", 5, "", "a"], nil, [:], ["bad-value", "bad-value", "bad-value"]),
            ("a", nil, ["scale": "1-5"], ["missing-threshold"]),
            ("a", nil, ["scale": ["good": 1, "bad": 0]], ["missing-threshold"]),
            ("a", 1.5, [:], ["bad-threshold"]), ("a", 4, ["scale": "1-5"], ["bad-threshold"]),
            ("a", -0.1, [:], ["bad-threshold"]), ("a", 0.5, ["scale": 5], ["bad-value"]),
            ("a", 0.5, ["scale": "five"], ["bad-value"]), ("a", 0.5, ["scale": "5-1"], ["bad-value"]),
            ("a", 0.5, ["scale": "1-1"], ["bad-value"]), ("a", 0.5, ["scale": "1 - 5"], ["bad-value"]),
            ("a", 0.5, ["scale": "0-1.5"], ["bad-value"]), ("a", 0.5, ["scale": "+1-5"], ["bad-value"]),
            ("a", 0.5, ["scale": "1-99999"], ["bad-value"]), ("a", 0.5, ["scale": "-"], ["bad-value"]),
            ("a", 0.5, ["scale": ""], ["bad-value"]), ("a", 0.5, ["scale": .null], ["bad-value"]),
            ("a", 0.5, ["scale": ["good", "bad"]], ["bad-value"]), ("a", 0.5, ["scale": [:]], ["bad-value"]),
            ("a", 0.5, ["scale": ["good": 1]], ["bad-value"]),
            ("a", 0.5, ["scale": ["good": 1, "fine": 1]], ["bad-value"]),
            ("a", 0.5, ["scale": ["good": "1", "bad": 0]], ["bad-value"]),
            ("a", 0.5, ["scale": ["good": 1, " ": 0]], ["bad-value"]),
            ("", 7, ["scale": "5-1"], ["bad-value", "bad-value", "bad-threshold"]),
        ] as [(JSONValue?, Double?, JSONObject, [String])])
    func misstated(_ value: JSONValue?, threshold: Double?, options: JSONObject, ids: [String]) {
        let mistakes = JudgeBench.mistakes(
            "llm-rubric", value: value, threshold: threshold, options: options)
        #expect(mistakes.map(\.id) == ids)
        #expect(mistakes.allSatisfy { $0.hint != nil && $0.mark != nil })
    }

    @Test("that every answer meets is vacuous")
    func vacuity() throws {
        func vacuity(_ type: String, _ threshold: Double?) throws -> String? {
            try JudgeBench.catalog.compile(
                JudgeBench.specification(type, value: "a", threshold: threshold)
            ).vacuity
        }
        #expect(try vacuity("llm-rubric", 0) != nil)
        #expect(try vacuity("llm-rubric", nil) == nil)
        #expect(try vacuity("llm-rubric", 0.1) == nil)
        #expect(try vacuity("not-llm-rubric", 0) == nil)
    }
}
