import ArgumentParser
import Diagnostics
import Evals
import Files
import Recordings
import Suites

/// `evalrun fixtures scan`.
struct FixturesScan: ParsableCommand {
    /// How the command appears in help.
    static let configuration = CommandConfiguration(
        commandName: "scan", abstract: "Looks for secrets and personal data in all recordings.",
        discussion: """
            Secrets are what has the shape of a key, the values of key variables, and what `redact:` replaces. Exit code 2
            when there is one. Personal data of other kinds are warnings. What is found is shown masked, a line each.
            """)

    @Flag(name: .long, help: "Count personal data as errors.")
    var strict = false

    @OptionGroup var project: ProjectOptions

    /// Runs the command.
    func run() throws {
        let root = try project.root()
        let (settings, mistakes) = Workspace.settings(root: root)
        project.show(mistakes, root: root)
        // Without the settings what is to be redacted is not known.
        if mistakes.contains(where: { $0.severity == .error }) {
            throw ExitCode(ExitStatus.invalid.rawValue)
        }
        let renderer = DiagnosticRenderer()
        let outcome = try project.orExit(root) { () throws(DiagnosticError) in
            let scan = RecordingScan(
                store: FixtureStore(tree: WorkingTree(root)), redactor: try Redactor(of: settings))
            return try scan.run { found in
                var found = found
                if strict { found.severity = .error }
                Console.print(Redactor.standard.masking(renderer.render(found)))
            }
        }
        Console.note(
            "\(outcome.files) files, \(outcome.secrets) secrets, \(outcome.personalData) personal data\n")
        if outcome.secrets > 0 || strict && outcome.personalData > 0 || outcome.unreadable > 0 {
            throw ExitCode(ExitStatus.invalid.rawValue)
        }
    }
}
