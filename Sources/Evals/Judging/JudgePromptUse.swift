/// A judge prompt that a type of assertion uses, and what it may say in it.
public struct JudgePromptUse: Sendable, Hashable {
    /// The prompt's name.
    public var name: String
    /// The variables that the prompt can use.
    public var variables: [String]

    /// Creates the use of a prompt.
    public init(_ name: String, variables: [String]) {
        self.name = name
        self.variables = variables
    }
}
