import JSON

/// A call of a tool: one that the messages of a request hold, or one that a model makes.
struct ToolCall: Sendable, Hashable {
    /// The id that joins call and result.
    var id: String
    /// The tool's name.
    var name: String
    /// The arguments; a text that is no JSON stays a text.
    var arguments: JSONValue

    /// Creates a call.
    ///
    /// - Parameters:
    ///   - id: The written id; where there is none, `call_1`, `call_2` … stand for it.
    ///   - number: The call's number in its conversation or reply, from 1.
    init(id: String?, name: String?, arguments: JSONValue?, number: Int) {
        self.id = id.flatMap { $0.isEmpty ? nil : $0 } ?? "call_\(number)"
        self.name = name ?? ""
        self.arguments = Self.value(of: arguments)
    }

    /// Reads `{id, name, arguments}` or `{id, type: function, function: {name, arguments}}`.
    init(_ written: JSONValue, number: Int) {
        let function = written["function"] ?? written
        self.init(
            id: written["id"]?.string, name: function["name"]?.string, arguments: function["arguments"],
            number: number)
    }

    /// `{id, name, arguments}`.
    var json: JSONValue {
        ["id": .string(id), "name": .string(name), "arguments": arguments]
    }

    /// The arguments as the text that OpenAI's APIs want.
    var argumentsText: String { arguments.string ?? JSONWriter.compact.text(of: arguments) }

    /// Arguments as a value, which APIs give as an object or as a text that holds one.
    ///
    /// A text that is no JSON stays a text, for assertions to find it. No arguments, and an empty text, are an empty
    /// object.
    static func value(of arguments: JSONValue?) -> JSONValue {
        switch arguments {
        case nil, .null?: return [:]
        case .string(let text)?:
            if text.utf8.allSatisfy({ $0 == 0x20 || (0x09...0x0D).contains($0) }) { return [:] }
            return (try? JSONParser().parse(text)) ?? .string(text)
        case let value?: return value
        }
    }
}
