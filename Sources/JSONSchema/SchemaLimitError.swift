public import JSON

/// Validating gave up: whether the instance is valid is unknown, so this is neither a pass nor a failure.
public struct SchemaLimitError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Which bound was met.
    public enum Kind: Sendable, Hashable {
        /// Schemas nest deeper than `SchemaOptions.maximumDepth`.
        case depth
        /// More work than `SchemaOptions.maximumSteps`.
        case steps
        /// A regular expression could not be decided within the limits of the matcher.
        case pattern
    }

    /// Which bound was met.
    public let kind: Kind
    /// The place in the instance.
    public let instanceLocation: JSONPointer
    /// The place in the schema.
    public let schemaLocation: JSONPointer
    /// What happened, without a full stop.
    public let message: String

    /// The message with the places.
    public var description: String {
        "\(message) (instance \"\(instanceLocation)\", schema #\(schemaLocation))"
    }
}
