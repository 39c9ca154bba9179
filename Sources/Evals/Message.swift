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

    /// Creates a message from parts.
    public init(role: Role, parts: [Part]) {
        self.role = role
        self.parts = parts
    }

    /// Creates a message of one text.
    public init(role: Role, text: String) {
        self.init(role: role, parts: [.text(text)])
    }

    /// The texts of the message, joined by line feeds.
    public var text: String {
        parts.compactMap { if case .text(let text) = $0 { text } else { nil } }.joined(separator: "\n")
    }

    /// `{role, content}`, the content being a string when there is one text only.
    public var json: JSONValue {
        if parts.count == 1, case .text(let text)? = parts.first {
            return .object(["role": .string(role.rawValue), "content": .string(text)])
        }
        let content = parts.map { part -> JSONValue in
            switch part {
            case .text(let text): ["text": .string(text)]
            case .image(let path, let hash): ["image": .string(path), "sha256": .string(hash)]
            }
        }
        return .object(["role": .string(role.rawValue), "content": .array(content)])
    }
}
