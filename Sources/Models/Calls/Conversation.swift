import Evals
import JSON

/// The messages of a request as turns that change between user and model, with the instructions beside them.
///
/// For the APIs that keep instructions apart and want neighbors of one speaker as one turn. The results of tools are
/// the user's.
struct Conversation {
    /// A piece of a turn.
    enum Piece: Hashable {
        /// Text.
        case text(String)
        /// An image of the project.
        case image(path: String)
        /// The model calls a tool; the arguments are an object.
        case call(id: String, name: String, arguments: JSONValue)
        /// What the tool said.
        case result(id: String, name: String, parts: [Message.Part])
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
    /// The calls so far, and whether each has its result.
    private var calls: [(id: String, name: String, isAnswered: Bool)] = []

    /// Sorts messages into turns.
    init(_ messages: [Message]) {
        for message in messages {
            switch message.role {
            case .system: addSystem(message)
            case .user: add(message.parts.map(Self.piece), isModel: false)
            case .assistant: addAnswer(message)
            case .tool: addResult(message)
            }
        }
        if let open = calls.first(where: { !$0.isAnswered }) {
            complaints.append(
                RequestComplaint(
                    "tool-call-without-result",
                    "the messages call the tool '\(open.name)' and never give its result, which the provider rejects",
                    hint: "add a message of role 'tool' behind the call"))
        }
    }

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

    private mutating func addAnswer(_ message: Message) {
        var pieces = message.parts.map(Self.piece)
        // An empty text beside calls says nothing, and APIs reject it.
        if !message.toolCalls.isEmpty { pieces.removeAll { $0 == .text("") } }
        for call in message.toolCalls {
            let name = call["name"]?.string ?? call["function"]?["name"]?.string ?? ""
            let id = call["id"]?.string ?? "call_\(calls.count + 1)"
            calls.append((id, name, false))
            pieces.append(.call(id: id, name: name, arguments: arguments(of: call, name)))
        }
        add(pieces, isModel: true)
    }

    private mutating func arguments(of call: JSONValue, _ name: String) -> JSONValue {
        let written = call["arguments"] ?? call["function"]?["arguments"] ?? [:]
        let value = written.string.flatMap { try? JSONParser().parse($0) } ?? written
        if value.object == nil {
            complaints.append(
                RequestComplaint(
                    "tool-call-arguments", "the arguments of a call of the tool '\(name)' are no object",
                    isError: true))
        }
        return value
    }

    private mutating func addResult(_ message: Message) {
        // A result without an id answers the oldest call that is still open.
        let place = calls.firstIndex { call in
            message.toolCallID.map { $0 == call.id } ?? !call.isAnswered
        }
        guard let place else {
            complaints.append(
                RequestComplaint(
                    "tool-result-without-call",
                    "a message of role 'tool' answers no call: no message of the assistant before it has one"
                        + (message.toolCallID.map { " with the id '\($0)'" } ?? ""), isError: true))
            return
        }
        calls[place].isAnswered = true
        add(
            [.result(id: calls[place].id, name: calls[place].name, parts: message.parts)], isModel: false)
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
