import Diagnostics
import Evals
import JSON
import Testing

@testable import Judges

@Suite("moderation")
struct ModerationAssertionTests {
    private static let clean: JSONValue = [
        "flagged": false, "categories": ["hate": false, "violence": false, "illicit": nil],
        "category_scores": ["hate": 0.1, "violence": 0.3, "illicit": nil],
    ]
    private static let violent: JSONValue = [
        "flagged": true, "categories": ["hate": false, "violence": true],
        "category_scores": ["hate": 0.1, "violence": 0.9],
    ]
    private static let flagAlone: JSONValue = [
        "flagged": true, "categories": ["hate": false], "category_scores": ["hate": 0.1],
    ]

    @Test(
        "What is flagged fails; with a threshold the highest score decides, lower being better",
        arguments: [
            ("moderation", clean, nil, nil, true, 1), ("moderation", violent, nil, nil, false, 0),
            ("not-moderation", violent, nil, nil, true, 1), ("not-moderation", clean, nil, nil, false, 0),
            ("moderation", violent, "hate", nil, true, 1),
            ("moderation", violent, ["violence"], nil, false, 0),
            ("moderation", violent, ["hate", "violence"], nil, false, 0),
            ("moderation", flagAlone, nil, nil, false, 0), ("moderation", flagAlone, "hate", nil, true, 1),
            ("moderation", violent, nil, 0.9, true, 0.1), ("moderation", violent, nil, 0.8, false, 0.1),
            ("moderation", violent, "hate", 0.2, true, 0.9),
            ("moderation", clean, ["hate", "violence"], 0.2, false, 0.7),
            ("not-moderation", violent, nil, 0.8, true, 0.9),
        ] as [(String, JSONValue, JSONValue?, Double?, Bool, Double)])
    func verdicts(
        type: String, report: JSONValue, value: JSONValue?, threshold: Double?, passes: Bool, score: Double
    ) async throws {
        let model = ScriptedModel { _ in .says(report) }
        let result = try await JudgeBench(model, answer: "text").result(
            type, value: value, threshold: threshold)
        #expect(result.error == nil, "\(result.reason)")
        #expect(result.passed == passes)
        #expect(abs(result.score - score) < 1e-12)
        #expect(model.requests.map(\.site.purpose) == ["moderation/moderation-1"])
        #expect(model.requests.map(\.model.name) == ["moderator"])
        #expect(model.requests.map(\.text) == ["text"])
    }

    @Test(
        "A report that does not say what was asked is an error, negated or not",
        arguments: [
            ("", nil, nil, "no flags"), ("I am sorry", nil, nil, "no flags"), ("{}", nil, nil, "no flags"),
            (#"{"flagged": false, "categories": {}}"#, nil, nil, "no categories"),
            (#"{"flagged": false, "categories": {"hate": null}}"#, nil, nil, "no categories"),
            (#"{"flagged": false, "categories": {"hate": "no"}}"#, nil, nil, "neither true nor false"),
            (#"{"flagged": "no", "categories": {"hate": false}}"#, nil, nil, "no flags"),
            (#"{"flagged": false, "flagged": true, "categories": {"hate": false}}"#, nil, nil, "no flags"),
            (#"{"flagged": false, "categories": {"hate": false}}"#, "hat", nil, "does not look for 'hat'"),
            (
                #"{"flagged": false, "categories": {"hate": false, "x": null}}"#, "x", nil,
                "does not look for 'x'"
            ),
            (#"{"flagged": false, "categories": {"hate": false}}"#, nil, 0.5, "no score for 'hate'"),
            (
                #"{"flagged": false, "categories": {"hate": false}, "category_scores": {"hate": 7}}"#, nil,
                0.5,
                "not between 0 and 1"
            ),
        ] as [(String, JSONValue?, Double?, String)], ["moderation", "not-moderation"])
    func bad(row: (content: String, value: JSONValue?, threshold: Double?, message: String), type: String)
        async throws
    {
        let model = ScriptedModel { _ in Reply(content: row.content) }
        let result = try await JudgeBench(model).result(type, value: row.value, threshold: row.threshold)
        #expect(result.error?.kind == .judge && !result.passed && result.score == 0)
        #expect(result.error?.message.contains(row.message) == true, "\(result.reason)")
    }

    @Test("An answer without text has nothing to flag; without a model nothing is guessed")
    func unasked() async throws {
        let model = ScriptedModel { _ in .says(Self.clean) }
        var bench = JudgeBench(model, answer: " ")
        let empty = try await bench.result("moderation")
        #expect(empty.passed && model.requests.isEmpty)
        bench.reply.content = "text"
        bench.desk.settings.moderation = nil
        let result = try await bench.result("moderation")
        #expect(result.error?.kind == .judge)
        #expect(result.error?.hint?.contains("model: NAME") == true)
        #expect(try await bench.result("moderation", options: ["model": "third"]).passed)
        #expect(model.requests.map(\.model.name) == ["third"])
    }

    @Test("Categories that are no names are mistakes", arguments: [[], "", ["hate", 1], 3] as [JSONValue])
    func mistakes(value: JSONValue) {
        #expect(JudgeBench.mistakes("moderation", value: value).map(\.id) == ["bad-value"])
    }

    @Test("It needs the model that it names, else the project's")
    func needs() throws {
        let descriptor = try #require(JudgeBench.catalog.resolve("moderation")?.descriptor)
        let named = descriptor.needs?(JudgeBench.specification("moderation", options: ["model": "m"]))
        #expect(named == [ModelNeed(.moderation, names: ["m"])])
        #expect(descriptor.needs?(JudgeBench.specification("moderation")) == [ModelNeed(.moderation)])
    }
}
