import Evals
import HTTP
import JSON
import Models
import Testing

@Suite("Embeddings", .timeLimit(.minutes(1)))
struct EmbeddingTests {
    private static let openAI =
        #"{"model": "e-1", "data": [{"index": 0, "embedding": [0.25, -0.001, 7]}], "usage": {"prompt_tokens": 4, "total_tokens": 4}}"#

    private static func embedding(_ model: String?, tokens: Int?) -> Reply {
        Reply(
            servedModel: model, content: "[0.25,-0.001,7]",
            usage: tokens.map { Usage(inputTokens: $0, outputTokens: 0) }, requestID: "req_1")
    }

    @Test(
        "The last message of the user is sent to the API of embeddings",
        arguments: [
            (
                OpenAIChat(.openAI), ["extra": ["dimensions": 3]], "/embeddings",
                ["model": "m", "input": "b", "dimensions": 3]
            ),
            (OpenAIChat(.azure), [:], "/embeddings", ["model": "m", "input": "b"]),
            (
                OpenAIChat(.azure, apiVersion: "v1"), [:], "/openai/deployments/m/embeddings?api-version=v1",
                ["model": "m", "input": "b"]
            ),
            (
                OpenAIChat(.compatible), ["dimensions": 3], "/embeddings",
                ["model": "m", "input": "b", "dimensions": 3]
            ),
            (
                GeminiGenerateContent(), ["extra": ["taskType": "SEMANTIC_SIMILARITY"]],
                "/models/m:embedContent",
                ["content": ["parts": [["text": "b"]]], "taskType": "SEMANTIC_SIMILARITY"]
            ),
            (
                OllamaChat(), ["extra": ["truncate": false]], "/api/embed",
                ["model": "m", "input": "b", "truncate": false]
            ),
        ] as [(any ModelAPI, JSONObject, String, JSONValue)])
    func calls(api: any ModelAPI, parameters: JSONObject, path: String, body: JSONValue) throws {
        let request = specimen(
            "m",
            [
                Message(role: .user, text: "a"), Message(role: .user, text: "b"),
                Message(role: .assistant, text: "c"),
            ],
            parameters)
        #expect(try api.embeddingCall(for: request) == APICall(path: path, body: body))
    }

    @Test(
        "What can't be embedded is refused",
        arguments: [
            (OpenAIChat(.openAI), [Message(role: .system, text: "a")], [:], "needs a message of the user"),
            (
                OllamaChat(),
                [Message(role: .user, parts: [.text("a"), .image(path: "p.png", sha256: "0")])], [:],
                "texts only"
            ),
            (
                OpenAIChat(.openAI), [Message(role: .user, text: "a")], ["temperature": 0],
                "m takes no 'temperature'"
            ),
            (
                GeminiGenerateContent(), [Message(role: .user, text: "a")], ["max_tokens": 1],
                "m takes no 'max_tokens'"
            ),
            (
                AnthropicMessages(), [Message(role: .user, text: "a")], [:],
                "the kind of the provider 'p' has no embeddings"
            ),
            (BedrockConverse(), [Message(role: .user, text: "a")], [:], "has no embeddings"),
            (OpenAIResponses(), [Message(role: .user, text: "a")], [:], "has no embeddings"),
        ] as [(any ModelAPI, [Message], JSONObject, String)])
    func refusals(api: any ModelAPI, messages: [Message], parameters: JSONObject, message: String) {
        let error = #expect(throws: EvaluationError.self) {
            try api.embeddingCall(for: specimen("m", messages, parameters))
        }
        #expect(error?.kind == .provider)
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    }

    @Test(
        "The reply is the list of numbers",
        arguments: [
            (OpenAIChat(.openAI), openAI, embedding("e-1", tokens: 4)),
            (
                OpenAIChat(.compatible), #"{"data": [{"embedding": [0.25, -0.001, 7]}]}"#,
                embedding(nil, tokens: nil)
            ),
            (
                GeminiGenerateContent(),
                #"{"embedding": {"values": [0.25, -0.001, 7]}, "usageMetadata": {"promptTokenCount": 3}}"#,
                embedding(nil, tokens: 3)
            ),
            (
                OllamaChat(), #"{"model": "e", "embeddings": [[0.25, -0.001, 7]], "prompt_eval_count": 2}"#,
                embedding("e", tokens: 2)
            ),
        ] as [(any ModelAPI, String, Reply)])
    func replies(api: any ModelAPI, body: String, reply: Reply) throws {
        #expect(try api.embeddingReply(from: response(body)) == reply)
    }

    @Test(
        "A response without numbers, or with an error, is a failure",
        arguments: [
            (OpenAIChat(.openAI), 200, "{}", .unreadable),
            (OpenAIChat(.openAI), 200, #"{"data": []}"#, .unreadable),
            (OpenAIChat(.openAI), 200, #"{"data": [{"embedding": []}]}"#, .unreadable),
            (OpenAIChat(.openAI), 200, #"{"data": [{"embedding": [1, "2"]}]}"#, .unreadable),
            (OpenAIChat(.openAI), 200, #"{"data": [{"embedding": "AAAA"}]}"#, .unreadable),
            (OpenAIChat(.openAI), 200, "<html>", .unreadable), (OpenAIChat(.openAI), 429, "", .rateLimited),
            (OpenAIChat(.openAI), 200, #"{"error": {"message": "m", "code": 503}}"#, .unavailable),
            (GeminiGenerateContent(), 200, #"{"embedding": {}}"#, .unreadable),
            (GeminiGenerateContent(), 400, "no", .rejected),
            (OllamaChat(), 200, #"{"embeddings": []}"#, .unreadable),
            (OllamaChat(), 404, #"{"error": "model not found"}"#, .rejected),
            (AnthropicMessages(), 200, "{}", .unreadable),
        ] as [(any ModelAPI, Int, String, CallFailure.Kind)])
    func failures(api: any ModelAPI, status: Int, body: String, kind: CallFailure.Kind) {
        let failure = #expect(throws: CallFailure.self) {
            try api.embeddingReply(from: response(body, status: status))
        }
        #expect(failure?.kind == kind)
        #expect(failure?.requestID == "req_1")
    }

    @Test("A request for an embedding goes there over the client, never as a stream, with retries")
    func sent() async throws {
        let setup = LiveSetup([.status(503), .status(200, Self.openAI)])
        let live = setup.live(providers: ["openai": ["stream": true]])
        let reply = try #require(await setup.ask(live, .to(.small, purpose: "embedding/similarity")).reply)
        #expect(reply.content == "[0.25,-0.001,7]")
        #expect(reply.usage == Usage(inputTokens: 4, outputTokens: 0))
        #expect(reply.attempts == 2)
        let request = try #require(setup.transport.requests.last)
        #expect(request.url == "https://api.openai.com/v1/embeddings")
        #expect(try JSONParser().parse(bytes: request.body) == ["model": "gpt-4o", "input": "hi"])
    }
}
