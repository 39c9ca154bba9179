import Evals

/// What an assistant says at one place of a conversation, and what was said before it.
struct ConversationTurn: Sendable, Hashable {
    /// The last messages before it, each after its role.
    let before: String
    /// What it says.
    let text: String

    /// The turns of a conversation and the answer to it, in order.
    ///
    /// Only what follows a user's message counts: a greeting can't be relevant to what nobody has said yet. Messages of
    /// the system and of tools are left out, and messages without text.
    ///
    /// - Parameter window: How many messages before a turn are shown with it.
    static func all(in messages: [Message], answer: String, window: Int) -> [ConversationTurn] {
        let said = messages.filter { message in
            (message.role == .user || message.role == .assistant) && !message.text.trimmed.isEmpty
        }
        let conversation = said + [Message(role: .assistant, text: answer)]
        guard let start = conversation.firstIndex(where: { $0.role == .user }) else { return [] }
        return conversation.indices.filter { $0 > start && conversation[$0].role == .assistant }.map {
            place in
            let before = conversation[..<place].suffix(window)
            return ConversationTurn(
                before: before.map { "\($0.role.rawValue): \($0.text)" }.joined(separator: "\n"),
                text: conversation[place].text)
        }
    }
}
