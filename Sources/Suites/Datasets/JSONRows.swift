import Diagnostics
import JSON
import YAML

/// Rows of a JSONL file: an object per line; empty lines are left out.
struct JSONLinesRows: RowReading {
    private let bytes: RowBytes
    private var line = 0

    /// Creates a reader.
    init(_ bytes: RowBytes) { self.bytes = bytes }

    mutating func next() throws(DiagnosticError) -> DatasetRow? {
        while true {
            guard try bytes.peek() != nil else { return nil }
            line += 1
            var content: [UInt8] = []
            while true {
                try bytes.takeRun(into: &content) { $0 == 0x0A }
                guard content.count <= CSVRows.recordLimit else {
                    throw failure("row-too-large", "the row is larger than 16 MiB", column: 1)
                }
                guard let byte = try bytes.peek() else { break }
                if byte == 0x0A {
                    _ = try bytes.take()
                    break
                }
            }
            if content.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
            let value: JSONValue
            do throws(JSONParseError) {
                value = try JSONParser(rejectsDuplicateKeys: true).parse(bytes: content)
            } catch {
                throw failure("bad-json", error.message, column: error.column)
            }
            guard case .object(let values) = value else {
                throw failure("bad-row", "a row must be an object, not \(value.typeName)", column: 1)
            }
            return DatasetRow(values: values, mark: SourceMark(file: bytes.shown, line: line, column: 1))
        }
    }

    private func failure(_ id: String, _ message: String, column: Int) -> DiagnosticError {
        DiagnosticError(
            Diagnostic(id, message, at: SourceMark(file: bytes.shown, line: line, column: column)))
    }
}

/// Rows that were read as a whole: a JSON list of objects or a YAML list of mappings.
struct ListedRows: RowReading {
    private var rows: [DatasetRow]
    private var index = 0

    /// Reads a JSON list of objects.
    init(json content: [UInt8], file: String) throws(DiagnosticError) {
        let value: JSONValue
        do throws(JSONParseError) {
            value = try JSONParser(rejectsDuplicateKeys: true).parse(bytes: content)
        } catch {
            let mark = SourceMark(file: file, line: error.line, column: error.column)
            throw DiagnosticError(Diagnostic("bad-json", error.message, at: mark))
        }
        rows = []
        guard let items = value.array else { throw Self.noList(SourceMark(file: file)) }
        for (index, item) in items.enumerated() {
            guard let values = item.object else {
                let message = "row \(index + 1) must be an object, not \(item.typeName)"
                throw DiagnosticError(Diagnostic("bad-row", message, at: SourceMark(file: file)))
            }
            rows.append(DatasetRow(values: values, mark: SourceMark(file: file), number: index + 1))
        }
    }

    /// Reads a YAML list of mappings.
    init(yaml content: [UInt8], file: String) throws(DiagnosticError) {
        let reading = YAMLReader.parse(content, file: file)
        guard !reading.diagnostics.contains(where: { $0.severity == .error }), let root = reading.root else {
            throw DiagnosticError(reading.diagnostics)
        }
        guard let items = root.items else { throw Self.noList(root.mark) }
        rows = []
        for item in items {
            guard item.entries != nil, let values = item.json.object else {
                throw DiagnosticError(Diagnostic("bad-row", "a row must be a mapping", at: item.mark))
            }
            rows.append(DatasetRow(values: values, mark: item.mark))
        }
    }

    private static func noList(_ mark: SourceMark) -> DiagnosticError {
        DiagnosticError(Diagnostic("bad-dataset", "the file must be a list of rows", at: mark))
    }

    mutating func next() -> DatasetRow? {
        guard index < rows.count else { return nil }
        index += 1
        return rows[index - 1]
    }
}
