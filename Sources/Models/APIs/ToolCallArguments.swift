import JSON

/// The arguments of a tool call, which APIs give as an object or as a text that holds one.
enum ToolCallArguments {
    /// The arguments as a value; a text that is no JSON stays a text, for assertions to find it.
    ///
    /// No arguments, and an empty text, are an empty object.
    static func value(_ written: JSONValue?) -> JSONValue {
        switch written {
        case nil, .null?: return [:]
        case .string(let text)?:
            if text.utf8.allSatisfy({ $0 == 0x20 || (0x09...0x0D).contains($0) }) { return [:] }
            return (try? JSONParser().parse(text)) ?? .string(text)
        case let value?: return value
        }
    }

    /// The arguments as the text that OpenAI wants.
    static func text(_ value: JSONValue) -> String {
        if case .string(let text) = value { return text }
        return JSONWriter.compact.text(of: value)
    }
}
