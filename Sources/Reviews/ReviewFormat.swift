/// How a sheet is written.
public enum ReviewFormat: String, Sendable, Hashable, CaseIterable {
    /// A text to fill in with any editor.
    case markdown
    /// A table for a spreadsheet.
    case csv
    /// A page for a browser that works without network.
    case html

    /// The format that the ending of a file's name stands for; nil for other endings.
    public init?(path: String) {
        let name = path.lowercased()
        if name.hasSuffix(".md") || name.hasSuffix(".markdown") {
            self = .markdown
        } else if name.hasSuffix(".csv") {
            self = .csv
        } else if name.hasSuffix(".html") || name.hasSuffix(".htm") {
            self = .html
        } else {
            return nil
        }
    }

    /// Writes a sheet in the format.
    public func writer(_ sheet: ReviewSheet) -> any SheetWriting {
        switch self {
        case .markdown: MarkdownSheet(sheet)
        case .csv: CSVSheet()
        case .html: HTMLSheet(sheet)
        }
    }
}
