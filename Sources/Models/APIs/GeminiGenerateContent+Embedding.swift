public import Evals
import JSON

extension GeminiGenerateContent {
    /// The body for `/models/ID:embedContent`.
    public func embeddingCall(for request: ModelRequest) throws(EvaluationError) -> APICall {
        var draft = RequestDraft(
            request, api: "Google's embeddings",
            body: ["content": ["parts": [["text": .string(try request.userText(for: "an embedding"))]]]])
        draft.close()
        return APICall(
            path: Self.path(request.model.model, "embedContent"), body: .object(try draft.finished()))
    }

    /// The embedding of the response.
    public func embeddingReply(from response: APIResponse) throws(CallFailure) -> Reply {
        guard (200..<300).contains(response.status) else { throw GeminiErrors.failure(response) }
        let body = try response.object()
        if let error = body["error"], !error.isNull { throw GeminiErrors.failure(body, response) }
        return try Embedding.reply(
            body["embedding"]?["values"], model: body["modelVersion"],
            tokens: body["usageMetadata"]?["promptTokenCount"], in: response)
    }
}
