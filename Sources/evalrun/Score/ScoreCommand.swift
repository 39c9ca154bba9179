import ArgumentParser
import Diagnostics
import Evals
import Recordings
import Results
import Suites

/// `evalrun score`: judges answers that were captured in production.
struct ScoreCommand: AsyncParsableCommand {
    /// How the command appears in help.
    static let configuration = CommandConfiguration(
        commandName: "score",
        abstract: "Judges captured answers with the assertions and gates of a suite.",
        discussion: """
            The suite's `traces:` says how a row becomes a case: which columns are the answer, the question, the \
            context. No model under test is asked; judges are, in the mode that --mode says.

            Examples:
              evalrun score traces.jsonl --suite production                        every row
              evalrun score traces.jsonl --suite production --sample 5% --mode live
                                                                the same twentieth of the rows every time
            """)

    @Argument(
        help: ArgumentHelp("The rows: a .jsonl, .csv, .json or .yaml file, anywhere.", valueName: "traces"),
        completion: .file(extensions: ["jsonl", "ndjson", "csv", "json", "yaml"]))
    var traces: String

    @OptionGroup var targets: SuiteOptions
    @OptionGroup var selection: SelectionOptions
    @OptionGroup var project: ProjectOptions
    @OptionGroup var live: LiveOptions
    @OptionGroup var spending: SpendingOptions
    @OptionGroup var flags: RunFlags

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Judge a share of the rows, such as 5%, chosen by a stable hash of each row.", valueName: "share")
    )
    var sample: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Where judges' verdicts come from: replay (default), record, refresh or live.", valueName: "mode"),
        completion: .list(RecordingMode.allCases.map(\.rawValue)))
    var mode: String?

    /// Checks the options.
    func validate() throws {
        try RunCommand.check(mode: mode)
        if let sample, Traces.share(sample) == nil {
            throw ValidationError(
                "--sample is a share of the rows such as 5%, above 0% and up to 100%, not '\(sample)'.")
        }
        if live.batch == true {
            throw ValidationError("--batch asks for answers, and these are there already.")
        }
    }

    /// Runs the command.
    func run() async throws {
        let share = sample.flatMap { Traces.share($0) }
        guard let file = Traces(path: traces, shown: traces, share: share) else {
            project.show(
                [
                    Diagnostic(
                        "unknown-format", "'\(traces)' is no file of rows that evalrun can read",
                        hint: "the name must end in .jsonl, .csv, .json or .yaml")
                ], root: nil)
            throw ExitCode(ExitStatus.invalid.rawValue)
        }
        var execution = try RunExecution(
            RunOptions(
                selection: selection, project: project, live: live, spending: spending, flags: flags),
            suites: targets.suites, traces: CapturedTraces(file: file, sample: sample))
        throw ExitCode(try await execution.run(mode: mode.flatMap { RecordingMode(rawValue: $0) }).rawValue)
    }
}

/// Captured answers that a command judges.
struct CapturedTraces {
    /// The file.
    let file: Traces
    /// The share of the rows as it is written; nil: all.
    let sample: String?

    /// How the run was started.
    var invocation: Invocation {
        let share = sample.map { " --sample \(ShellWord.quoted($0))" } ?? ""
        return Invocation(.captured, command: "score \(ShellWord.quoted(file.shown))\(share)")
    }
}
