import ArgumentParser
import Diagnostics
import Evals
import Files
import Recordings
import Results

/// `evalrun judge run`: judges the answers of an earlier run again, without asking for them.
struct JudgeRunCommand: AsyncParsableCommand {
    /// How the command appears in help.
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Judges the answers of an earlier run with the assertions and gates of today.",
        discussion: """
            The answers come from results that `run --report json=FILE` wrote; no model under test is asked, so that \
            only new questions to judges cost anything. An execution that the results lack is an error (exit code 4).

            Examples:
              evalrun judge run results.json                        with what the suites say now
              evalrun judge run results.json --suite support --mode record   new judge questions are asked and recorded
            """)

    @Argument(
        help: ArgumentHelp("Results as JSON, of the same suites, prompts and models.", valueName: "results"),
        completion: .file(extensions: ["json"]))
    var results: String

    @OptionGroup var targets: SuiteOptions
    @OptionGroup var selection: SelectionOptions
    @OptionGroup var project: ProjectOptions
    @OptionGroup var live: LiveOptions
    @OptionGroup var spending: SpendingOptions
    @OptionGroup var flags: RunFlags

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Where judges' verdicts come from: replay (default), record, refresh or live.", valueName: "mode"),
        completion: .list(RecordingMode.allCases.map(\.rawValue)))
    var mode: String?

    /// Checks the options.
    func validate() throws {
        try RunCommand.check(mode: mode)
        if live.batch == true {
            throw ValidationError("--batch asks for answers, and these are there already.")
        }
    }

    /// Runs the command.
    func run() async throws {
        let root = try project.root()
        let stored = try project.orExit(root) { () throws(DiagnosticError) in
            let stream: ByteStream
            do throws(FileError) {
                stream = try ByteStream(openingAbsolute: results)
            } catch {
                throw DiagnosticError(error.diagnostic())
            }
            return try StoredAnswers(stream)
        }
        var execution = try RunExecution(
            RunOptions(
                selection: selection, project: project, live: live, spending: spending, flags: flags),
            suites: targets.suites,
            stored: .init(answers: stored, path: results))
        throw ExitCode(try await execution.run(mode: mode.flatMap { RecordingMode(rawValue: $0) }).rawValue)
    }
}
