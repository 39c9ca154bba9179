import Diagnostics

/// Reads the lines of a Markdown sheet that are filled in; what stands in fences is never taken for one of them.
struct MarkdownLabels {
    private let lines: [String]

    /// Where the reading is in an item.
    private struct Item {
        var id: String
        var line: Int
        var word: String?
        var wordLine: Int?
        var note: [String]?
    }

    /// Takes the lines apart, which may end with LF or CR LF.
    init(_ bytes: ArraySlice<UInt8>) {
        lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
            String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
        }
    }

    /// The sheet.
    func sheet(_ file: String) -> FilledSheet {
        var sheet = FilledSheet(file: file)
        var item: Item?
        var fence: (length: Int, line: Int)?
        var items: (count: Int, line: Int)?
        for (index, line) in lines.enumerated() {
            let number = index + 1
            if let open = fence {
                if Self.closes(line, open.length) { fence = nil }
                continue
            }
            if let length = Self.opening(line) {
                fence = (length, number)
                item?.note?.append(line)
                continue
            }
            if line.hasPrefix("## ") || line.hasPrefix("---") {
                close(&item, &sheet)
            } else if let id = Self.value(line, MarkdownSheet.idKey) {
                close(&item, &sheet)
                item = Item(id: id, line: number)
            } else if let word = Self.value(line, MarkdownSheet.labelKey) {
                label(word, number, &item, &sheet)
            } else if item != nil, let note = Self.value(line, MarkdownSheet.noteKey) {
                item?.note = [note]
            } else if item?.note != nil {
                item?.note?.append(line)
            } else if sheet.labels.isEmpty, item == nil {
                head(line, number, &sheet, &items)
            }
        }
        close(&item, &sheet)
        finish(&sheet, fence, items)
        return sheet
    }

    private func head(
        _ line: String, _ number: Int, _ sheet: inout FilledSheet, _ items: inout (count: Int, line: Int)?
    ) {
        if let results = Self.value(line, MarkdownSheet.resultsKey) { sheet.results = results }
        if let count = Self.value(line, MarkdownSheet.itemsKey).flatMap({ Int($0) }) {
            items = (count, number)
        }
        if let name = Self.value(line, MarkdownSheet.labelerKey), !name.isEmpty { sheet.labeler = name }
    }

    private func label(_ word: String, _ line: Int, _ item: inout Item?, _ sheet: inout FilledSheet) {
        guard let open = item else {
            return sheet.report(
                "lost-label", "the label stands below no id", line: line,
                hint: "a line of backticks above it may have been changed; take the sheet as it was exported")
        }
        guard open.word == nil else {
            return sheet.report(
                "lost-label", "the item has two labels", line: line,
                hint: "leave one of them, below the id of its item")
        }
        item?.word = word
        item?.wordLine = line
    }

    private func close(_ item: inout Item?, _ sheet: inout FilledSheet) {
        guard let done = item else { return }
        sheet.labels.append(
            ReviewLabel(
                id: done.id, word: done.word ?? "", note: (done.note ?? []).joined(separator: "\n"),
                mark: sheet.mark(line: done.wordLine ?? done.line)))
        item = nil
    }

    private func finish(
        _ sheet: inout FilledSheet, _ fence: (length: Int, line: Int)?, _ items: (count: Int, line: Int)?
    ) {
        if let fence {
            sheet.report(
                "lost-label", "the text that begins here has no end, so that all below it is lost",
                line: fence.line,
                hint: "end it with a line of \(fence.length) backticks")
        } else if let items, items.count != sheet.labels.count {
            sheet.report(
                "lost-label", "the sheet had \(items.count) items and has \(sheet.labels.count)",
                line: items.line, hint: "a line of backticks may have been changed", severity: .warning)
        }
    }

    /// What stands behind a key at the beginning of a line.
    private static func value(_ line: String, _ key: String) -> String? {
        line.utf8.starts(with: key.utf8)
            ? LabelText.trimmed(String(decoding: line.utf8.dropFirst(key.utf8.count), as: UTF8.self)) : nil
    }

    /// How many backticks begin a text; nil for a line that begins none.
    private static func opening(_ line: String) -> Int? {
        let count = line.utf8.prefix { $0 == UInt8(ascii: "`") }.count
        guard count >= 3, !line.utf8.dropFirst(count).contains(UInt8(ascii: "`")) else { return nil }
        return count
    }

    private static func closes(_ line: String, _ length: Int) -> Bool {
        let count = line.utf8.prefix { $0 == UInt8(ascii: "`") }.count
        return count >= length && line.utf8.dropFirst(count).allSatisfy { $0 == 0x20 || $0 == 0x09 }
    }
}
