import Diagnostics

/// Mistakes of many rows, the same one shown once with the number of further rows.
struct RepeatedMistakes {
    private struct Key: Hashable {
        var id: String
        var mark: SourceMark?
        var message: String
    }

    private var found: [(diagnostic: Diagnostic, further: Int)] = []
    private var places: [Key: Int] = [:]

    /// The number of different mistakes.
    private(set) var errorCount = 0

    /// True when there is at least one error.
    var hasErrors: Bool { errorCount > 0 }

    /// Adds a mistake; what differs in its notes alone is the same one.
    mutating func add(_ diagnostic: Diagnostic) {
        let key = Key(id: diagnostic.id, mark: diagnostic.mark, message: diagnostic.message)
        if let place = places[key] {
            found[place].further += 1
            return
        }
        places[key] = found.count
        found.append((diagnostic, 0))
        if diagnostic.severity == .error { errorCount += 1 }
    }

    /// Adds several.
    mutating func add(contentsOf more: some Sequence<Diagnostic>) {
        for diagnostic in more { add(diagnostic) }
    }

    /// What was found, in the order found.
    var diagnostics: [Diagnostic] {
        found.map { diagnostic, further in
            guard further > 0, !diagnostic.notes.isEmpty else { return diagnostic }
            var copy = diagnostic
            copy.notes.append(.init(further == 1 ? "and once more" : "and \(further) times more"))
            return copy
        }
    }
}
