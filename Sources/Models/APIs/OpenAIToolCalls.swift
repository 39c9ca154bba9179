import JSON

/// Tool calls of Chat Completions in the shared form.
enum OpenAIToolCalls {
    /// The calls of a message, each `{id, name, arguments}`.
    static func calls(_ message: JSONValue) -> [JSONValue] {
        var calls = (message["tool_calls"]?.array ?? []).map { call in
            self.call(
                id: call["id"]?.string, call["function"]?["name"]?.string, call["function"]?["arguments"])
        }
        if let function = message["function_call"], !function.isNull {
            calls.append(call(id: nil, function["name"]?.string, function["arguments"]))
        }
        return calls
    }

    /// One call; arguments that are JSON text become a value, and what can't be parsed stays as it came.
    static func call(id: String?, _ name: String?, _ arguments: JSONValue?) -> JSONValue {
        var members = JSONObject()
        if let id, !id.isEmpty { members["id"] = .string(id) }
        members["name"] = .string(name ?? "")
        switch arguments {
        case nil, .null?: members["arguments"] = [:]
        case .string(let text)?:
            let isEmpty = text.allSatisfy(\.isWhitespace)
            members["arguments"] = isEmpty ? [:] : (try? JSONParser().parse(text)) ?? .string(text)
        case let value?: members["arguments"] = value
        }
        return .object(members)
    }
}
