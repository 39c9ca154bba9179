/// The diagnostics found so far, so that all mistakes are reported in one go.
public struct DiagnosticBag: Sendable {
    /// What was found, in the order found.
    public private(set) var diagnostics: [Diagnostic] = []

    /// Creates an empty bag.
    public init() {}

    /// Adds a diagnostic, once.
    public mutating func add(_ diagnostic: Diagnostic) {
        guard seen.insert(diagnostic).inserted else { return }
        diagnostics.append(diagnostic)
        if diagnostic.severity == .error { errorCount += 1 }
    }

    /// Whether the same diagnostic was added already.
    public func contains(_ diagnostic: Diagnostic) -> Bool { seen.contains(diagnostic) }

    /// Adds several.
    public mutating func add(contentsOf more: some Sequence<Diagnostic>) {
        for diagnostic in more { add(diagnostic) }
    }

    /// The number of errors; warnings don't count.
    public private(set) var errorCount = 0

    /// True when there is at least one error.
    public var hasErrors: Bool { errorCount > 0 }

    /// The diagnostics by file, line and column, those without a place first.
    public var sorted: [Diagnostic] {
        diagnostics.enumerated().sorted { left, right in
            switch (left.element.mark, right.element.mark) {
            case (let first?, let second?): first == second ? left.offset < right.offset : first < second
            case (nil, .some): true
            case (.some, nil): false
            case (nil, nil): left.offset < right.offset
            }
        }.map(\.element)
    }

    private var seen: Set<Diagnostic> = []
}

/// Several diagnostics thrown together.
public struct DiagnosticError: Error, Sendable {
    /// At least one, the first being the most important.
    public var diagnostics: [Diagnostic]

    /// Wraps what was collected.
    public init(_ diagnostics: [Diagnostic]) {
        self.diagnostics = diagnostics
    }

    /// Wraps a single diagnostic.
    public init(_ diagnostic: Diagnostic) {
        diagnostics = [diagnostic]
    }
}
