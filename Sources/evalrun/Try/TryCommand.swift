import ArgumentParser
import Diagnostics
import Evals
import Files
import Models
import Reports
import Suites

/// `evalrun try`: asks a prompt with values from the command line, without a suite.
struct TryCommand: AsyncParsableCommand {
    /// How the command appears in help.
    static let configuration = CommandConfiguration(
        commandName: "try",
        abstract: "Asks models a prompt with values that you give, and shows the answers side by side.",
        discussion: """
            No suite is needed, and nothing is recorded. On a terminal, values that are missing are asked for.

            Examples:
              evalrun try greeting -v name=Ada -m echo            shows what is sent, needs no key
              evalrun try greeting -v name=Ada -m small,haiku     two models side by side
              evalrun try drafts/reply.yaml -v mail=@mail.txt -m openai/gpt-5-mini --max-usd 0.05
              evalrun try greeting -v name=Ada --save-case ada --expect Ada

            Exit codes: 0 all answered, 2 prompt, value or model is wrong, 3 a model gave an error, 4 a key is \
            missing, 6 budget, 64 wrong use, 130 interrupted. Answers are shown, not judged: one that misses the \
            output schema is marked and changes no exit code.
            """)

    @Argument(
        help: ArgumentHelp(
            "name, name@3, name@git:REF, or the path of a prompt's file.", valueName: "prompt"))
    var prompt: String

    @Option(
        name: [.customShort("v"), .customLong("var")], parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            """
            The value of a variable; name=@FILE takes the text of a file of the project, name=@@text is @text. \
            Repeatable.
            """, valueName: "name=value"))
    var variables: [String] = []

    @Option(
        name: .long, help: ArgumentHelp("A YAML or JSON file with values by name.", valueName: "file"),
        completion: .file(extensions: ["yaml", "yml", "json"]))
    var vars: String?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp(
            "The user message of a prompt without one; - reads standard input.", valueName: "text"))
    var input: String?

    @Option(
        name: .shortAndLong, parsing: .singleValue,
        help: ArgumentHelp(
            "Models: aliases, kind/model or echo, by commas. Repeatable. Default: the prompt's, else the project's.",
            valueName: "names"))
    var model: [String] = []

    @Option(name: .customLong("repeat"), help: ArgumentHelp("Answers of each model.", valueName: "n"))
    var repetition = 1

    @OptionGroup var spending: SpendingOptions

    @Flag(name: .customLong("allow-exec"), help: "Let models run the programs that the project names (exec).")
    var allowExec = false

    @Flag(name: .customLong("show-prompt"), help: "Also print the messages with their values.")
    var showPrompt = false

    @Flag(name: .long, help: "Print the answers as JSON.")
    var json = false

    @Option(
        name: .customLong("save-case"),
        help: ArgumentHelp("Add the values as a case with this id to a suite.", valueName: "id"))
    var saveCase: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The suite for --save-case. Default: the only one that uses the prompt, else evalsuites/PROMPT.suite.yaml.",
            valueName: "suite"), completion: .file(extensions: ["yaml", "yml"]))
    var suite: String?

    @Option(
        name: .long, parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "A text that the answer must have, for --save-case. Repeatable.", valueName: "text"))
    var expect: [String] = []

    @OptionGroup var project: ProjectOptions

    /// The models that the command names, in order.
    var models: [String] {
        model.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }.map(TryArgument.trimmed)
    }

    /// Checks the options.
    func validate() throws {
        for text in variables where TryArgument(text) == nil {
            throw ValidationError(
                "-v takes name=value, such as -v name=Ada, not '\(TerminalText.excerpt(text, limit: 80))'.")
        }
        if models.contains("") { throw ValidationError("-m names a model, or several by commas.") }
        guard (1...100).contains(repetition) else {
            throw ValidationError("--repeat must be from 1 to 100, not \(repetition).")
        }
        if expect.contains("") {
            throw ValidationError("--expect needs a text: every answer has an empty one.")
        }
        guard saveCase == nil else { return }
        if suite != nil { throw ValidationError("--suite says where --save-case adds a case; give an id.") }
        if !expect.isEmpty {
            throw ValidationError("--expect is a part of the case that --save-case adds; give an id.")
        }
    }

    /// Runs the command.
    func run() async throws {
        let setup = try TrySetup(self)
        if showPrompt, !json { Console.print(TryText.messages(setup)) }
        Interruption.listen()
        let executions = try await TrySession(setup).run()
        var statuses = executions.compactMap(Self.status)
        if Interruption.isRequested { statuses.append(.interrupted) }
        var trouble: [Diagnostic] = []
        var isSaved = false
        // What no model answered may be a mistake of the command line, which is better typed anew.
        if let addition = setup.addition, !Interruption.isRequested,
            executions.contains(where: { $0.answer != nil })
        {
            do throws(DiagnosticError) {
                try addition.write(in: setup.root)
                isSaved = true
            } catch {
                trouble = error.diagnostics
                statuses.append(.errored)
            }
        }
        let status = ExitStatus.winner(of: statuses)
        do throws(OutputError) {
            try Console.write(Array(text(executions, setup, status, isSaved: isSaved).utf8))
        } catch {
            Console.note("error[output]: standard output could not be written: \(error.reason)\n")
            throw ExitCode(ExitStatus.errored.rawValue)
        }
        project.show(trouble, root: setup.root)
        if let addition = setup.addition {
            let isRecorded = !setup.plan.askedModels.isEmpty
            Console.note(
                TryText.outcome(addition, saveCase, isSaved: isSaved, isRecorded: isRecorded))
        }
        throw ExitCode(status.rawValue)
    }

    private func text(
        _ executions: [Execution], _ setup: TrySetup, _ status: ExitStatus, isSaved: Bool
    ) -> String {
        if json {
            return TryText.json(
                executions, setup, status, showsMessages: showPrompt,
                saved: isSaved ? setup.addition?.path.text : nil)
        }
        let width = Console.isTerminal(1) ? Console.width(1) : nil
        return AnswerSheet(width: width, color: project.color(1)).text(executions)
    }

    /// The status that an execution calls for; nil for an answer.
    private static func status(_ execution: Execution) -> ExitStatus? {
        guard let error = execution.error else { return nil }
        switch error.kind {
        case .interrupted: return .interrupted
        case .budget: return .budget
        default: return error.kind.isMissingRecording ? .recordingMissing : .errored
        }
    }
}
