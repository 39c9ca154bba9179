import Diagnostics
import Evals
import JSON
import Testing

@testable import Judges

@Suite("classifier")
struct ClassifierAssertionTests {
    private static func result(
        _ type: String = "classifier", content: String?, threshold: Double? = nil, labels: JSONValue? = nil
    ) async throws -> AssertionResult {
        var options: JSONObject = ["model": "second"]
        if let labels { options["labels"] = labels }
        let model = ScriptedModel { _ in Reply(content: content) }
        let result = try await JudgeBench(model, answer: "text").result(
            type, value: "polite", threshold: threshold, options: options)
        #expect(model.requests.map(\.text) == ["text"])
        #expect(model.requests.map(\.site.purpose) == ["judge/classifier-1"])
        #expect(model.requests.map(\.model.name) == ["second"])
        return result
    }

    @Test(
        "The score of the wanted label decides, in every usual form of the answer",
        arguments: [
            (#"[{"label": "rude", "score": 0.3}, {"label": "polite", "score": 0.7}]"#, 0.7),
            (#"[[{"label": "polite", "score": 0.2}, {"label": "rude", "score": 0.8}]]"#, 0.2),
            (#"{"polite": 0.5, "rude": 0.5}"#, 0.5),
            (#"{"labels": ["rude", "polite"], "scores": [1, 0]}"#, 0),
            (#"{"label": "polite", "score": 0.9}"#, 0.9), ("polite", 1), (" polite\n", 1), (#""polite""#, 1),
        ])
    func forms(content: String, score: Double) async throws {
        for (type, expected) in [("classifier", score >= 0.5), ("not-classifier", score < 0.5)] {
            let result = try await Self.result(type, content: content)
            #expect(result.error == nil, "\(result.reason)")
            #expect(result.passed == expected)
            #expect(abs(result.score - (type == "classifier" ? score : 1 - score)) < 1e-12)
            #expect(result.details?["scores"]?["polite"] == .double(score))
        }
    }

    @Test("A threshold is the score to reach", arguments: [(0.7, true), (0.71, false)])
    func threshold(threshold: Double, passes: Bool) async throws {
        let result = try await Self.result(content: #"{"polite": 0.7, "rude": 0.3}"#, threshold: threshold)
        #expect(result.passed == passes)
    }

    @Test("Another label alone is a verdict only where all labels are known")
    func bare() async throws {
        let known = try await Self.result(content: "rude", labels: ["polite", "rude"])
        #expect(known.error == nil && !known.passed && known.score == 0)
        for type in ["classifier", "not-classifier"] {
            let unknown = try await Self.result(type, content: "rude")
            #expect(unknown.error?.kind == .judge && !unknown.passed)
            #expect(unknown.error?.hint?.contains("labels: [polite, …]") == true)
            let stranger = try await Self.result(type, content: "unavailable", labels: ["polite", "rude"])
            #expect(stranger.error?.kind == .judge && !stranger.passed)
        }
    }

    @Test(
        "An answer without a score for the label is an error, negated or not",
        arguments: [
            (nil, "empty"), ("", "empty"), (#"[{"label": "rude", "score": 0.9}]"#, #"it gave "rude""#),
            (#"{"rude": 1}"#, #"it gave "rude""#), ("[]", "no labels"), ("[[]]", "no labels"),
            ("{}", "no labels"),
            (#"{"error": "loading"}"#, "has no score from 0 to 1"), (#"{"polite": "high"}"#, "no score"),
            (#"{"polite": 70}"#, "no score from 0 to 1"), (#"[{"label": "polite"}]"#, "no score"),
            (#"[{"score": 0.4}]"#, "a score without a label"),
            (#"{"polite": 0.9, "polite": 0.1}"#, "neither JSON"),
            (#"[{"label": "polite", "score": 1}, {"label": "polite", "score": 0}]"#, "there twice"),
            (#"{"labels": ["polite"], "scores": [1, 0]}"#, "1 labels and 2 scores"), ("true", "is no label"),
            ("0.9", "is no label"), ("I can't tell.\nSorry.", "neither JSON nor a label"),
            ("polite, surely", #"it gave "polite, surely""#), ("impolite", #"it gave "impolite""#),
            (#"{"polite": 0.9"#, "neither JSON nor a label"),
        ] as [(String?, String)], ["classifier", "not-classifier"])
    func bad(row: (content: String?, message: String), type: String) async throws {
        let result = try await Self.result(type, content: row.content, threshold: 0)
        #expect(result.error?.kind == .judge && !result.passed && result.score == 0)
        #expect(result.error?.message.contains(row.message) == true, "\(result.reason)")
    }

    @Test(
        "Label, model and labels must be there and fit",
        arguments: [
            (nil, ["model": "second"]), (" ", ["model": "second"]), (["a"], ["model": "second"]), ("a", [:]),
            ("a", ["model": 1]), ("a", ["model": "second", "labels": ["b", "c"]]),
            ("a", ["model": "second", "labels": [1, 2]]),
        ] as [(JSONValue?, JSONObject)])
    func mistakes(value: JSONValue?, options: JSONObject) {
        #expect(JudgeBench.mistakes("classifier", value: value, options: options).map(\.id) == ["bad-value"])
    }

    @Test("It needs the model that it names, and an answer with text")
    func needs() async throws {
        let descriptor = try #require(JudgeBench.catalog.resolve("classifier")?.descriptor)
        let needs = descriptor.needs?(JudgeBench.specification("classifier", options: ["model": "m"]))
        #expect(needs == [ModelNeed(.classifier, names: ["m"])])
        let model = ScriptedModel { _ in Reply(content: "polite") }
        let empty = try await JudgeBench(model, answer: "").result(
            "classifier", value: "polite", options: ["model": "second"])
        #expect(!empty.passed && empty.error == nil && model.requests.isEmpty)
    }
}
