import Evals
import HTTP
import JSON
import Models
import Testing

@Suite("Moderation", .timeLimit(.minutes(1)))
struct ModerationTests {
    private static let found =
        #"{"id": "modr-1", "model": "omni-moderation-2024-09-26", "results": [{"flagged": true, "categories": {"hate": false, "violence": true, "illicit": null}, "category_scores": {"hate": 0.1, "violence": 0.9, "illicit": null}, "category_applied_input_types": {"hate": ["text"]}}]}"#

    private static let content =
        #"{"flagged":true,"categories":{"hate":false,"violence":true,"illicit":null},"category_scores":{"hate":0.1,"violence":0.9,"illicit":null}}"#

    @Test(
        "The last message of the user is sent to the moderation endpoint",
        arguments: [OpenAIChat(.openAI), OpenAIChat(.compatible), OpenAIResponses()] as [any ModelAPI])
    func calls(api: any ModelAPI) throws {
        let request = specimen("m", [Message(role: .user, text: "a"), Message(role: .user, text: "b")])
        #expect(
            try api.moderationCall(for: request)
                == APICall(path: "/moderations", body: ["model": "m", "input": "b"]))
    }

    @Test(
        "What can't be moderated is refused",
        arguments: [
            (OpenAIChat(.openAI), [Message(role: .system, text: "a")], [:], "needs a message of the user"),
            (
                OpenAIChat(.openAI),
                [Message(role: .user, parts: [.text("a"), .image(path: "p.png", sha256: "0")])], [:],
                "texts only"
            ),
            (
                OpenAIResponses(), [Message(role: .user, text: "a")], ["temperature": 0],
                "m takes no 'temperature'"
            ),
            (OpenAIChat(.azure), [Message(role: .user, text: "a")], [:], "has no moderation endpoint"),
            (
                AnthropicMessages(), [Message(role: .user, text: "a")], [:],
                "the kind of the provider 'p' has no moderation endpoint"
            ),
            (GeminiGenerateContent(), [Message(role: .user, text: "a")], [:], "has no moderation endpoint"),
            (BedrockConverse(), [Message(role: .user, text: "a")], [:], "has no moderation endpoint"),
            (OllamaChat(), [Message(role: .user, text: "a")], [:], "has no moderation endpoint"),
        ] as [(any ModelAPI, [Message], JSONObject, String)])
    func refusals(api: any ModelAPI, messages: [Message], parameters: JSONObject, message: String) {
        let error = #expect(throws: EvaluationError.self) {
            try api.moderationCall(for: specimen("m", messages, parameters))
        }
        #expect(error?.kind == .provider)
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    }

    @Test(
        "The reply is what the endpoint found; OpenAI's own costs nothing",
        arguments: [
            (OpenAIChat(.openAI), .zero), (OpenAIChat(.compatible), nil), (OpenAIResponses(), .zero),
        ] as [(any ModelAPI, Money?)])
    func replies(api: any ModelAPI, cost: Money?) throws {
        let reply = try api.moderationReply(from: response(Self.found))
        #expect(
            reply
                == Reply(
                    servedModel: "omni-moderation-2024-09-26", content: Self.content, cost: cost,
                    requestID: "req_1"))
    }

    @Test(
        "A response without one result, or with an error, is a failure",
        arguments: [
            (OpenAIChat(.openAI), 200, "{}", .unreadable),
            (OpenAIChat(.openAI), 200, #"{"results": []}"#, .unreadable),
            (
                OpenAIChat(.openAI), 200,
                #"{"results": [{"flagged": false, "categories": {}, "category_scores": {}}, {}]}"#,
                .unreadable
            ),
            (OpenAIChat(.openAI), 200, #"{"results": [{"flagged": false}]}"#, .unreadable),
            (
                OpenAIChat(.openAI), 200,
                #"{"results": [{"flagged": "no", "categories": {}, "category_scores": {}}]}"#, .unreadable
            ),
            (OpenAIResponses(), 200, "<html>", .unreadable), (OpenAIResponses(), 429, "", .rateLimited),
            (OpenAIChat(.openAI), 200, #"{"error": {"message": "m", "code": 503}}"#, .unavailable),
            (OllamaChat(), 200, found, .unreadable),
        ] as [(any ModelAPI, Int, String, CallFailure.Kind)])
    func failures(api: any ModelAPI, status: Int, body: String, kind: CallFailure.Kind) {
        let failure = #expect(throws: CallFailure.self) {
            try api.moderationReply(from: response(body, status: status))
        }
        #expect(failure?.kind == kind)
        #expect(failure?.requestID == "req_1")
    }

    @Test("A request for a moderation goes there over the client, never as a stream, with retries")
    func sent() async throws {
        let setup = LiveSetup([.status(503), .status(200, Self.found)])
        let live = setup.live(providers: ["openai": ["stream": true]])
        let reply = try #require(await setup.ask(live, .to(.small, purpose: "moderation/safe")).reply)
        #expect(reply.content == Self.content)
        #expect(reply.attempts == 2)
        let request = try #require(setup.transport.requests.last)
        #expect(request.url == "https://api.openai.com/v1/moderations")
        #expect(try JSONParser().parse(bytes: request.body) == ["model": "gpt-4o", "input": "hi"])
    }
}
