/// Why a pattern could not be compiled or a search could not be finished.
public struct PatternError: Error, Sendable, Hashable {
    /// What kind of failure it was.
    public enum Kind: Sendable, Hashable {
        /// The pattern is not a regular expression, or uses a construct that is not supported.
        case syntax
        /// The search needed more steps, memory or processor time than one search may take.
        case limit
        /// The matching engine failed for another reason, for example because memory ran out.
        case engine
    }

    /// What kind of failure it was.
    public var kind: Kind
    /// The pattern as written by the user.
    public var source: String
    /// What is wrong, without a full stop at the end.
    public var message: String
    /// Where in the pattern, in Unicode scalars counted from 0; nil when no place is to blame.
    public var offset: Int?

    /// Creates an error about the pattern `source`.
    public init(_ kind: Kind, source: String, message: String, offset: Int? = nil) {
        self.kind = kind
        self.source = source
        self.message = message
        self.offset = offset
    }
}

extension PatternError: CustomStringConvertible {
    /// The message, with the place counted from 1 for people.
    public var description: String {
        guard let offset else { return message }
        return "\(message) (at character \(offset + 1) of the pattern)"
    }
}
