import Evals

extension ModelRequest {
    /// The last message of the user, for endpoints that take one text and no conversation.
    ///
    /// - Parameter thing: What the text is sent for, as an error says it: `an embedding`.
    func userText(for thing: String) throws(EvaluationError) -> String {
        guard let message = messages.last(where: { $0.role == .user }),
            message.parts.allSatisfy({ if case .text = $0 { true } else { false } })
        else {
            throw EvaluationError(
                .provider, "\(thing) needs a message of the user, and takes texts only")
        }
        return message.text
    }
}
