public import JSON

/// One message of a conversation with a model.
public struct Message: Sendable, Hashable {
    /// Who speaks.
    public enum Role: String, Sendable, Hashable, CaseIterable {
        /// Instructions for the whole conversation.
        case system
        /// The person, or the program that asks.
        case user
        /// The model.
        case assistant
        /// The result of a tool call.
        case tool
    }

    /// A piece of a message.
    public enum Part: Sendable, Hashable {
        /// Text.
        case text(String)
        /// An image of the project: its path, and the hash of its bytes, which stands for it in keys.
        case image(path: String, sha256: String)
    }

    /// Who speaks.
    public var role: Role
    /// What is said; most messages have a single text.
    public var parts: [Part]
    /// The tools that an assistant's message calls, each `{id, name, arguments}`.
    public var toolCalls: [JSONValue]
    /// The id of the call that a tool's message answers.
    public var toolCallID: String?

    /// Creates a message from parts.
    public init(role: Role, parts: [Part], toolCalls: [JSONValue] = [], toolCallID: String? = nil) {
        self.role = role
        self.parts = parts
        self.toolCalls = toolCalls
        self.toolCallID = toolCallID
    }

    /// Creates a message of one text.
    public init(role: Role, text: String) {
        self.init(role: role, parts: [.text(text)])
    }

    /// The texts of the message, joined by line feeds.
    public var text: String {
        parts.compactMap { if case .text(let text) = $0 { text } else { nil } }.joined(separator: "\n")
    }

    /// `{role, content}`, the content being a string when there is one text only; with `tool_calls` and `tool_call_id`
    /// where there are any.
    public var json: JSONValue {
        var members: JSONObject = ["role": .string(role.rawValue), "content": content]
        if !toolCalls.isEmpty { members["tool_calls"] = .array(toolCalls) }
        if let toolCallID { members["tool_call_id"] = .string(toolCallID) }
        return .object(members)
    }

    private var content: JSONValue {
        if parts.count == 1, case .text(let text)? = parts.first { return .string(text) }
        let content = parts.map { part -> JSONValue in
            switch part {
            case .text(let text): ["text": .string(text)]
            case .image(let path, let hash): ["image": .string(path), "sha256": .string(hash)]
            }
        }
        return .array(content)
    }
}
