public import JSON

/// A prompt for judges, ready to be rendered.
public struct JudgePrompt: Sendable {
    /// The name, such as `judge-rubric`.
    public var name: String
    /// The version, as it stands in results.
    public var version: String
    /// SHA-256 of what the file says, in lower-case hexadecimal digits.
    public var sha256: String
    /// What is sent beside the messages.
    public var parameters: JSONObject
    /// The conversation for the variables of one question.
    ///
    /// Throws an error of the kind `template` when a variable is missing.
    public var render: @Sendable (JSONObject) throws(EvaluationError) -> [Message]

    /// Creates a prompt.
    public init(
        name: String, version: String, sha256: String, parameters: JSONObject = [:],
        render: @escaping @Sendable (JSONObject) throws(EvaluationError) -> [Message]
    ) {
        self.name = name
        self.version = version
        self.sha256 = sha256
        self.parameters = parameters
        self.render = render
    }
}
