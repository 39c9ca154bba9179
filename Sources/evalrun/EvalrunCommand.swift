import ArgumentParser
import Diagnostics
import Evals

/// The command line: options, one call, an exit code.
@main
struct EvalrunCommand: AsyncParsableCommand {
    /// How the command appears in help.
    static let configuration = CommandConfiguration(
        commandName: "evalrun",
        abstract: "Runs prompt suites and says whether the answers are good enough.",
        discussion: """
            Prompts (prompts/*.prompt.yaml) and suites (evalsuites/*.suite.yaml) are YAML files. `evalrun` executes \
            the suites against recorded answers, without network and without a key, and its exit code says whether \
            the gates passed.

            New here?
              evalrun init            writes a small project that runs at once
              evalrun try PROMPT      asks models one prompt, without a suite
              evalrun                 runs all suites (the same as `evalrun run`)
              evalrun check           checks every file without running anything

            Exit codes: 0 passed, 1 a gate failed, 2 a file is invalid, 3 errors left a gate open, 4 a recording is \
            missing or stale, 5 inconclusive, 6 budget, 64 wrong use, 130 interrupted.
            """,
        version: Version.text,
        subcommands: [
            RunCommand.self, TryCommand.self, RecordCommand.self, CheckCommand.self, PlanCommand.self,
            InitCommand.self, ScoreCommand.self,
            PromptsCommand.self, JudgeCommand.self, ReviewCommand.self, FixturesCommand.self,
            SchemaCommand.self,
        ],
        defaultSubcommand: RunCommand.self)

    /// Runs the command line.
    ///
    /// Unlike the parser's own `main`, trouble that no command has foreseen ends with exit code 3, since 1 would say
    /// that the answers are not good enough; and what a user typed is made safe before it is shown.
    static func main() async {
        Interruption.ignoreWriteSignals()
        var command: any ParsableCommand
        do {
            command = try parseAsRoot()
        } catch {
            end(with: error)
        }
        do {
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let error where error is ExitCode || exitCode(for: error) != .failure {
            end(with: error)
        } catch {
            Console.note("error[unexpected]: \(TerminalText.visible("\(error)"))\n")
            exit(withError: ExitCode(ExitStatus.errored.rawValue))
        }
        end(with: ExitCode.success)
    }

    /// Shows what is to be said about an end, and ends.
    private static func end(with error: any Error) -> Never {
        let status = exitCode(for: error)
        let message = error is ExitCode ? "" : fullMessage(for: error)
        if !message.isEmpty, status == .success {
            Console.print(message + "\n")
        } else if !message.isEmpty {
            Console.note(TerminalText.visible(message, multiline: true) + "\n")
        }
        if let failure = Console.failure, status == .success {
            Console.note("error[output]: standard output could not be written: \(failure)\n")
            exit(withError: ExitCode(ExitStatus.errored.rawValue))
        }
        exit(withError: status)
    }
}

/// The version of the program.
enum Version {
    /// The version as `--version` prints it.
    static let text = "0.1.0"
}
