public import JSON

/// What is asked of a model, in the form that every provider shares.
public struct ModelRequest: Sendable, Hashable {
    /// The model that answers.
    @Boxed public var model: ModelSpecification
    /// What is sent beside the messages: the model's parameters overlaid by the prompt's.
    public var parameters: JSONObject
    /// Those of the parameters that the prompt wrote itself; nil when that is not known.
    ///
    /// For a fallback, which has parameters of its own. No part of the key.
    public var promptParameters: JSONObject?
    /// The conversation.
    public var messages: [Message]
    /// The tools offered, each `{name, description, parameters}`.
    public var tools: [JSONValue]
    /// The JSON Schema that the answer shall satisfy.
    public var outputSchema: JSONValue?
    /// Which of the repeated samples this is, from 1.
    public var sample: Int
    /// Numbers equal requests of one execution, from 1.
    public var call: Int
    /// Where the request comes from; no part of its key.
    @Boxed public var site: CallSite
    /// The answer that the case brings along, for the model `given`; no part of the key.
    @Boxed public var given: Reply?

    /// Creates a request.
    public init(
        model: ModelSpecification, parameters: JSONObject, messages: [Message], tools: [JSONValue] = [],
        outputSchema: JSONValue? = nil, sample: Int = 1, call: Int = 1, site: CallSite, given: Reply? = nil,
        promptParameters: JSONObject? = nil
    ) {
        self.model = model
        self.parameters = parameters
        self.promptParameters = promptParameters
        self.messages = messages
        self.tools = tools
        self.outputSchema = outputSchema
        self.sample = sample
        self.call = call
        self.site = site
        self.given = given
    }

    /// The normalized request, as it is shown in recordings: `{model, parameters, messages, tools, output_schema}`,
    /// without what is empty.
    public var json: JSONObject {
        var members: JSONObject = ["model": .string(model.identity)]
        if !parameters.isEmpty { members["parameters"] = .object(parameters) }
        members["messages"] = .array(messages.map(\.json))
        if !tools.isEmpty { members["tools"] = .array(tools) }
        if let outputSchema { members["output_schema"] = outputSchema }
        return members
    }

    /// The value whose canonical bytes are hashed into the key of a recording: `json` with `sample` and `call`,
    /// all seven members always present.
    public var keyMaterial: JSONValue {
        [
            "model": .string(model.identity), "parameters": .object(parameters),
            "messages": .array(messages.map(\.json)), "tools": .array(tools),
            "output_schema": outputSchema ?? .null, "sample": .integer(sample), "call": .integer(call),
        ]
    }
}

/// The place of a model call in a project: it names the recording, and is no part of the key.
public struct CallSite: Sendable, Hashable {
    /// The suite's name.
    public var suite: String
    /// The case's id.
    public var caseID: String
    /// The prompt's reference as the suite writes it, `support_reply` or `support_reply@3`.
    public var prompt: String
    /// The model's alias or inline name.
    public var model: String
    /// What the call is for: `answer`, `judge/METRIC`, `embedding/METRIC`, `moderation/METRIC`.
    public var purpose: String
    /// The turn of a multi-turn case, from 1.
    public var step: Int
    /// True for rows of a dataset, which are recorded in packs.
    public var isDatasetRow: Bool

    /// Creates a place.
    public init(
        suite: String, caseID: String, prompt: String, model: String, purpose: String = "answer",
        step: Int = 1,
        isDatasetRow: Bool = false
    ) {
        self.suite = suite
        self.caseID = caseID
        self.prompt = prompt
        self.model = model
        self.purpose = purpose
        self.step = step
        self.isDatasetRow = isDatasetRow
    }
}
