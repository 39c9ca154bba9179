/// How the terminal report looks.
public struct TerminalStyle: Sendable, Hashable {
    /// How much is told.
    public enum Verbosity: Sendable, Hashable {
        /// Gates that are not met, and the last line.
        case quiet
        /// Failures and errors up to the limit, the table and the gates.
        case normal
        /// Every execution with its whole answer.
        case verbose
    }

    /// Whether to use ANSI colors; they never carry meaning.
    public var color: Bool
    /// How much is told.
    public var verbosity: Verbosity
    /// The columns to keep to, at least 40; texts of models may be wider.
    public var width: Int
    /// The most failures and errors that are shown, unless verbose.
    public var failureLimit: Int

    /// Creates a style.
    public init(
        color: Bool = false, verbosity: Verbosity = .normal, width: Int = 80, failureLimit: Int = 20
    ) {
        self.color = color
        self.verbosity = verbosity
        self.width = min(max(width, 40), 400)
        self.failureLimit = max(failureLimit, 1)
    }
}
