public import Diagnostics
public import JSON

/// Where the parts of a value were written, so that a mistake inside it is shown at its line.
public struct ValuePlaces: Sendable {
    private let find: @Sendable ([JSONPointer]) -> [SourceMark]

    /// Creates places from a function that gives a mark for each pointer, for what it does not know that of the
    /// innermost part around it.
    public init(_ find: @escaping @Sendable ([JSONPointer]) -> [SourceMark]) { self.find = find }

    /// Where the parts that pointers lead to begin, a member with its key.
    public func marks(of pointers: [JSONPointer]) -> [SourceMark] { find(pointers) }
}

extension ValuePlaces: Hashable {
    /// Always equal: where something is written is no part of what it says.
    public static func == (left: ValuePlaces, right: ValuePlaces) -> Bool { true }

    /// Hashes nothing.
    public func hash(into hasher: inout Hasher) {}
}

/// A value and where it was written.
public struct WrittenValue: Sendable {
    /// The value.
    public var value: JSONValue
    /// Where it begins; the file alone, when it is all that the file says.
    public var mark: SourceMark
    /// Where it, or the file that holds it, is named.
    public var namedAt: SourceMark
    /// Where its parts are.
    public var places: ValuePlaces?

    /// Creates a value.
    public init(_ value: JSONValue, mark: SourceMark, namedAt: SourceMark, places: ValuePlaces? = nil) {
        self.value = value
        self.mark = mark
        self.namedAt = namedAt
        self.places = places
    }
}
