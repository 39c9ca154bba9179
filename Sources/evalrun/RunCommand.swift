import ArgumentParser
import Diagnostics
import Evals
import Files
import Programs
import Recordings
import Reports
import Suites

/// `evalrun run`: executes suites and judges the gates.
struct RunCommand: AsyncParsableCommand {
    /// How the command appears in help.
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Runs suites against recorded answers and judges the gates (the default command).",
        discussion: """
            Examples:
              evalrun run                                     all suites below evalsuites/
              evalrun run support --case late-parcel -v       one case of one suite, with its answer
              evalrun run --report junit=evalrun-junit.xml    and a JUnit file for the CI system
              evalrun run --report json > results.json        the results as data
            """)

    @OptionGroup var selection: SelectionOptions
    @OptionGroup var project: ProjectOptions

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Where answers come from: replay (recordings alone, no network).", valueName: "mode"),
        completion: .list(["replay"]))
    var mode: String?

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp(
            """
            A report: terminal, junit, junit-strict or json, with =PATH to write a file; without a path it alone \
            goes to standard output. Repeatable.
            """, valueName: "kind[=path]"))
    var report: [String] = []

    @Option(name: .long, help: ArgumentHelp("Executions at the same time (default: 64).", valueName: "n"))
    var jobs: Int?

    @Flag(
        name: .customLong("fail-fast"),
        help: "Stop at the first execution that fails; the rest counts as not run.")
    var failFast = false

    @Flag(
        name: .customLong("allow-exec"),
        help: "Let assertions run the programs that the suites name (exec, python, javascript).")
    var allowExec = false

    @Flag(name: .shortAndLong, help: "Print failed gates and the last line alone.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Print every failure in full, and passed executions too.")
    var verbose = false

    @Flag(name: .customLong("no-progress"), help: "Print no progress line.")
    var noProgress = false

    /// Checks the options.
    func validate() throws {
        if let jobs, !(1...1024).contains(jobs) {
            throw ValidationError("--jobs must be from 1 to 1024, not \(jobs).")
        }
        if quiet, verbose { throw ValidationError("--quiet and --verbose contradict each other.") }
        if let mode { try Self.check(mode: mode) }
    }

    /// Accepts the modes that this version has.
    private static func check(mode: String) throws {
        switch mode {
        case "replay": return
        case "record", "refresh", "live":
            throw ValidationError(
                """
                --mode \(mode) needs live models, which this version does not have yet. Bring answers in with \
                `evalrun fixtures import ANSWERS.jsonl` and replay them.
                """)
        default: throw ValidationError("There is no mode '\(mode)'. This version has: replay.")
        }
    }

    /// Refuses reports that would replace a file of the project.
    private func refuseInputs(_ reports: [ReportRequest], _ workspace: Workspace, _ root: ProjectRoot) throws
    {
        let inputs = workspace.inputFiles
        var found: [Diagnostic] = []
        for path in reports.compactMap(\.path) {
            guard let place = (try? root.projectPath(ofArgument: path)) ?? nil else { continue }
            guard inputs.contains(place.text) || place.text.hasPrefix(RecordingPlace.folder + "/") else {
                continue
            }
            found.append(
                Diagnostic(
                    "report-path",
                    "a report can't be written over '\(place.text)', which is a file of the project",
                    hint: "give the report a path of its own, such as evalrun-junit.xml"))
        }
        guard found.isEmpty else {
            project.show(found, root: root)
            throw ExitCode(ExitStatus.usage.rawValue)
        }
    }

    /// Runs the command.
    func run() async throws {
        let reports: [ReportRequest]
        do throws(DiagnosticError) {
            reports = try ReportRequest.parse(report)
        } catch {
            project.show(error.diagnostics, root: nil)
            throw ExitCode(ExitStatus.usage.rawValue)
        }
        let root = try project.root()
        let host = allowExec ? ProgramHost(folder: root.path, environment: Console.environment) : nil
        let (workspace, plan, redactor) = try project.plan(
            root, suites: selection.suites, selection.planOptions,
            programs: host.map { .granted($0) } ?? .refused)
        try refuseInputs(reports, workspace, root)
        let profile = selection.profile.flatMap { workspace.project.profiles[$0] }
        if mode == nil, let wanted = profile?.mode { try Self.check(mode: wanted) }
        let session = RunSession(
            root: root, workspace: workspace, plan: plan, redactor: redactor, options: project,
            jobs: jobs ?? profile?.jobs ?? 64,
            failsFast: failFast, programs: host)
        Interruption.listen()
        let showsProgress = !noProgress && !quiet && Console.isTerminal(2)
        let needsGit = reports.contains { $0.kind == .json }
        let (results, decision) = try await session.run(
            showsProgress: showsProgress, describesCommit: needsGit)
        let writer = ReportWriter(
            requests: reports, verbosity: quiet ? .quiet : verbose ? .verbose : .normal, options: project,
            decision: decision)
        let status = writer.write(results)
        throw ExitCode(status.rawValue)
    }
}
