public import JSON

/// One question that an assertion asks of a model.
public struct Inquiry: Sendable, Hashable {
    /// The model to ask.
    public var model: ModelSpecification
    /// What is sent beside the messages, over the model's own parameters.
    public var parameters: JSONObject
    /// The conversation.
    public var messages: [Message]
    /// The JSON Schema of the answer.
    public var outputSchema: JSONValue?
    /// The tools offered.
    public var tools: [JSONValue]
    /// What kind of answer is wanted.
    public var kind: Kind

    /// What kind of answer is wanted, as the first word of the recording's label.
    public enum Kind: String, Sendable, Hashable {
        /// A text.
        case judge
        /// A list of numbers.
        case embedding
        /// What a moderation endpoint says.
        case moderation
    }

    /// Creates a question.
    public init(
        _ kind: Kind = .judge, to model: ModelSpecification, parameters: JSONObject = [:],
        messages: [Message], outputSchema: JSONValue? = nil, tools: [JSONValue] = []
    ) {
        self.kind = kind
        self.model = model
        self.parameters = parameters
        self.messages = messages
        self.outputSchema = outputSchema
        self.tools = tools
    }
}
