public import Diagnostics

/// Where the text of a template begins in the file it was taken from.
public struct TemplateOrigin: Sendable, Hashable {
    /// The file as shown in diagnostics; partials are resolved from it.
    public var file: String
    /// The line of the first character, counted from 1.
    public var line: Int
    /// The column of the first character in Unicode scalars, counted from 1.
    public var column: Int
    /// How many columns were taken off each later line: the indentation of a YAML block scalar.
    public var indentation: Int

    /// Creates an origin; without a place it is a whole file.
    public init(file: String, line: Int = 1, column: Int = 1, indentation: Int = 0) {
        self.file = file
        self.line = line
        self.column = column
        self.indentation = indentation
    }

    /// Creates an origin at a mark, for a value that stands on one line or whose later lines lost `indentation`
    /// columns.
    public init(_ mark: SourceMark, indentation: Int = 0) {
        self.init(
            file: mark.file, line: max(mark.line, 1), column: max(mark.column, 1), indentation: indentation)
    }
}
