import JSON

/// A tool that is offered to a model, whichever of its two spellings was written.
struct ToolDefinition: Sendable, Hashable {
    /// The function's name.
    let name: String
    /// What it does.
    let description: JSONValue?
    /// The JSON Schema of its arguments.
    let parameters: JSONValue?
    /// Whether the arguments must match exactly.
    let strict: JSONValue?

    /// Reads `{name, description, parameters, strict}` or `{type: function, function: {…}}`; nil without a name.
    init?(_ written: JSONValue) {
        let function = written["function"] ?? written
        guard let name = function["name"]?.string else { return nil }
        self.name = name
        description = function["description"]
        parameters = function["parameters"]
        strict = function["strict"]
    }

    /// `{name, description, parameters, strict}` without what was not written.
    var members: JSONObject {
        var members: JSONObject = ["name": .string(name)]
        members["description"] = description
        members["parameters"] = parameters
        members["strict"] = strict
        return members
    }
}
