import ArgumentParser
import Diagnostics
import Evals
import Files
import JSON
import Judges
import Recordings
import Statistics
import Suites

/// `evalrun judge calibrate`: how well a judge agrees with people.
struct JudgeCalibrateCommand: AsyncParsableCommand {
    /// How the command appears in help.
    static let configuration = CommandConfiguration(
        commandName: "calibrate",
        abstract: "Measures how well a judge agrees with people who labeled answers, and keeps the result.",
        discussion: """
            LABELS is a file of JSON Lines: {"output": "…", "label": "pass"} with question, context, reference, vars, \
            id and labeler where there are any. The rubric's file is a list of assertions, as `use:` takes it.

            Examples:
              evalrun judge calibrate labels.jsonl --rubric policies/polite.yaml --mode record
                                          asks the judge, records its verdicts, writes calibrations/polite.calibration.yaml
              evalrun judge calibrate labels.jsonl --rubric policies/polite.yaml
                                          the same from the recordings, without network

            Exit codes: 0 measured, 2 a file is invalid, 3 too few verdicts, 4 a recording is missing, 6 budget, \
            130 interrupted. Only a measurement that ends with 0 is kept.
            """)

    @Argument(help: "The labels, JSON Lines.", completion: .file(extensions: ["jsonl"]))
    var labels: String

    @Option(
        name: .long,
        help: ArgumentHelp("The file with the assertion that asks the judge.", valueName: "file"),
        completion: .file(extensions: ["yaml", "yml"]))
    var rubric: String

    @Option(
        name: .long, help: ArgumentHelp("Which of several assertions of the file.", valueName: "metric"))
    var metric: String?

    @Option(
        name: .long,
        help: ArgumentHelp("The guide by which people labeled; its hash is kept.", valueName: "file"),
        completion: .file())
    var guide: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The calibration's name. Default: the metric, else the name of the rubric's file.",
            valueName: "name"))
    var name: String?

    @Option(
        name: .long,
        help: ArgumentHelp("The judge in place of the assertion's and the project's.", valueName: "model"))
    var judge: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Where verdicts come from: replay (default), record, refresh or live.", valueName: "mode"),
        completion: .list(Mode.allCases.map(\.rawValue)))
    var mode = Mode.replay

    @Option(
        name: .long, help: ArgumentHelp("What is printed: terminal (default) or json.", valueName: "kind"))
    var report = ReportForm.terminal

    @Option(name: .long, help: ArgumentHelp("Answers judged at the same time (default: 64).", valueName: "n"))
    var jobs: Int?

    @Flag(name: .customLong("allow-exec"), help: "Let models run the programs that the project names (exec).")
    var allowExec = false

    @OptionGroup var spending: SpendingOptions
    @OptionGroup var project: ProjectOptions

    /// Where verdicts come from.
    enum Mode: String, ExpressibleByArgument, CaseIterable {
        case replay, record, refresh, live
    }

    /// What is printed.
    enum ReportForm: String, ExpressibleByArgument, CaseIterable {
        case terminal, json
    }

    /// Checks the options.
    func validate() throws {
        if let jobs, jobs < 1 { throw ValidationError("--jobs must be 1 or more, not \(jobs).") }
        if mode == .replay, spending.maximumUSD != nil {
            throw ValidationError(
                "--max-usd needs live models: --mode record, refresh or live. A replay asks nobody.")
        }
    }

    /// Runs the command.
    func run() async throws {
        let setup = try JudgeCalibrateSetup(self)
        let session = try JudgeCalibrateSession(setup, self)
        Interruption.listen()
        var (outcome, trouble) = try await session.run()
        var status = ExitStatus.winner(of: [outcome.status] + (trouble.isEmpty ? [] : [.errored]))
        if Interruption.isRequested { status = .interrupted }
        var path: String?
        if status == .passed, let agreement = outcome.agreement {
            let record = setup.record(
                agreement, withoutVerdict: outcome.withoutVerdict, date: SystemClock.today())
            do throws(DiagnosticError) {
                path = try save(record, setup.root)
            } catch {
                trouble += error.diagnostics
                status = .errored
            }
        }
        let text = JudgeCalibrateText(setup: setup, outcome: outcome, status: status, saved: path)
        do throws(OutputError) {
            try Console.write(Array((report == .json ? text.json : text.text).utf8))
        } catch {
            Console.note("error[output]: standard output could not be written: \(error.reason)\n")
            throw ExitCode(ExitStatus.errored.rawValue)
        }
        project.show(setup.warnings(about: outcome) + trouble, root: setup.root)
        Console.note((path.map { "saved \($0)" } ?? text.loss) + "\n")
        if path != nil, let replacement = setup.replacement { Console.note(replacement + "\n") }
        throw ExitCode(status.rawValue)
    }

    /// Writes the file, whole or not at all; its path.
    private func save(_ record: CalibrationRecord, _ root: ProjectRoot) throws(DiagnosticError) -> String {
        guard let path = CalibrationRecord.path(named: record.calibration.name) else {
            throw DiagnosticError(Diagnostic("bad-name", "the calibration's name can't name a file"))
        }
        do throws(FileError) {
            let file = try WholeFileWriter(
                WorkingTree(root).writable(path), shown: path.text, makingFolders: true)
            try file.write(record.bytes)
            try file.commit()
        } catch {
            throw DiagnosticError(error.diagnostic())
        }
        return path.text
    }
}
