public import Diagnostics
public import Evals
public import JSON
import Templates

/// A version of a prompt, its templates ready to be rendered.
public struct Prompt: Sendable {
    /// The name.
    public internal(set) var name: String
    /// The version: what the file says, else the first 12 hex digits of the content's hash.
    public internal(set) var version: String
    /// True when the file names no version.
    public internal(set) var isVersionAutomatic: Bool
    /// The file's name as it is shown.
    public internal(set) var file: String
    /// Where the prompt stands.
    public internal(set) var mark: SourceMark
    /// What it is for.
    public internal(set) var description: String?
    /// The model used when nothing else names one, and where it is named.
    public internal(set) var model: (name: String, mark: SourceMark)?
    /// What is sent beside the messages.
    public internal(set) var parameters: JSONObject
    /// The schema of the answer, and where it stands.
    public internal(set) var outputSchema: WrittenValue?
    /// The tools, each `{name, description, parameters}`.
    public internal(set) var tools: [JSONValue]
    /// The declared variables; nil when `inputs:` is not written.
    public internal(set) var inputs: [InputDeclaration]?
    /// The tags.
    public internal(set) var tags: [String]
    /// True when its file has mistakes, which are reported; what seems to be missing in it then may be there.
    var isBroken = false
    /// The messages.
    var messages: [MessageTemplate]
    /// The few-shot pairs, as messages.
    var examples: [MessageTemplate]

    /// True when the prompt has a user message of its own.
    var hasUserMessage: Bool { messages.contains { $0.role == .user } }

    /// The variables that some template uses, each once; needed where any use needs it.
    var freeVariables: [FreeVariable] {
        var found: [FreeVariable] = []
        for variable in (messages + examples).flatMap(\.freeVariables) {
            if let index = found.firstIndex(where: { $0.name == variable.name }) {
                if found[index].isOptional, !variable.isOptional { found[index] = variable }
            } else {
                found.append(variable)
            }
        }
        return found
    }

    /// The conversation for a case: examples and history stand before the last user message, the case's input is
    /// the user message of a prompt without one.
    func conversation(
        _ context: TemplateContext, input: String?, history: [Message]
    ) throws(TemplateError) -> [Message] {
        var rendered: [Message] = []
        for message in messages { rendered.append(try message.render(context)) }
        if !hasUserMessage, let input { rendered.append(Message(role: .user, text: input)) }
        var earlier: [Message] = []
        for example in examples { earlier.append(try example.render(context)) }
        let place = rendered.lastIndex { $0.role == .user } ?? rendered.endIndex
        rendered.insert(contentsOf: earlier + history, at: place)
        return rendered
    }
}

extension Prompt {
    /// A variable that the prompt uses.
    public struct Variable: Sendable, Hashable {
        /// The name.
        public let name: String
        /// True when the prompt can be rendered without it.
        public let isOptional: Bool
    }

    /// The variables, in order of their first use.
    public var variables: [Variable] {
        freeVariables.map { Variable(name: $0.name, isOptional: $0.isOptional) }
    }

    /// The messages as they are written, examples before the last user message.
    public var sources: [Message] {
        var shown = messages.map(\.source)
        let place = shown.lastIndex { $0.role == .user } ?? shown.endIndex
        shown.insert(contentsOf: examples.map(\.source), at: place)
        return shown
    }
}
