import ArgumentParser
import Evals
import Recordings

/// `evalrun record`: the same as `run --mode record`.
struct RecordCommand: AsyncParsableCommand {
    /// How the command appears in help.
    static let configuration = CommandConfiguration(
        commandName: "record",
        abstract:
            "Asks live models for the answers whose recordings are missing or stale, and judges the gates.",
        discussion: """
            The same as `evalrun run --mode record`. Recordings stand in fixtures/ and belong into version control: \
            from then on every run replays them without network and without a key.

            Examples:
              evalrun record                     what is missing or stale
              evalrun record support --refresh   all answers of one suite anew
              evalrun record --max-usd 0.50      for at most half a dollar
            """)

    @OptionGroup var targets: SuiteArguments
    @OptionGroup var selection: SelectionOptions
    @OptionGroup var project: ProjectOptions
    @OptionGroup var live: LiveOptions
    @OptionGroup var spending: SpendingOptions
    @OptionGroup var flags: RunFlags

    @Flag(name: .long, help: "Record everything anew (the same as `run --mode refresh`).")
    var refresh = false

    /// Runs the command.
    func run() async throws {
        var execution = try RunExecution(
            RunOptions(
                selection: selection, project: project, live: live, spending: spending, flags: flags),
            suites: targets.suites)
        throw ExitCode(try await execution.run(mode: refresh ? .refresh : .record).rawValue)
    }
}
