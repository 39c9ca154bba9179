import ArgumentParser
import Diagnostics
import Evals
import Suites
import Recordings

/// `evalrun fixtures prune`.
struct FixturesPrune: ParsableCommand {
    /// How the command appears in help.
    static let configuration = CommandConfiguration(
        commandName: "prune", abstract: "Removes recordings that no suite and no profile uses.",
        discussion: "Recordings of a model that only `--model` names count as unused.")

    @Flag(name: .customLong("dry-run"), help: "List what would be removed, and remove nothing.")
    var isDryRun = false

    @OptionGroup var project: ProjectOptions

    /// Runs the command.
    func run() throws {
        let fixtures = try FixtureProject(project)
        let removed = try project.orExit(fixtures.root) { () throws(DiagnosticError) in
            try fixtures.audit.prune(plan: fixtures.forEachUse, isDryRun: isDryRun)
        }
        for recorded in removed {
            Console.print(
                "\(recorded.path)  \(TerminalText.visible(recorded.caseID))  #\(recorded.exchange.sample)\n")
        }
        Console.note("\(removed.count) \(isDryRun ? "would be removed" : "removed")\n")
    }
}
