public import JSON

/// One way in which an instance does not fit its schema.
public struct SchemaViolation: Sendable, Hashable, CustomStringConvertible {
    /// The value that is wrong.
    public let instanceLocation: JSONPointer
    /// The keyword in the schema document that says so, after following references.
    public let schemaLocation: JSONPointer
    /// The keyword; `false` for the schema `false`, empty for the note that the list was cut off.
    public let keyword: String
    /// A sentence with the place, without a full stop: `/items/0/price: expected a number, found "12"`.
    public let message: String
    /// For `anyOf` and `oneOf` why each branch fails, the branch that nearly matches first; else empty.
    public let causes: [SchemaViolation]
    /// For `anyOf` and `oneOf` how far the nearest branch is from fitting.
    var nearestDistance: BranchDistance?

    /// The message.
    public var description: String { message }
}
