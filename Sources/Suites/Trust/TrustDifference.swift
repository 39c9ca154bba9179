public import Diagnostics

/// A place where the work tree says something else than the commit that is trusted.
public struct TrustDifference: Sendable, Hashable {
    /// Where; `FILE@REF` for what only the commit has.
    public var mark: SourceMark
    /// What, and which of the two counts.
    public var text: String

    /// Creates a difference.
    init(_ mark: SourceMark, _ text: String) {
        self.mark = mark
        self.text = text
    }

    /// The difference as one line that is safe for a terminal, without a line feed.
    public var line: String {
        let place = SourceMark(file: mark.file, line: mark.line)
        return TerminalText.visible("\(place): \(text)")
    }
}

/// What a run with a trusted commit has to tell first.
public struct TrustReport: Sendable {
    /// The commit as the command line names it.
    public var label: String
    /// Its full hash.
    public var commit: String
    /// The differences: those of settings first, then suite by suite; each once.
    public let differences: [TrustDifference]

    /// Creates a report, without repeats.
    init(label: String, commit: String, differences: [TrustDifference]) {
        self.label = label
        self.commit = commit
        var seen: Set<TrustDifference> = []
        self.differences = differences.filter { seen.insert($0).inserted }
    }

    /// All of it, a line each.
    public var text: String {
        let count = differences.count
        let what = count == 0 ? "no difference" : "\(count) \(count == 1 ? "difference" : "differences")"
        let head = TerminalText.visible("trusted: \(label) (\(commit.prefix(12))), \(what)")
        return ([head] + differences.map(\.line)).map { $0 + "\n" }.joined()
    }
}
