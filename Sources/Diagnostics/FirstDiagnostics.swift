/// The first diagnostics about a file, and how many more there were.
public struct FirstDiagnostics: Sendable {
    /// The number of errors, also of those that are not kept.
    public private(set) var errors = 0
    /// The number of warnings, also of those that are not kept.
    public private(set) var warnings = 0

    private let file: String
    private let limit: Int
    private let id: String
    private var kept: [Diagnostic] = []
    private var restMark: SourceMark?

    /// Creates an empty list.
    ///
    /// - Parameter id: names the diagnostic that counts those past the limit.
    public init(file: String, limit: Int = 20, id: String) {
        self.file = file
        self.limit = limit
        self.id = id
    }

    /// True when no diagnostic was added.
    public var isEmpty: Bool { errors + warnings == 0 }

    /// Adds a diagnostic, which is made only when it is needed.
    public mutating func add(_ severity: Diagnostic.Severity, _ make: () -> Diagnostic) {
        if severity == .error { errors += 1 } else { warnings += 1 }
        if kept.count < limit {
            kept.append(make())
        } else if restMark == nil {
            restMark = make().mark ?? SourceMark(file: file)
        }
    }

    /// Those that are kept, and one that counts the others.
    public var all: [Diagnostic] {
        let rest = errors + warnings - kept.count
        guard rest > 0 else { return kept }
        let hasErrors = errors > kept.count { $0.severity == .error }
        return kept + [
            Diagnostic(
                id, "\(rest) more from here on", at: restMark ?? SourceMark(file: file),
                severity: hasErrors ? .error : .warning, showsSource: false)
        ]
    }
}
