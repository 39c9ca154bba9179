import Diagnostics
import Evals
import JSON
import Testing

@testable import Judges

@Suite("conversation-relevance")
struct ConversationRelevanceAssertionTests {
    private static let messages = [
        Message(role: .system, text: "Be brief."), Message(role: .assistant, text: "Hello!"),
        Message(role: .user, text: "Where is it?"), Message(role: .assistant, text: "On its way."),
        Message(role: .user, text: "When?"), Message(role: .assistant, text: "I like trains."),
        Message(role: .tool, text: "{}"), Message(role: .assistant, parts: [], toolCalls: [["name": "f"]]),
        Message(role: .user, text: "I asked when."),
    ]

    /// A judge that finds trains irrelevant.
    private static let judge: ScriptedModel.Script = { request in
        let answer = request.text.components(between: "answer: ", and: "conversation: ")
        return .says(["reason": "r", "relevant": .bool(!answer.contains("trains"))])
    }

    @Test("is the share of the turns after the user's first message, the answer included")
    func share() async throws {
        let model = ScriptedModel(Self.judge)
        var bench = JudgeBench(model, answer: "On Monday.")
        bench.messages = Self.messages
        let result = try await bench.result("conversation-relevance")
        #expect(result.passed && abs(result.score - 2.0 / 3) < 1e-12 && model.requests.count == 3)
        #expect(result.details?["turns"]?.array?.map { $0["relevant"] } == [true, false, true])
        #expect(
            result.details?["turns"]?.array?.map { $0["text"] } == [
                "On its way.", "I like trains.", "On Monday.",
            ])
        #expect(result.reason.contains("2 of 3 turns are relevant; turn 2 is not: r"))
        #expect(result.stamp?.prompts == ["judge-conversation-relevance@1"])
        #expect(try await !bench.result("conversation-relevance", threshold: 0.7).passed)
        bench.reply.content = "Of trains again."
        #expect(try await !bench.result("conversation-relevance").passed)
    }

    @Test("shows the judge as many messages before a turn as the window holds")
    func window() {
        func before(_ window: Int) -> [String] {
            ConversationTurn.all(in: Self.messages, answer: "On Monday.", window: window).map(\.before)
        }
        #expect(
            before(1) == ["user: Where is it?", "user: When?", "user: I asked when."])
        #expect(before(3)[0] == "assistant: Hello!\nuser: Where is it?")
        #expect(before(3)[2] == "user: When?\nassistant: I like trains.\nuser: I asked when.")
        #expect(before(5)[2].hasPrefix("user: Where is it?\n"))
    }

    @Test("of a conversation in which no user says anything is errored")
    func nobody() async throws {
        let model = ScriptedModel(Self.judge)
        var bench = JudgeBench(model)
        for messages in [[], [Message(role: .system, text: "s")], [Message(role: .user, text: " ")]] {
            bench.messages = messages
            let result = try await bench.result("conversation-relevance")
            #expect(result.error?.kind == .assertion && result.error?.hint != nil && !result.passed)
        }
        #expect(model.requests.isEmpty)
    }

    @Test("with one turn without a verdict has none")
    func missing() async throws {
        let model = ScriptedModel { request in
            request.text.contains("answer: ") && request.text.contains("On its way.\n</answer")
                ? Reply(content: "yes") : .says(["reason": "r", "relevant": true])
        }
        var bench = JudgeBench(model, answer: "On Monday.")
        bench.messages = Self.messages
        let result = try await bench.result("conversation-relevance")
        #expect(result.error?.kind == .judge && !result.passed)
    }

    @Test("numbers equal turns in order")
    func equalTurns() async throws {
        let model = ScriptedModel { _ in .says(["reason": "r", "relevant": true]) }
        var bench = JudgeBench(model, answer: "yes")
        bench.messages = [
            Message(role: .user, text: "a"), Message(role: .assistant, text: "yes"),
            Message(role: .user, text: "a"),
        ]
        _ = try await bench.result("conversation-relevance", options: ["window": 1])
        #expect(model.requests.map(\.call) == [1, 2])
    }

    @Test("is stated wrongly", arguments: [0, 101, 2.5, "5", nil, [5]] as [JSONValue])
    func misstated(_ window: JSONValue) {
        let mistakes = JudgeBench.mistakes(
            "conversation-relevance", options: JSONObject([("window", window)]))
        #expect(mistakes.map(\.id) == ["bad-value"] && mistakes.first?.hint != nil)
    }
}

extension String {
    /// What stands between two texts; nothing when one of them is missing.
    fileprivate func components(between start: String, and end: String) -> Substring {
        guard let first = firstRange(of: start)?.upperBound, let last = self[first...].firstRange(of: end)
        else { return "" }
        return self[first..<last.lowerBound]
    }
}
