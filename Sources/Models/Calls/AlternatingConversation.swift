import Evals
import JSON

/// The messages of a request as turns that change between user and model, with the instructions beside them.
///
/// For the APIs that keep instructions apart and want neighbors of one speaker as one turn. The results of tools are
/// the user's.
struct AlternatingConversation {
    /// A piece of a turn.
    enum Piece: Hashable {
        /// Text.
        case text(String)
        /// An image of the project.
        case image(path: String)
        /// The model calls a tool; the arguments are an object.
        case call(ToolCall)
        /// What the tool said.
        case result(ToolCall, parts: [Message.Part])
    }

    /// What one side says until the other does.
    struct Turn: Hashable {
        /// True for the model's turns.
        let isModel: Bool
        /// What is said, in order.
        var pieces: [Piece]
    }

    /// The instructions, without empty ones.
    private(set) var system: [String] = []
    /// The turns, no two neighbors of the same side.
    private(set) var turns: [Turn] = []
    /// What is wrong with the messages.
    private(set) var complaints: [RequestComplaint] = []

    /// Sorts messages into turns.
    init(_ messages: [Message]) {
        let conversation = Conversation(messages)
        for step in conversation.steps {
            switch step {
            case .message(let message) where message.role == .system: addSystem(message)
            case .message(let message):
                add(message.parts.map(Self.piece), isModel: message.role == .assistant)
            case .calls(let message, let calls):
                // An empty text beside calls says nothing, and APIs reject it.
                let said = message.parts.map(Self.piece).filter { $0 != .text("") }
                add(said + calls.map { .call($0) }, isModel: true)
            case .result(let call, let message):
                add([.result(call, parts: message.parts)], isModel: false)
            }
        }
        complaints += conversation.argumentComplaints + conversation.complaints
    }

    /// True when the model shall go on with what it is said to have said.
    var endsWithModel: Bool { turns.last?.isModel == true }

    private mutating func addSystem(_ message: Message) {
        if message.parts.contains(where: { if case .image = $0 { true } else { false } }) {
            complaints.append(
                RequestComplaint(
                    "image-in-system", "a system message can't have an image",
                    hint: "put the image into a user message", isError: true))
        }
        if !turns.isEmpty {
            complaints.append(
                RequestComplaint(
                    "system-message-moved",
                    "a system message stands between other messages, and the API takes instructions only at the beginning: it is sent there"
                ))
        }
        if !message.text.isEmpty { system.append(message.text) }
    }

    private mutating func add(_ pieces: [Piece], isModel: Bool) {
        if let last = turns.indices.last, turns[last].isModel == isModel {
            turns[last].pieces += pieces
        } else {
            turns.append(Turn(isModel: isModel, pieces: pieces))
        }
    }

    private static func piece(_ part: Message.Part) -> Piece {
        switch part {
        case .text(let text): .text(text)
        case .image(let path, _): .image(path: path)
        }
    }
}
