/// How many rows a file has, and how many of them became cases.
public struct RowCount: Sendable, Hashable {
    /// The rows that became cases.
    public var taken: Int
    /// The rows that were read.
    public var read: Int
}
