import Diagnostics
import Files
import JSON

/// A row of a dataset.
struct DatasetRow: Sendable {
    /// The columns; types as the file has them, text only in CSV.
    var values: JSONObject
    /// Where the row begins.
    var mark: SourceMark

    /// The number of the row in the file, from 1; its place where lines are not known.
    var number = 0

    /// Shows the row in a diagnostic.
    var note: Diagnostic.Note {
        Diagnostic.Note(mark.line == 0 ? "for row \(number)" : "for this row", at: mark)
    }

    /// The hash of the row's content as 64 hex digits.
    var contentHash: String { ContentHash.sha256Hex(CanonicalJSON.bytes(of: .object(values))) }

    /// A column as text, for gates; nil when it is missing.
    func text(_ column: String) -> String? { values[column].map(\.plainText) }
}

/// Rows of a file, one at a time.
protocol RowReading {
    /// The next row, or nil after the last.
    mutating func next() throws(DiagnosticError) -> DatasetRow?
}
