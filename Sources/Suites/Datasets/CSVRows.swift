import Diagnostics
import JSON

/// Rows of a CSV file as RFC 4180 has it, read as a stream: the first record names the columns, quoted fields may
/// hold commas, line feeds and doubled quotes, lines end with LF or CR LF.
///
/// The packages at hand read the whole file into memory first and let a quote in the middle of a field pass.
struct CSVRows: RowReading {
    private let bytes: RowBytes
    private var columns: [String] = []
    private var hasHeader = false
    private var line = 1

    /// The longest record, in bytes.
    static let recordLimit = 16 << 20

    /// The most columns.
    static let columnLimit = 10_000

    /// Creates a reader; the header is read with the first row.
    init(_ bytes: RowBytes) { self.bytes = bytes }

    mutating func next() throws(DiagnosticError) -> DatasetRow? {
        if !hasHeader { try readHeader() }
        while true {
            let start = line
            guard let record = try record() else { return nil }
            // An empty line is no row, unless a single column makes it one with an empty text.
            if record.count == 1, record[0].text.isEmpty, !record[0].isQuoted { continue }
            guard record.count == columns.count else {
                throw failure(
                    "csv-fields", "the row has \(record.count) fields, the header has \(columns.count)",
                    start,
                    hint: "put texts with commas, quotes or line feeds in double quotes")
            }
            let pairs = zip(columns, record).map { ($0, JSONValue.string($1.text)) }
            return DatasetRow(
                values: JSONObject(pairs), mark: SourceMark(file: bytes.shown, line: start, column: 1))
        }
    }

    private mutating func readHeader() throws(DiagnosticError) {
        hasHeader = true
        guard let header = try record() else {
            throw failure("csv-header", "the file is empty; its first line must name the columns", 1)
        }
        columns = header.map(\.text)
        var seen: Set<String> = []
        for (index, name) in columns.enumerated() {
            if name.isEmpty { throw failure("csv-header", "column \(index + 1) has no name", 1) }
            if !seen.insert(name).inserted {
                throw failure("csv-header", "the column '\(name)' stands twice", 1)
            }
        }
    }

    private func failure(_ id: String, _ message: String, _ line: Int, hint: String? = nil) -> DiagnosticError
    {
        DiagnosticError(
            Diagnostic(id, message, at: SourceMark(file: bytes.shown, line: line, column: 1), hint: hint))
    }

    private struct Field {
        var text: String
        var isQuoted: Bool
    }

    private var hasColumns: Bool { !columns.isEmpty }

    private mutating func record() throws(DiagnosticError) -> [Field]? {
        guard try bytes.peek() != nil else { return nil }
        let start = line
        var fields: [Field] = []
        var size = 0
        while true {
            let (field, isLast) = try field(start, limit: Self.recordLimit - size)
            size += field.text.utf8.count + 1
            fields.append(field)
            guard fields.count <= Self.columnLimit else {
                throw failure(
                    hasColumns ? "csv-fields" : "csv-header",
                    "the row has more than \(Self.columnLimit) fields", start)
            }
            if isLast { return fields }
        }
    }

    /// Reads a field and what ends it: a comma, the end of the line, or the end of the file.
    private mutating func field(_ start: Int, limit: Int) throws(DiagnosticError) -> (Field, isLast: Bool) {
        var content: [UInt8] = []
        let isQuoted = try bytes.peek() == UInt8(ascii: "\"")
        if isQuoted { try readQuoted(into: &content, start, limit) }
        while true {
            if !isQuoted {
                try bytes.takeRun(into: &content) {
                    $0 == UInt8(ascii: ",") || $0 == 0x0A || $0 == 0x0D || $0 == UInt8(ascii: "\"")
                }
                guard content.count <= limit else { throw tooLong(start) }
            }
            switch try bytes.take() {
            case nil: return (try finished(content, isQuoted, start), true)
            case UInt8(ascii: ","): return (try finished(content, isQuoted, start), false)
            case 0x0A:
                line += 1
                return (try finished(content, isQuoted, start), true)
            case 0x0D:
                if try bytes.peek() == 0x0A { continue }
                // A lone CR is data, except before the end of the file.
                if try bytes.peek() == nil { continue }
                guard !isQuoted else { throw afterQuote() }
                content.append(0x0D)
            case UInt8(ascii: "\""):
                guard !isQuoted else { throw afterQuote() }
                throw failure(
                    "csv-quote", "a quote stands inside a field that does not begin with one", line,
                    hint: "put the whole field in double quotes, and double the quotes inside")
            case let byte?:
                guard !isQuoted else { throw afterQuote() }
                content.append(byte)
            }
        }
    }

    private mutating func readQuoted(into content: inout [UInt8], _ start: Int, _ limit: Int)
        throws(DiagnosticError)
    {
        let opening = line
        _ = try bytes.take()
        while true {
            try bytes.takeRun(into: &content) { $0 == UInt8(ascii: "\"") || $0 == 0x0A }
            guard content.count <= limit else { throw tooLong(start) }
            switch try bytes.take() {
            case nil: throw failure("csv-quote", "a quoted field is not closed", opening)
            case UInt8(ascii: "\""):
                guard try bytes.peek() == UInt8(ascii: "\"") else { return }
                _ = try bytes.take()
                content.append(UInt8(ascii: "\""))
            case let byte?:
                if byte == 0x0A { line += 1 }
                content.append(byte)
            }
        }
    }

    private func afterQuote() -> DiagnosticError {
        failure(
            "csv-quote", "text follows the closing quote of a field", line,
            hint: "double the quotes inside the field")
    }

    private func tooLong(_ start: Int) -> DiagnosticError {
        failure(
            "row-too-large", "the row is larger than 16 MiB", start,
            hint: "is a closing quote missing further up?")
    }

    private func finished(_ content: [UInt8], _ isQuoted: Bool, _ start: Int) throws(DiagnosticError) -> Field
    {
        guard let text = String(validating: content, as: UTF8.self) else {
            throw failure("not-utf8", "the row is not UTF-8", start, hint: "save the file as UTF-8")
        }
        guard !content.contains(0) else {
            throw failure("control-character", "the row has a NUL character", start)
        }
        return Field(text: text, isQuoted: isQuoted)
    }
}
