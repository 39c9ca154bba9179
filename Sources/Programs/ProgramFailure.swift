import Assertions
import Diagnostics
import Evals

/// Why a program gave no answer.
struct ProgramFailure: Error, Sendable, Hashable {
    /// What happened.
    enum Cause: Sendable, Hashable {
        /// It could not be started, for the reason given.
        case notStarted(String)
        /// It took longer than so long, and was killed.
        case late(Duration)
        /// Its output ended, after these bytes of a line; becomes `exited` once it is known with what.
        case ended([UInt8])
        /// It ended, with this output.
        case exited(ProgramExit, [UInt8])
        /// Its answer is longer than the limit.
        case tooMuch
        /// It printed what nobody had asked for.
        case unasked([UInt8])
        /// The run was interrupted or canceled.
        case interrupted
        /// No programs are run any more, or not yet.
        case notServing
    }

    /// What happened.
    var cause: Cause
    /// The end of its standard error.
    var tail: String

    /// Creates a failure.
    init(_ cause: Cause, tail: String = "") {
        self.cause = cause
        self.tail = tail
    }

    /// The error of the execution.
    func evaluationError(_ program: Program) -> EvaluationError {
        let (message, hint) = words(program)
        return EvaluationError(
            cause == .interrupted ? .interrupted : .assertion, message + shownTail, hint: hint)
    }

    /// The last lines of its standard error as they are shown below a message; empty without any.
    var shownTail: String {
        let lines = tail.split(separator: "\n", omittingEmptySubsequences: true).suffix(12).joined(
            separator: "\n")
        return lines.isEmpty ? "" : "\nstandard error:\n\(lines)"
    }

    private func words(_ program: Program) -> (String, hint: String?) {
        let name = program.name
        return switch cause {
        case .notStarted(let reason):
            (
                "'\(name)' could not be started: \(reason)",
                "see that it can be run by hand, and begins with #!"
            )
        case .late(let limit):
            (
                "'\(name)' gave no answer within \(limit.milliseconds) ms, and was killed",
                program.life == .manyCases && !program.greets
                    ? "write a larger timeout_ms, or `persistent: false` when it reads its input to the end"
                    : "write a larger timeout_ms"
            )
        case .ended(let printed): ("'\(name)' ended without an answer\(Self.quoted(printed))", nil)
        case .exited(.code(0), let printed):
            (
                "'\(name)' ended without an answer\(Self.quoted(printed))",
                "it must print one line of JSON: {\"pass\": true, \"score\": 1, \"reason\": \"…\"}"
            )
        case .exited(let exit, let printed):
            ("'\(name)' ended with \(exit)\(Self.quoted(printed))", exit.hint)
        case .tooMuch:
            (
                "'\(name)' printed more than \(ProgramLimits.answerBytes >> 20) MiB for one case",
                "print the verdict only"
            )
        case .unasked(let printed):
            (
                "'\(name)' printed more than one line for a case\(Self.quoted(printed))",
                "print one line of JSON for each line that was read, and everything else to standard error"
            )
        case .interrupted: ("the run was interrupted before '\(name)' answered", "run again")
        case .notServing: ("'\(name)' is not run here", nil)
        }
    }

    private static func quoted(_ bytes: [UInt8]) -> String {
        bytes.isEmpty
            ? "" : ", after printing \(Excerpt.quoted(String(decoding: bytes.prefix(2000), as: UTF8.self)))"
    }
}

extension Duration {
    /// The whole milliseconds.
    var milliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }
}
