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
