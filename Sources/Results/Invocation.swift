/// How a run was started, for what reports tell the user to type next.
public struct Invocation: Sendable, Hashable {
    /// Where the answers of a run come from.
    public enum Answers: Sendable, Hashable {
        /// Models are asked, or recordings are.
        case asked
        /// A file of answers that were captured elsewhere.
        case captured
        /// The results of an earlier run.
        case stored
    }

    /// Where the answers come from.
    public var answers: Answers
    /// What stands after `evalrun` and before suites and options, safe for a shell.
    public var command: String

    /// Creates an invocation; `command` is safe for a shell already.
    public init(_ answers: Answers, command: String) {
        self.answers = answers
        self.command = command
    }

    /// `evalrun run`.
    public static let run = Invocation(.asked, command: "run")
}
