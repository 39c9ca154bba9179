public import JSON

/// A tool of a prompt, in its short or long spelling.
public struct ToolShape: Sendable, Hashable {
    /// The function's name.
    public var name: String
    /// What it does.
    public var description: String?
    /// The JSON Schema of its arguments; nil when it takes none.
    public var parameters: JSONValue?
    /// Whether the arguments must match exactly.
    public var strict: JSONValue?

    /// Reads `{name, description, parameters}` or `{type: function, function: {…}}`.
    public init(_ tool: JSONValue) {
        let function = tool["function"] ?? tool
        name = function["name"]?.string ?? ""
        description = function["description"]?.string
        parameters = function["parameters"]
        strict = function["strict"] ?? tool["strict"]
    }

    /// The short spelling, without what was not written.
    public var json: JSONValue {
        var members: JSONObject = ["name": .string(name)]
        if let description { members["description"] = .string(description) }
        if let parameters { members["parameters"] = parameters }
        if let strict { members["strict"] = strict }
        return .object(members)
    }
}
