/// Reads ids, labels and notes of a sheet that comes back from a spreadsheet, which may use other separators.
struct CSVLabels {
    private let bytes: ArraySlice<UInt8>
    private let separator: UInt8

    /// A record, and the line that it begins at.
    private struct Record {
        var fields: [String]
        var line: Int
    }

    /// Prepares to read.
    init(_ bytes: ArraySlice<UInt8>, separator: UInt8) {
        self.bytes = bytes
        self.separator = separator
    }

    /// The separator of a table whose first line names `id` and `label`; nil for what is no such table.
    static func separator(of bytes: ArraySlice<UInt8>) -> UInt8? {
        let header = bytes.prefix { $0 != 0x0A && $0 != 0x0D }
        return [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09].first { separator in
            let names = header.split(separator: separator).map(Self.name)
            return names.contains("id") && names.contains("label")
        }
    }

    /// The sheet.
    func sheet(_ file: String) -> FilledSheet {
        var sheet = FilledSheet(file: file)
        var records = self.records(&sheet)
        guard let header = records.first?.fields.map({ Self.name(Array($0.utf8)[...]) }),
            let id = header.firstIndex(of: "id"), let label = header.firstIndex(of: "label")
        else { return sheet }
        records.removeFirst()
        let note = header.firstIndex(of: "note")
        for record in records {
            func field(_ index: Int?) -> String {
                index.flatMap { record.fields.indices.contains($0) ? record.fields[$0] : nil } ?? ""
            }
            // Spreadsheets write rows without anything in them.
            if record.fields.allSatisfy({ LabelText.trimmed($0).isEmpty }) { continue }
            guard record.fields.count == header.count else {
                sheet.report(
                    "csv-fields",
                    "the row has \(record.fields.count) fields, the header has \(header.count)",
                    line: record.line,
                    hint: "take the sheet as it was exported, and change labels and notes alone"
                )
                continue
            }
            sheet.labels.append(
                ReviewLabel(
                    id: field(id), word: field(label), note: field(note), mark: sheet.mark(line: record.line))
            )
        }
        return sheet
    }

    private static func name(_ bytes: ArraySlice<UInt8>) -> String {
        LabelText.trimmed(String(decoding: bytes.filter { $0 != 0x22 }, as: UTF8.self)).lowercased()
    }

    private func records(_ sheet: inout FilledSheet) -> [Record] {
        var records: [Record] = []
        var (fields, field): ([String], [UInt8]) = ([], [])
        var (line, start) = (1, 1)
        var quote: Int?
        var index = bytes.startIndex
        func endField() {
            fields.append(String(decoding: field, as: UTF8.self))
            field = []
        }
        while index < bytes.endIndex {
            let byte = bytes[index]
            index += 1
            if byte == 0x0A { line += 1 }
            if quote != nil {
                if byte != 0x22 {
                    field.append(byte)
                } else if index < bytes.endIndex, bytes[index] == 0x22 {
                    field.append(byte)
                    index += 1
                } else {
                    quote = nil
                }
            } else if byte == 0x22, field.isEmpty {
                quote = line
            } else if byte == separator {
                endField()
            } else if byte == 0x0A {
                if field.last == 0x0D { field.removeLast() }
                endField()
                records.append(Record(fields: fields, line: start))
                (fields, start) = ([], line)
            } else {
                field.append(byte)
            }
        }
        if let quote {
            sheet.report(
                "csv-quote", "the quote that opens here is never closed", line: quote,
                hint: "take the sheet as it was exported")
            return records
        }
        if !field.isEmpty || !fields.isEmpty {
            if field.last == 0x0D { field.removeLast() }
            endField()
            records.append(Record(fields: fields, line: start))
        }
        return records
    }
}
