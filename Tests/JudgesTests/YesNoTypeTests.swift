import Diagnostics
import Evals
import JSON
import Testing

@testable import Judges

@Suite("Types that a judge answers with yes or no")
struct YesNoTypeTests {
    /// A type, the member of its verdict and a value that it takes.
    struct Row: Sendable, CustomStringConvertible {
        var type: String
        var key: String
        var value: JSONValue?
        var description: String { type }
    }

    private static let rows = [
        Row(type: "closed-qa", key: "pass", value: "Names a day."),
        Row(type: "model-graded-closedqa", key: "pass", value: "Names a day."),
        Row(type: "on-topic", key: "on_topic", value: ["parcels", "refunds"]),
        Row(type: "on-topic", key: "on_topic", value: "parcels"),
        Row(type: "refusal", key: "refuses"),
    ]

    @Test(
        "pass when the judge says yes, and fail when it says no; not- turns it around", arguments: rows,
        [true, false])
    func verdict(_ row: Row, isYes: Bool) async throws {
        let model = ScriptedModel { _ in
            .says(.object(JSONObject([("reason", "because"), (row.key, .bool(isYes))])))
        }
        let bench = JudgeBench(model)
        let result = try await bench.result(row.type, value: row.value)
        #expect(result.error == nil && result.passed == isYes && result.score == (isYes ? 1 : 0))
        #expect(result.reason == "because" && result.stamp?.votes == [isYes])
        let negated = try await bench.result("not-" + row.type, value: row.value)
        #expect(negated.passed == !isYes && negated.score == (isYes ? 0 : 1))
        let limited = try await bench.result(row.type, value: row.value, threshold: 0.5)
        #expect(limited.passed == isYes)
        #expect(model.requests.allSatisfy { $0.text.contains("\nWhere is my parcel?\n") })
    }

    @Test(
        "have no verdict in anything else", arguments: rows,
        ["yes", 1, nil, "true", ["pass": true]] as [JSONValue])
    func broken(_ row: Row, said: JSONValue) async throws {
        let model = ScriptedModel { _ in
            .says(.object(JSONObject([("reason", "r"), (row.key, said)])))
        }
        for type in [row.type, "not-" + row.type] {
            let result = try await JudgeBench(model).result(type, value: row.value)
            #expect(result.error?.kind == .judge && !result.passed && result.score == 0)
        }
    }

    @Test("see the topics as a list")
    func topics() async throws {
        let model = ScriptedModel { _ in .says(["reason": "r", "on_topic": true]) }
        _ = try await JudgeBench(model).result("on-topic", value: ["parcels", "refunds"])
        #expect(model.requests[0].text.contains("topics: - parcels\n- refunds"))
    }

    @Test("that need a question are errored without one", arguments: ["closed-qa", "answer-relevance"])
    func noQuestion(_ type: String) async throws {
        let model = ScriptedModel { _ in .says(["reason": "r", "pass": true]) }
        var bench = JudgeBench(model)
        for question in ["", " \n"] {
            bench.question = question
            let result = try await bench.result(type, value: type == "closed-qa" ? "c" : nil)
            #expect(result.error?.kind == .assertion && !result.passed)
            #expect(result.error?.hint?.contains("question:") == true)
        }
        bench.question = nil
        bench.messages = [Message(role: .system, text: "Be brief.")]
        #expect(
            try await bench.result(type, value: type == "closed-qa" ? "c" : nil).error?.kind == .assertion)
        #expect(model.requests.isEmpty)
    }

    @Test(
        "are stated wrongly",
        arguments: [
            ("closed-qa", nil, nil, "missing-value"), ("closed-qa", "", nil, "bad-value"),
            ("closed-qa", ["a"], nil, "bad-value"), ("closed-qa", "c", 1.1, "bad-threshold"),
            ("on-topic", nil, nil, "missing-value"), ("on-topic", [], nil, "empty-list"),
            ("on-topic", " ", nil, "bad-value"), ("on-topic", ["a", "a"], nil, "bad-value"),
            ("on-topic", ["a": 1], nil, "bad-value"), ("on-topic", "t", -1, "bad-threshold"),
            ("refusal", nil, 2, "bad-threshold"), ("answer-relevance", nil, 7, "bad-threshold"),
        ] as [(String, JSONValue?, Double?, String)])
    func misstated(_ type: String, value: JSONValue?, threshold: Double?, id: String) {
        let mistakes = JudgeBench.mistakes(type, value: value, threshold: threshold)
        #expect(mistakes.map(\.id) == [id] && mistakes.allSatisfy { $0.hint != nil })
    }
}
