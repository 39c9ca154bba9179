public import Evals

extension OpenAIResponses {
    /// The body for `/moderations`, which has the same address and key.
    public func moderationCall(for request: ModelRequest) throws(EvaluationError) -> APICall {
        try Moderation.call(for: request)
    }

    /// The result of the response; OpenAI takes no money for it.
    public func moderationReply(from response: APIResponse) throws(CallFailure) -> Reply {
        try Moderation.reply(from: response, cost: .zero)
    }
}
