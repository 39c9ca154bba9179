public import Evals
import JSON

extension OpenAIChat {
    /// The body for `/embeddings`.
    public func embeddingCall(for request: ModelRequest) throws(EvaluationError) -> APICall {
        var draft = RequestDraft(
            request, api: "the embeddings API",
            body: [
                "model": .string(request.model.model),
                "input": .string(try request.userText(for: "an embedding")),
            ])
        if dialect == .compatible { draft.moveRest() }
        draft.close()
        return APICall(
            path: path("embeddings", model: request.model.model), body: .object(try draft.finished()))
    }

    /// The first embedding of the response.
    public func embeddingReply(from response: APIResponse) throws(CallFailure) -> Reply {
        guard (200..<300).contains(response.status) else { throw OpenAIErrors.failure(response) }
        let body = try response.object()
        try OpenAIErrors.check(body, response)
        return try Embedding.reply(
            body["data"]?.array?.first?["embedding"], model: body["model"],
            tokens: body["usage"]?["prompt_tokens"], in: response)
    }
}
