import ArgumentParser
import Diagnostics
import Evals
import Suites

/// `evalrun check`: reads every file and runs nothing.
struct CheckCommand: ParsableCommand {
    /// How the command appears in help.
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Checks every prompt, suite, dataset and the project file; runs nothing.",
        discussion:
            "All mistakes of all files are reported at once, with file, line and column. Exit code 2 when there is one."
    )

    @Argument(
        help: ArgumentHelp("Suites and prompts: files, folders or names. Default: all", valueName: "suite"),
        completion: .file(extensions: ["yaml", "yml"]))
    var suites: [String] = []

    @Flag(name: .long, help: "Count warnings as errors.")
    var strict = false

    @OptionGroup var project: ProjectOptions

    /// Runs the command.
    func run() throws {
        let root = try project.root()
        var options = PlanOptions()
        options.checksProviders = true
        let reading = ProjectReading(root, targets: try project.targets(suites, root), options)
        let (workspace, plan, bag) = (reading.workspace, reading.plan, reading.bag)
        let found = strict ? bag.sorted.map { $0.asError } : bag.sorted
        project.show(found, root: root)
        let errors = found.count { $0.severity == .error }
        let warnings = found.count - errors
        if errors > 0 {
            Console.note("\(Self.count(errors, "error")), \(Self.count(warnings, "warning"))\n")
            throw ExitCode(ExitStatus.invalid.rawValue)
        }
        let parts = [
            Self.count(workspace.prompts.count, "prompt"), Self.count(workspace.suiteCount, "suite"),
            Self.count(plan?.cases ?? 0, "case"), Self.count(plan?.executions ?? 0, "execution"),
        ]
        Console.print(
            "ok: \(parts.joined(separator: ", "))\(warnings > 0 ? ", \(Self.count(warnings, "warning"))" : "")\n"
        )
    }

    private static func count(_ number: Int, _ word: String) -> String {
        "\(number) \(word)\(number == 1 ? "" : "s")"
    }
}

extension Diagnostic {
    /// The same diagnostic as an error.
    fileprivate var asError: Diagnostic {
        var copy = self
        copy.severity = .error
        return copy
    }
}
