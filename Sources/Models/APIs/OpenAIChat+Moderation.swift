public import Evals

extension OpenAIChat {
    /// The body for `/moderations`, which Azure OpenAI lacks.
    public func moderationCall(for request: ModelRequest) throws(EvaluationError) -> APICall {
        guard dialect != .azure else {
            throw EvaluationError(
                .provider, "Azure OpenAI has no moderation endpoint like OpenAI's",
                hint: "use a model of the kind openai or openai-compatible")
        }
        return try Moderation.call(for: request)
    }

    /// The result of the response; OpenAI itself takes no money for it.
    public func moderationReply(from response: APIResponse) throws(CallFailure) -> Reply {
        try Moderation.reply(from: response, cost: dialect == .openAI ? .zero : nil)
    }
}
