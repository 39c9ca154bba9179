public import JSON

/// One thing that is wrong with a schema.
public struct SchemaProblem: Sendable, Hashable, CustomStringConvertible {
    /// The URI of the document by which the registry knows it; empty for the schema itself.
    public let document: String
    /// The place in that document.
    public let pointer: JSONPointer
    /// What is wrong, without a full stop.
    public let message: String

    /// `#/pointer: message`, for another document with its URI before `#`.
    public var description: String { "\(document)#\(pointer): \(message)" }
}

/// A schema that can't be used, with everything that is wrong with it.
public struct SchemaError: Error, Sendable, Hashable, CustomStringConvertible {
    /// All problems in the order of the document; never empty.
    public let problems: [SchemaProblem]

    /// The problems, one a line.
    public var description: String { problems.map(\.description).joined(separator: "\n") }
}

/// Something in a usable schema that has no effect and probably was meant to have one.
public struct SchemaWarning: Sendable, Hashable, CustomStringConvertible {
    /// The place in the schema document.
    public let pointer: JSONPointer
    /// What has no effect and what may be meant, without a full stop.
    public let message: String

    /// `#/pointer: message`.
    public var description: String { "#\(pointer): \(message)" }
}
