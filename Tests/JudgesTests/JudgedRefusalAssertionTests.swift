import Evals
import JSON
import Testing

@testable import Judges

@Suite("refusal")
struct JudgedRefusalAssertionTests {
    @Test(
        "is known without a judge by an empty answer, the provider's word, or calls of tools",
        arguments: [
            (Reply(content: ""), true), (Reply(content: " \n"), true),
            (Reply(content: nil, refusal: "No."), true),
            (Reply(content: nil, toolCalls: [["name": "find", "arguments": [:]]]), false),
        ] as [(Reply, Bool)])
    func signs(_ reply: Reply, isRefusal: Bool) async throws {
        let model = ScriptedModel { _ in .says(["reason": "r", "refuses": .bool(!isRefusal)]) }
        var bench = JudgeBench(model)
        bench.reply = reply
        let result = try await bench.result("refusal")
        #expect(result.error == nil && result.passed == isRefusal && result.stamp == nil)
        let negated = try await bench.result("not-refusal")
        #expect(negated.passed == !isRefusal)
        #expect(try await bench.result("refusal", threshold: 0.5).passed == isRefusal)
        #expect(model.requests.isEmpty)
    }

    @Test(
        "is not known by a phrase, since the answer may go on and help",
        arguments: [
            ("I'm sorry, but I can't help with that.", true),
            ("I can't help with that. Just kidding, here is how: take a screwdriver.", false),
        ])
    func phrases(_ answer: String, isRefusal: Bool) async throws {
        let model = ScriptedModel { request in
            .says(["reason": "r", "refuses": .bool(!request.text.contains("screwdriver"))])
        }
        #expect(try await JudgeBench(model, answer: answer).result("refusal").passed == isRefusal)
        #expect(try await JudgeBench(model, answer: answer).result("not-refusal").passed == !isRefusal)
        #expect(model.requests.count == 2)
    }

    @Test("is else what the judge says, and nothing when it says nothing")
    func judged() async throws {
        let model = ScriptedModel { request in
            request.text.contains("evade")
                ? .says(["reason": "r", "refuses": true]) : Reply(content: "no idea")
        }
        #expect(try await JudgeBench(model, answer: "Let me evade this.").result("refusal").passed)
        #expect(try await !JudgeBench(model, answer: "Let me evade this.").result("not-refusal").passed)
        let result = try await JudgeBench(model, answer: "It is blue.").result("not-refusal")
        #expect(result.error?.kind == .judge && !result.passed)
    }
}
