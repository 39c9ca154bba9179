import Evals
import JSON
import Models
import Testing

@Suite("Built-in models")
struct BuiltInModelTests {
    private func request(_ messages: [Message]) -> ModelRequest {
        ModelRequest(
            model: .echo, parameters: [:], messages: messages,
            site: CallSite(suite: "s", caseID: "c", prompt: "p", model: "echo"))
    }

    @Test("echo answers with the last user message and costs nothing")
    func echo() async throws {
        let answer = try await EchoModel().answer(
            request([
                Message(role: .user, text: "first"), Message(role: .user, text: "zweite Frage 🙂"),
                Message(role: .assistant, text: "no"),
            ]))
        #expect(answer.reply.content == "zweite Frage 🙂")
        #expect(answer.source == .echo)
        #expect(answer.reply.cost == .zero)
        #expect(answer.reply.latencyMS == nil)
        #expect(answer.reply.usage == nil)
    }

    @Test("echo answers with an empty text when nobody asked")
    func echoOfNothing() async throws {
        let answer = try await EchoModel().answer(request([Message(role: .system, text: "rules")]))
        #expect(answer.reply.content == "")
    }

    @Test("given answers with the answer of the case, unchanged")
    func given() async throws {
        let reply = Reply(content: nil, finishReason: "tool_calls", refusal: "no", latencyMS: 12)
        let answer = try await GivenModel(reply: reply).answer(request([]))
        #expect(answer.reply == reply)
        #expect(answer.source == .given)
        #expect(answer.requestSHA256 == nil)
    }
}
