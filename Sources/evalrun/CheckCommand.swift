import ArgumentParser
import Assertions
import Diagnostics
import Evals
import Files
import Programs
import Recordings
import Runner
import Suites

/// `evalrun check`: reads every file and runs nothing.
struct CheckCommand: AsyncParsableCommand {
    /// How the command appears in help.
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Checks every prompt, suite, dataset and the project file; runs nothing.",
        discussion:
            """
            All mistakes of all files are reported at once, with file, line and column. Exit code 2 when there is one.
            Secrets and personal data in prompts, suites and datasets are warnings; they are shown masked.

            Examples:
              evalrun check --strict      warnings count too
              evalrun check --fix         write missing quotes into the files
              evalrun check --vacuous     which assertions pass whatever the answer is
            """
    )

    @Argument(
        help: ArgumentHelp("Suites and prompts: files, folders or names. Default: all", valueName: "suite"),
        completion: .file(extensions: ["yaml", "yml"]))
    var suites: [String] = []

    @Flag(name: .long, help: "Count warnings as errors.")
    var strict = false

    @Flag(
        name: .long,
        help: "Write the quotes that YAML needs around values it takes for something else, then check.")
    var fix = false

    @Flag(
        name: .long,
        help: """
            Also try each assertion on an empty answer, on the prompt's text and on another case's recorded answer, \
            and list those that pass them all.
            """)
    var vacuous = false

    @Flag(
        name: .customLong("allow-exec"),
        help: """
            Also look for the programs of assertions (exec, python, javascript) on the PATH, and let --vacuous run them.
            """)
    var allowExec = false

    @OptionGroup var project: ProjectOptions

    /// How often the files are read anew: a mistake can hide others.
    private static let mostRounds = 10

    /// Runs the command.
    func run() async throws {
        let root = try project.root()
        var options = PlanOptions()
        options.checksProviders = true
        let targets = try project.targets(suites, root)
        let host = allowExec ? ProgramHost(folder: root.path, environment: Console.environment) : nil
        let access = host.map { ProgramAccess.granted($0) } ?? .checkedOnly
        var reading = ProjectReading(
            root, targets: targets, options, programs: access, trustBase: project.trustBase)
        if fix {
            for _ in 0..<Self.mostRounds {
                guard try repair(reading.bag.sorted, root) else { break }
                reading = ProjectReading(
                    root, targets: targets, options, programs: access, trustBase: project.trustBase)
            }
        }
        let (workspace, plan) = (reading.workspace, reading.plan)
        var bag = reading.bag
        bag.add(
            contentsOf: workspace.sensitiveFinds(secrets: workspace.project.keyValues).diagnostics)
        if let plan {
            bag.add(contentsOf: RequestCheck(workspace: workspace, plan: plan).diagnostics(sends: false))
            do throws(DiagnosticError) {
                let desk = try JudgeDesk(of: workspace, plan)
                bag.add(
                    contentsOf: JudgeCheck(workspace: workspace, plan: plan, desk: desk)
                        .requestMistakes(sends: false))
                bag.add(contentsOf: try CalibrationCheck(plan: plan, desk: desk).warnings())
            } catch {
                bag.add(contentsOf: error.diagnostics)
            }
        }
        var guards: [String] = []
        if vacuous, let plan, !bag.hasErrors {
            let report = try await probe(plan, reading.redactor, root, host)
            bag.add(contentsOf: report.warnings)
            guards = report.guards
        }
        project.announce(reading)
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
        guard !guards.isEmpty else { return }
        Console.print(
            "\(Self.count(guards.count, "guard")) also pass them all, as they do while nothing bad is said:\n"
                + guards.map { "  \($0)\n" }.joined())
    }

    /// Tries the assertions on answers that are no answers; those that run programs on `host` alone.
    private func probe(
        _ plan: Plan, _ redactor: Redactor, _ root: ProjectRoot, _ host: ProgramHost?
    ) async throws -> VacuityReport {
        let replay = Replay(store: FixtureStore(tree: WorkingTree(root)), redactor: redactor)
        let probe = VacuityProbe(answering: ModelRouter(recorded: replay, redactor: redactor))
        do {
            guard let host else {
                return VacuityReport(try await probe.findings { plan.stream() }, catalog: .known)
            }
            Interruption.listen()
            let findings = try await host.run(processes: SystemProcessors.count) {
                try await probe.findings { plan.stream() }
            }
            guard !Interruption.isRequested else { throw ExitCode(ExitStatus.interrupted.rawValue) }
            return VacuityReport(findings, catalog: .known)
        } catch let error as DiagnosticError {
            project.show(error.diagnostics, root: root)
            throw ExitCode(ExitStatus.invalid.rawValue)
        }
    }

    /// Makes the fixes that diagnostics offer, and says so; false when there was none to make.
    private func repair(_ diagnostics: [Diagnostic], _ root: ProjectRoot) throws -> Bool {
        do throws(FileError) {
            let changes = try CheckRepair(root).repair(diagnostics)
            for change in changes {
                let place = "\(change.mark.file):\(change.mark.line):\(change.mark.column)"
                let line = "fixed \(place): \(change.fix.original) → \(change.fix.replacement)"
                Console.note(Redactor.standard.masking(TerminalText.visible(line)) + "\n")
            }
            return !changes.isEmpty
        } catch {
            project.show([error.diagnostic()], root: root)
            throw ExitCode(ExitStatus.invalid.rawValue)
        }
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
