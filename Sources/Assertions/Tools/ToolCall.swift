import JSON

/// A call of a tool, whatever the provider's spelling was.
struct ToolCall: Sendable, Hashable {
    /// The tool's name.
    let name: String
    /// The arguments as they came: most providers give JSON text, others an object; nil when there are none.
    let arguments: JSONValue?

    /// The arguments as a value; nil when they are text that is not JSON.
    ///
    /// No arguments, and an empty text, are an empty object.
    var parsedArguments: JSONValue? {
        switch arguments {
        case nil, .null?: return [:]
        case .string(let text)?:
            if WhiteSpace.trimmed(text).isEmpty { return [:] }
            return try? JSONParser().parse(text)
        case let value?: return value
        }
    }

    /// The call as JSON, its arguments parsed where they can be.
    var json: JSONValue {
        ["name": .string(name), "arguments": parsedArguments ?? arguments ?? [:]]
    }
}
