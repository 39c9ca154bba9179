public import Evals

/// The built-in model `echo`: answers with the last user message, at no cost.
public struct EchoModel: Answering {
    /// Creates the model.
    public init() {}

    /// The last user message; an empty text when there is none.
    ///
    /// Latency and usage are unknown, the cost is 0.
    public func answer(_ request: ModelRequest) async throws(EvaluationError) -> Answer {
        let text = request.messages.last { $0.role == .user }?.text ?? ""
        let reply = Reply(
            servedModel: ModelSpecification.echo.model, content: text, finishReason: "stop", cost: .zero)
        return Answer(reply: reply, source: .echo)
    }
}
