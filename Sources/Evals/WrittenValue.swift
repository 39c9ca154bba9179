public import Diagnostics
public import JSON

/// A value, where it was written, and the documents that it may refer to.
public struct WrittenValue: Sendable, Hashable {
    /// The value.
    public var value: JSONValue
    /// Where it begins; the file alone, when it is all that the file says.
    public var mark: SourceMark
    /// Where it, or the file that holds it, is named.
    public var namedAt: SourceMark
    /// Where its parts are.
    public var places: ValuePlaces
    /// What relative references in it are relative to: `/` and the path in the project of the file that holds it;
    /// empty where references to files mean nothing.
    public var base = ""
    /// The files that it refers to, also by way of others, by `/` and their path and by the name they give themselves.
    public var related: [String: RelatedDocument] = [:]

    /// A file that a value refers to.
    public struct RelatedDocument: Sendable, Hashable {
        /// What it says.
        public var value: JSONValue
        /// Where its parts are.
        public var places: ValuePlaces

        /// Creates a document.
        public init(_ value: JSONValue, places: ValuePlaces) {
            self.value = value
            self.places = places
        }
    }

    /// Creates a value that refers to nothing.
    public init(_ value: JSONValue, mark: SourceMark, namedAt: SourceMark, places: ValuePlaces) {
        self.value = value
        self.mark = mark
        self.namedAt = namedAt
        self.places = places
    }
}
