import JSON

/// How OpenAI's two APIs, and those that are like them, write a function.
enum OpenAIFunction {
    /// `{type: function, function: {name, …}}`: Chat Completions.
    case nested
    /// `{type: function, name, …}`: Responses.
    case flat

    /// A function with these members.
    func json(_ members: JSONObject) -> JSONValue {
        switch self {
        case .nested: ["type": "function", "function": .object(members)]
        case .flat: .object((["type": "function"] as JSONObject).merging(members))
        }
    }

    /// What `tool_choice` demands, in OpenAI's words.
    func json(_ demand: ToolDemand) -> JSONValue {
        switch demand {
        case .automatic: "auto"
        case .none: "none"
        case .any: "required"
        case .tool(let name): json(["name": .string(name)])
        }
    }
}

extension RequestDraft {
    /// Sends tools and the choice among them.
    ///
    /// A choice that is an object of the API's own (`{type: allowed_tools, …}`) is sent as it is.
    mutating func addTools(_ tools: [ToolDefinition], as form: OpenAIFunction) {
        if !tools.isEmpty {
            put(
                .array(
                    tools.map { tool in
                        var members = tool.members()
                        // Responses demands a schema also where there are no arguments.
                        if form == .flat, tool.parameters == nil {
                            members["parameters"] = ["type": "object", "properties": [:]]
                        }
                        return form.json(members)
                    }), at: ["tools"])
        }
        guard let choice = takeToolChoice(among: tools) else { return }
        if let demand = ToolDemand(choice, tools: tools) {
            put(form.json(demand), at: ["tool_choice"])
        } else if choice.object != nil {
            put(choice, at: ["tool_choice"])
        } else {
            refuseToolChoice(choice)
        }
    }

    /// Warns of what OpenAI's models reject: parameters of models that reason, schemas in strict mode.
    ///
    /// - Parameters:
    ///   - parameters: Those that the API has at all.
    ///   - schema: The prompt's output schema, unless an own format replaces it.
    mutating func checkOpenAI(_ parameters: JSONObject, tools: [ToolDefinition], schema: JSONValue?) {
        note(OpenAIModelTraits.complaints(model: model, parameters: parameters))
        if let schema { note(OpenAIOutputFormat.complaints(about: schema)) }
        for tool in tools where tool.isStrict {
            note(
                StrictSchema.complaints(
                    about: tool.parameters ?? [:], name: "schema of the tool '\(tool.name)'"))
        }
    }
}
