public import Evals
import JSON

extension OllamaChat {
    /// The body for `/api/embed`.
    public func embeddingCall(for request: ModelRequest) throws(EvaluationError) -> APICall {
        var draft = RequestDraft(
            request, api: "Ollama's embeddings",
            body: [
                "model": .string(request.model.model),
                "input": .string(try request.userText(for: "an embedding")),
            ])
        draft.close()
        return APICall(path: "/api/embed", body: .object(try draft.finished()))
    }

    /// The first embedding of the response.
    public func embeddingReply(from response: APIResponse) throws(CallFailure) -> Reply {
        guard (200..<300).contains(response.status) else { throw Self.failure(response) }
        let body = try response.object()
        if let error = body["error"], !error.isNull { throw Self.failure(ErrorBody(body), response) }
        return try Embedding.reply(
            body["embeddings"]?.array?.first, model: body["model"], tokens: body["prompt_eval_count"],
            in: response)
    }
}
