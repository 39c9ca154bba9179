import Diagnostics

/// The fixes that a reader has made to its own copy of a text in order to find further mistakes.
struct YAMLRepairs {
    private var edits: [Int: [(start: Int, oldEnd: Int, newEnd: Int)]] = [:]

    /// Notes a fix whose columns are those of the text as repaired so far.
    mutating func add(_ fix: SourceFix) {
        let newEnd = fix.columns.lowerBound + fix.replacement.unicodeScalars.count
        edits[fix.line, default: []].append((fix.columns.lowerBound, fix.columns.upperBound, newEnd))
    }

    /// The place in the text that the user wrote.
    func original(_ place: YAMLPlace) -> YAMLPlace {
        guard !edits.isEmpty, let lineEdits = edits[place.line] else { return place }
        var column = place.column
        for edit in lineEdits.reversed() where column > edit.start {
            column = column >= edit.newEnd ? column - edit.newEnd + edit.oldEnd : min(column, edit.oldEnd)
        }
        return YAMLPlace(line: place.line, column: column)
    }

    /// The same fix in the columns of the text that the user wrote.
    func original(_ fix: SourceFix) -> SourceFix {
        let start = original(YAMLPlace(line: fix.line, column: fix.columns.lowerBound)).column
        let end = original(YAMLPlace(line: fix.line, column: fix.columns.upperBound)).column
        return SourceFix(
            line: fix.line, columns: start..<max(start, end), original: fix.original,
            replacement: fix.replacement)
    }
}
