/// A change of one line that mends what a diagnostic is about, so that a tool can make it.
public struct SourceFix: Sendable, Hashable {
    /// The line, from 1.
    public let line: Int
    /// What is replaced: columns in Unicode scalars, from 1, the end not included.
    public let columns: Range<Int>
    /// What stands there now; where something else does, the fix must not be made.
    public let original: String
    /// What stands there afterwards.
    public let replacement: String

    /// Creates a fix.
    public init(line: Int, columns: Range<Int>, original: String, replacement: String) {
        self.line = line
        self.columns = columns
        self.original = original
        self.replacement = replacement
    }
}
