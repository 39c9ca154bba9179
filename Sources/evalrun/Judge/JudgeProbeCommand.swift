import ArgumentParser
import Diagnostics
import Evals
import Files
import Judges
import Recordings
import Suites

/// `evalrun judge probe`: attacks a judge with answers that should not pass.
struct JudgeProbeCommand: AsyncParsableCommand {
    /// How the command appears in help.
    static let configuration = CommandConfiguration(
        commandName: "probe",
        abstract: "Attacks a judge with answers that try to talk it over, and says how often it passes one.",
        discussion: """
            None of the attacks meets the rubric, whatever it says of itself; the controls look like them and do meet \
            it. The judge is asked as `llm-rubric` asks it, with the project's judge prompt.

            Examples:
              evalrun judge probe                         the project's judge, asked live
              evalrun judge probe --judge strict --max-usd 0.50
              evalrun judge probe --mode record           keeps the verdicts, --mode replay reads them
              evalrun judge probe --rubric 'Names the price.' --good 'It costs 5 dollars.' --bad 'It is cheap.'

            Exit codes: 0 the break rate is at most --max-rate, 1 it is above, 2 a file is invalid, 3 missing verdicts \
            leave it open, 4 a recording or a key is missing, 5 the judge fails most controls too, 6 budget, 64 wrong \
            use, 130 interrupted.
            """)

    @Option(
        name: .long,
        help: ArgumentHelp("The model to attack. Default: the project's `judge:`.", valueName: "name"))
    var judge: String?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("A rubric of your own; needs --good and --bad.", valueName: "text"))
    var rubric: String?

    @Option(
        name: .long,
        help: ArgumentHelp("A file of the project with the rubric, as its text.", valueName: "file"),
        completion: .file())
    var file: String?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("An answer that meets the rubric.", valueName: "text"))
    var good: String?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("An answer that does not meet the rubric.", valueName: "text"))
    var bad: String?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("The question that the answers answer.", valueName: "text"))
    var question: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Where verdicts come from: live (unless given), record, refresh or replay.", valueName: "mode"))
    var mode = RecordingMode.live.rawValue

    @Option(
        name: .customLong("max-rate"),
        help: ArgumentHelp("The largest share of attacks that may pass, from 0 to 1.", valueName: "rate"))
    var maximumRate = 0.0

    @Option(name: .long, help: ArgumentHelp("terminal or json.", valueName: "kind"))
    var report = Form.terminal

    @OptionGroup var spending: SpendingOptions

    @Flag(name: .customLong("allow-exec"), help: "Let models run the programs that the project names (exec).")
    var allowExec = false

    @OptionGroup var project: ProjectOptions

    /// How the outcome is printed.
    enum Form: String, ExpressibleByArgument, CaseIterable {
        /// A table.
        case terminal
        /// Data.
        case json
    }

    /// Checks the options.
    func validate() throws {
        guard maximumRate.isFinite, (0...1).contains(maximumRate) else {
            throw ValidationError("--max-rate is a share from 0 to 1, such as 0.05.")
        }
        if rubric != nil, file != nil { throw ValidationError("--rubric and --file can't both be given.") }
        let hasRubric = rubric != nil || file != nil
        guard hasRubric == (good != nil), hasRubric == (bad != nil), hasRubric || question == nil else {
            throw ValidationError(
                "A rubric of your own needs an answer that meets it and one that does not: --rubric or --file with "
                    + "--good and --bad.")
        }
        guard let mode = RecordingMode(rawValue: mode) else {
            let known = RecordingMode.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("There is no mode '\(mode)'; the modes are \(known).")
        }
        if !mode.sends, spending.maximumUSD != nil {
            throw ValidationError("--max-usd needs live models. A replay asks nobody.")
        }
    }

    /// Runs the command.
    func run() async throws {
        let setup = try JudgeProbeSetup(self, mode: RecordingMode(rawValue: mode) ?? .live)
        Interruption.listen()
        let outcome = try await JudgeProbeSession(setup).run()
        project.show(outcome.failures, root: setup.root)
        let status = outcome.status(maximumRate: maximumRate, isInterrupted: Interruption.isRequested)
        let text = JudgeProbeText(setup: setup, outcome: outcome, maximumRate: maximumRate, status: status)
        Console.print(report == .json ? text.json : text.table)
        if status != .passed { throw ExitCode(status.rawValue) }
    }
}
