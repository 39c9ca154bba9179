/// Something that a user did wrong, or should know, with its place and a way out.
///
/// A diagnostic is a value: it is collected, and rendered elsewhere.
public struct Diagnostic: Error, Sendable, Hashable {
    /// How much a diagnostic weighs.
    public enum Severity: String, Sendable, Hashable, Comparable {
        /// Nothing can run before this is mended.
        case error
        /// The run goes on; `check --strict` counts it as an error.
        case warning

        /// Errors come before warnings.
        public static func < (left: Severity, right: Severity) -> Bool {
            left == .error && right == .warning
        }
    }

    /// A second place that explains the first.
    public struct Note: Sendable, Hashable {
        /// Where, if it has a place.
        public var mark: SourceMark?
        /// What is to be seen there.
        public var message: String

        /// Creates a note.
        public init(_ message: String, at mark: SourceMark? = nil) {
            self.mark = mark
            self.message = message
        }
    }

    /// A stable name in kebab case, for example `unknown-key`.
    public var id: String
    /// Error or warning.
    public var severity: Severity
    /// Where it is; nil for what has no file, such as an option of the command line.
    public var mark: SourceMark?
    /// What is wrong, in one sentence without a full stop.
    public var message: String
    /// What to do about it.
    public var hint: String?
    /// Further places.
    public var notes: [Note]
    /// The change of the file that mends it, where a tool can make it.
    public var fix: SourceFix?
    /// Whether the line of the mark may be shown; not when it holds what must stay secret.
    public var showsSource: Bool

    /// Creates a diagnostic.
    public init(
        _ id: String, _ message: String, at mark: SourceMark? = nil, hint: String? = nil,
        severity: Severity = .error, notes: [Note] = [], fix: SourceFix? = nil, showsSource: Bool = true
    ) {
        self.id = id
        self.severity = severity
        self.mark = mark
        self.message = message
        self.hint = hint
        self.notes = notes
        self.fix = fix
        self.showsSource = showsSource
    }

    /// The same diagnostic as a warning.
    public var asWarning: Diagnostic {
        var copy = self
        copy.severity = .warning
        return copy
    }
}
