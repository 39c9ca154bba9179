import Evals
import JSON
import Templates

/// A message whose texts are templates.
struct MessageTemplate: Sendable {
    /// A piece of a message.
    enum Part: Sendable {
        /// Text to render.
        case text(Template)
        /// Text as it is.
        case literal(String)
        /// An image.
        case image(path: String, sha256: String)
    }

    /// Who speaks.
    var role: Message.Role
    /// What is said.
    var parts: [Part]
    /// The tools that an assistant's message calls.
    var toolCalls: [JSONValue] = []
    /// The id of the call that a tool's message answers.
    var toolCallID: String?

    /// The variables that the texts use.
    var freeVariables: [FreeVariable] {
        parts.flatMap { part -> [FreeVariable] in
            if case .text(let template) = part { template.freeVariables } else { [] }
        }
    }

    /// The texts of the files that the texts include.
    var includedTexts: [String] {
        parts.flatMap { part -> [String] in
            if case .text(let template) = part { template.includedTexts } else { [] }
        }
    }

    /// The message as it is written.
    var source: Message {
        Message(
            role: role,
            parts: parts.map { part in
                switch part {
                case .text(let template): .text(template.source)
                case .literal(let text): .text(text)
                case .image(let path, let hash): .image(path: path, sha256: hash)
                }
            }, toolCalls: toolCalls, toolCallID: toolCallID)
    }

    /// The message with its variables filled in.
    func render(_ context: TemplateContext) throws(TemplateError) -> Message {
        var rendered: [Message.Part] = []
        for part in parts {
            switch part {
            case .text(let template): rendered.append(.text(try template.render(context)))
            case .literal(let text): rendered.append(.text(text))
            case .image(let path, let hash): rendered.append(.image(path: path, sha256: hash))
            }
        }
        return Message(role: role, parts: rendered, toolCalls: toolCalls, toolCallID: toolCallID)
    }
}
