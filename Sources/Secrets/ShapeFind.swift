/// Something in a text that is known by its shape.
public struct ShapeFind: Sendable, Hashable {
    /// Its place in UTF-8 bytes.
    public var range: Range<Int>
    /// What it looks like; `custom` for a project's own pattern.
    public var kind: String

    /// Creates a find.
    public init(range: Range<Int>, kind: String) {
        self.range = range
        self.kind = kind
    }
}
