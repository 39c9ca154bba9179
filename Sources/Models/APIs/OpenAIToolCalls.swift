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

    /// One call.
    static func call(id: String?, _ name: String?, _ arguments: JSONValue?) -> JSONValue {
        var members = JSONObject()
        if let id, !id.isEmpty { members["id"] = .string(id) }
        members["name"] = .string(name ?? "")
        members["arguments"] = ToolCallArguments.value(arguments)
        return .object(members)
    }
}
