import Diagnostics
import Files
import JSON
import Templates

/// The rows of a dataset that were asked for: filtered, sampled and limited.
struct DatasetReader {
    private let specification: DatasetSpecification
    private var rows: any RowReading
    private let bytes: RowBytes?
    private let wholeFingerprint: Int
    private var count = 0
    private var rowsSeen = 0
    private var rowsFitting = 0

    /// Opens the file.
    init(_ specification: DatasetSpecification, tree: any FileTree, suffix: String = "")
        throws(DiagnosticError)
    {
        self.specification = specification
        let shown = (specification.shown ?? specification.path.text) + suffix
        do throws(FileError) {
            switch specification.format {
            case .csv, .jsonl:
                let bytes = RowBytes(try tree.stream(specification.path), shown: shown)
                self.bytes = bytes
                wholeFingerprint = 0
                rows = specification.format == .csv ? CSVRows(bytes) : JSONLinesRows(bytes)
                return
            case .json, .yaml: break
            }
        } catch {
            throw DiagnosticError(error.diagnostic(at: specification.mark))
        }
        let content: [UInt8]
        do throws(FileError) {
            content = try tree.read(specification.path, limit: 16 << 20)
        } catch {
            throw DiagnosticError(error.diagnostic(at: specification.mark))
        }
        bytes = nil
        var hasher = Hasher()
        content.withUnsafeBytes { hasher.combine(bytes: $0) }
        wholeFingerprint = hasher.finalize()
        rows =
            specification.format == .json
            ? try ListedRows(json: content, file: shown) : try ListedRows(yaml: content, file: shown)
    }

    /// What was read so far, as a number that two passes over an unchanged file share.
    var fingerprint: Int { bytes?.fingerprint ?? wholeFingerprint }

    /// How many rows were read so far, and how many of them fit.
    var rowCount: RowCount { RowCount(taken: count, read: rowsSeen) }

    /// The next row, or nil after the last.
    mutating func next() throws(DiagnosticError) -> DatasetRow? {
        if let limit = specification.limit, count >= limit { return nil }
        while let row = try rows.next() {
            rowsSeen &+= 1
            if let condition = specification.condition, try !holds(condition, row) { continue }
            rowsFitting &+= 1
            if let share = specification.sample, !Self.isSampled(row, share) { continue }
            count += 1
            return row
        }
        if count == 0 { throw DiagnosticError(emptiness) }
        return nil
    }

    /// Why no row is left: a case without rows would vanish unseen.
    private var emptiness: Diagnostic {
        let file = "'\(specification.shown ?? specification.path.text)'"
        guard rowsSeen > 0 else {
            let isText = specification.format == .csv
            return Diagnostic(
                "empty-dataset", "\(file) has no row, so no case would be left", at: specification.mark,
                hint: isText
                    ? "its first line names the columns; each line after it is a row and ends with LF or CR LF"
                    : "add a row, or take the case out")
        }
        let rows = rowsSeen == 1 ? "the only row" : "all \(rowsSeen) rows"
        guard rowsFitting == 0 else {
            let isFiltered = specification.condition != nil
            return Diagnostic(
                "empty-dataset",
                isFiltered
                    ? "'where' and 'sample' leave out \(rows) of \(file)"
                    : "'sample' leaves out \(rows) of \(file)",
                at: specification.mark, hint: "take a larger share of the rows")
        }
        return Diagnostic(
            "empty-dataset", "'where' leaves out \(rows) of \(file)", at: specification.mark,
            hint: "check the spelling of the columns' values; texts differ by case")
    }

    private func holds(_ condition: Expression, _ row: DatasetRow) throws(DiagnosticError) -> Bool {
        let value: JSONValue
        do throws(TemplateError) {
            value = try condition.evaluate(TemplateContext([CaseVariables.row: .object(row.values)]))
        } catch {
            var diagnostic = error.diagnostic
            diagnostic.notes.append(row.note)
            throw DiagnosticError(diagnostic)
        }
        guard let holds = value.bool else {
            throw DiagnosticError(specification.notBoolean(value, for: row))
        }
        return holds
    }

    /// Whether a row belongs to a share: its hash, as a fraction of all hashes, lies below it.
    static func isSampled(_ row: DatasetRow, _ share: Double) -> Bool {
        guard let head = UInt32(row.contentHash.prefix(8), radix: 16) else { return false }
        return Double(head) < share * 4_294_967_296
    }
}
