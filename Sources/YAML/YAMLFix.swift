/// A change of one line that mends a mistake, so that a tool can make it.
public struct YAMLFix: Sendable, Hashable {
    /// The line, from 1.
    public let line: Int
    /// What is replaced: columns in Unicode scalars, from 1, the end not included.
    public let columns: Range<Int>
    /// What stands there afterwards.
    public let replacement: String

    /// Creates a fix.
    public init(line: Int, columns: Range<Int>, replacement: String) {
        self.line = line
        self.columns = columns
        self.replacement = replacement
    }
}

/// The fixes that a reader has made to its own copy of a text in order to find further mistakes.
struct YAMLRepairs {
    private var edits: [Int: [(start: Int, oldEnd: Int, newEnd: Int)]] = [:]

    /// Notes a fix whose columns are those of the text as repaired so far.
    mutating func add(_ fix: YAMLFix) {
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
}
