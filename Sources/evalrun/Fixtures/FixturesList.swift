import ArgumentParser
import Diagnostics
import Evals
import Files
import JSON
import Recordings

/// `evalrun fixtures list`.
struct FixturesList: ParsableCommand {
    /// How the command appears in help.
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract:
            "Lists all recordings, a line each: file, case, sample, what for, model, day, key, marks.")

    @OptionGroup var project: ProjectOptions

    /// Runs the command.
    func run() throws {
        let root = try project.root()
        let audit = FixtureAudit(store: FixtureStore(tree: WorkingTree(root)))
        let mistakes = try project.orExit(root) { () throws(DiagnosticError) in
            try audit.forEachRecording { recorded in
                let exchange = recorded.exchange
                var parts = [
                    recorded.path, TerminalText.visible(recorded.caseID), "#\(exchange.sample)",
                    TerminalText.visible(exchange.purpose),
                    exchange.request["model"]?.string ?? "?", exchange.recordedAt ?? "-", recorded.shortKey,
                ]
                if exchange.rerolled > 0 { parts.append("re-rolled \(exchange.rerolled)×") }
                Console.print(parts.joined(separator: "  ") + "\n")
            }
        }
        project.show(mistakes, root: root)
        if !mistakes.isEmpty { throw ExitCode(ExitStatus.invalid.rawValue) }
    }
}
