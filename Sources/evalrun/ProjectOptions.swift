import ArgumentParser
import Diagnostics
import Evals
import Files
import Programs
import Recordings
import Suites

/// What all commands that read a project have in common.
struct ProjectOptions: ParsableArguments {
    @Flag(
        name: .customLong("no-color"), help: "Print without colors (also: the environment variable NO_COLOR)."
    )
    var noColor = false

    @Option(
        name: .customLong("trust-base"),
        help: ArgumentHelp(
            """
            Take settings, gates and programs of assertions from this commit, and show first what differs from it: for \
            jobs that hold secrets while the files are a pull request's.
            """, valueName: "ref"))
    var trustBase: String?

    /// Whether text for a descriptor may have colors.
    func color(_ descriptor: Int32) -> Bool {
        !noColor && Console.environment("NO_COLOR") == nil && Console.environment("TERM") != "dumb"
            && Console.isTerminal(descriptor)
    }

    /// The project of the current folder.
    func root() throws -> ProjectRoot {
        do throws(FileError) {
            return try ProjectRoot.find()
        } catch {
            show([error.diagnostic()], root: nil)
            throw ExitCode(ExitStatus.invalid.rawValue)
        }
    }

    /// Reads the project and plans it; ends with exit code 2 when there is a mistake, all of them being told.
    ///
    /// - Parameters:
    ///   - programs: Whether assertions may run programs.
    ///   - traces: Captured answers that take the place of the suites' cases; nil: the cases count.
    func plan(
        _ root: ProjectRoot, suites: [String], _ options: PlanOptions, programs: ProgramAccess = .checkedOnly,
        traces: Traces? = nil
    ) throws -> (workspace: Workspace, plan: Plan, redactor: Redactor) {
        let reading = ProjectReading(
            root, targets: try targets(suites, root), options, programs: programs, traces: traces,
            trustBase: trustBase)
        announce(reading)
        show(reading.bag.sorted, root: root)
        guard let plan = reading.plan, !reading.bag.hasErrors else {
            if !reading.bag.hasErrors, let idleness = reading.workspace.idleness {
                show([idleness], root: root)
            }
            throw ExitCode(ExitStatus.invalid.rawValue)
        }
        return (reading.workspace, plan, reading.redactor)
    }

    /// Prints to standard error what differs from the commit that is trusted, before anything else.
    func announce(_ reading: ProjectReading) {
        guard let trust = reading.workspace.trust else { return }
        Console.note(Redactor.standard.masking(trust.text))
    }

    /// What the user means by files, folders and names of suites.
    func targets(_ written: [String], _ root: ProjectRoot) throws -> [Workspace.Target] {
        try written.map { text in
            do throws(FileError) {
                guard let path = try root.projectPath(ofArgument: text) else {
                    show(
                        [
                            Diagnostic(
                                "path-outside-project", "'\(text)' is outside the project \(root.path)",
                                hint: "change to its folder first")
                        ], root: root)
                    throw FileError(
                        .outsideProject, path: text, operation: "read", reason: "outside the project")
                }
                let tree = WorkingTree(root)
                return tree.kind(of: path) != .missing || text.contains("/") ? .path(path) : .name(text)
            } catch {
                if error.kind != .outsideProject { return .name(text) }
                throw ExitCode(ExitStatus.invalid.rawValue)
            }
        }
    }

    /// Prints diagnostics to standard error, with the lines they are about.
    func show(_ diagnostics: [Diagnostic], root: ProjectRoot?) {
        guard !diagnostics.isEmpty else { return }
        let lines = SourceLines(root: root)
        let renderer = DiagnosticRenderer(color: color(2)) { lines.line($1, of: $0) }
        let text = renderer.render(diagnostics)
        Console.note(Redactor.standard.masking(text))
    }
}
