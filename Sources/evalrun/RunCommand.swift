import ArgumentParser
import Evals
import Recordings

/// `evalrun run`: executes suites and judges the gates.
struct RunCommand: AsyncParsableCommand {
    /// How the command appears in help.
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract:
            "Runs suites and judges the gates: against recorded answers, unless told otherwise (the default command).",
        discussion: """
            Examples:
              evalrun run                                     all suites below evalsuites/
              evalrun run support --case late-parcel -v       one case of one suite, with its answer
              evalrun run --report junit=evalrun-junit.xml    and a JUnit file for the CI system
              evalrun run --report json > results.json        the results as data
              evalrun run --mode live --max-usd 2             ask the models now, for at most 2 dollars
              evalrun run --resume last                       go on with a live run that was interrupted
            """)

    @OptionGroup var targets: SuiteArguments
    @OptionGroup var selection: SelectionOptions
    @OptionGroup var project: ProjectOptions
    @OptionGroup var live: LiveOptions
    @OptionGroup var spending: SpendingOptions
    @OptionGroup var flags: RunFlags

    @Option(
        name: .long,
        help: ArgumentHelp(
            """
            Where answers come from: replay (recordings alone, no network), record (what is missing or stale is \
            asked and recorded), refresh (all is recorded anew) or live (all is asked, nothing recorded).
            """, valueName: "mode"),
        completion: .list(RecordingMode.allCases.map(\.rawValue)))
    var mode: String?

    /// Checks the options.
    func validate() throws {
        try Self.check(mode: mode)
    }

    /// Refuses a mode that there is not.
    static func check(mode: String?) throws {
        if let mode, RecordingMode(rawValue: mode) == nil {
            let known = RecordingMode.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("There is no mode '\(mode)'; the modes are \(known).")
        }
    }

    /// Runs the command.
    func run() async throws {
        var execution = try RunExecution(
            RunOptions(
                selection: selection, project: project, live: live, spending: spending, flags: flags),
            suites: targets.suites)
        throw ExitCode(try await execution.run(mode: mode.flatMap { RecordingMode(rawValue: $0) }).rawValue)
    }
}
