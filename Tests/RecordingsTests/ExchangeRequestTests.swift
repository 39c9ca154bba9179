import Evals
import JSON
import Recordings
import Testing

@Suite("Requests of exchanges")
struct ExchangeRequestTests {
    private static let model = ModelSpecification(name: "small", provider: "openai", model: "gpt-5-mini")
    private static let site = CallSite(suite: "s", caseID: "c", prompt: "p", model: "small")

    private static func request(_ messages: [Message]) -> ModelRequest {
        ModelRequest(
            model: model, parameters: ["max_tokens": 9, "extra": ["n": 2]], messages: messages,
            tools: [["name": "f", "parameters": ["type": "object"]]], outputSchema: ["type": "object"],
            sample: 3, site: site)
    }

    @Test(
        "a request comes back from its exchange as it was",
        arguments: [
            [Message(role: .system, text: "Be brief."), Message(role: .user, text: "hi")],
            [
                Message(
                    role: .user, parts: [.text("see"), .image(path: "a.png", sha256: "00"), .text("there")])
            ],
            [
                Message(
                    role: .assistant, parts: [], toolCalls: [["id": "1", "name": "f", "arguments": [:]]]),
                Message(role: .tool, parts: [.text("42")], toolCallID: "1"),
            ],
            [],
        ])
    func same(messages: [Message]) {
        let request = Self.request(messages)
        let exchange = Exchange(request: request, response: Reply(content: "x"), recordedAt: nil)
        #expect(exchange.modelRequest(to: Self.model, from: Self.site) == request)
    }

    @Test(
        "what is no message counts with all of its text",
        arguments: [
            ["role": "narrator", "content": "hello"], ["role": "user", "content": [["audio": "x"]]], "hello",
        ]
            as [JSONValue])
    func other(message: JSONValue) {
        let exchange = Exchange(
            requestSHA256: String(repeating: "0", count: 64), request: ["messages": [message]],
            response: Reply(content: "x"))
        let found = exchange.modelRequest(to: Self.model, from: Self.site).messages
        #expect(found == [Message(role: .user, text: JSONWriter.spaced.text(of: message))])
    }
}
