/// A position in a file that a user wrote.
public struct SourceMark: Sendable, Hashable, Comparable {
    /// The file as shown to the user: relative to the project, `/` as separator.
    public var file: String
    /// The line, counted from 1; 0 means the file as a whole.
    public var line: Int
    /// The column in Unicode scalars, counted from 1; 0 means the line as a whole.
    public var column: Int

    /// Creates a position; without line and column it stands for the whole file.
    public init(file: String, line: Int = 0, column: Int = 0) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// Orders by file, then line, then column.
    public static func < (left: SourceMark, right: SourceMark) -> Bool {
        if left.file != right.file { return left.file < right.file }
        return (left.line, left.column) < (right.line, right.column)
    }
}

extension SourceMark: CustomStringConvertible {
    /// `file:line:column`, without the parts that are not known.
    public var description: String {
        if line == 0 { return file }
        return column == 0 ? "\(file):\(line)" : "\(file):\(line):\(column)"
    }
}
