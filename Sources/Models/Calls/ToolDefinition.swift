import JSON

/// A tool that is offered to a model, whichever of its two spellings was written.
struct ToolDefinition: Sendable, Hashable {
    /// The function's name.
    let name: String
    /// What it does.
    let description: JSONValue?
    /// The JSON Schema of its arguments; nil when it takes none.
    let parameters: JSONValue?
    /// Whether the arguments must match exactly; nil when nothing is said.
    let strict: JSONValue?

    /// Reads `{name, description, parameters, strict}` or `{type: function, function: {…}}`.
    ///
    /// `strict` may stand at either level. Files without a name are refused when they are read.
    init(_ written: JSONValue) {
        let function = written["function"] ?? written
        name = function["name"]?.string ?? ""
        description = function["description"]
        parameters = function["parameters"]
        strict = function["strict"] ?? written["strict"]
    }

    /// True when the arguments must match the schema exactly.
    var isStrict: Bool { strict == true }

    /// `{name, description, parameters, strict}` without what was not written.
    ///
    /// - Parameter schema: The name that the API has for `parameters`.
    func members(schema: String = "parameters") -> JSONObject {
        var members: JSONObject = ["name": .string(name)]
        members["description"] = description
        members[schema] = parameters
        members["strict"] = strict
        return members
    }
}
