public import Evals

/// The built-in model `given`: answers every request with the answer that a case brought along.
public struct GivenModel: Answering {
    private let reply: Reply

    /// Creates the model of one case from the case's answer.
    public init(reply: Reply) { self.reply = reply }

    /// The case's answer, whatever is asked.
    public func answer(_ request: ModelRequest) async throws(EvaluationError) -> Answer {
        Answer(reply: reply, source: .given)
    }
}
