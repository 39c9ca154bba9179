import ArgumentParser
import Diagnostics
import Evals
import Judges
import Suites

/// `evalrun judge prompts`: the prompts that judges are asked with.
struct JudgePromptsCommand: ParsableCommand {
    /// How the command appears in help.
    static let configuration = CommandConfiguration(
        commandName: "prompts", abstract: "Lists the prompts for judges, or prints the file of one.",
        discussion: """
            A prompt of the same name in the project takes the place of the one that evalrun brings along.

            Examples:
              evalrun judge prompts                  all of them, a line each
              evalrun judge prompts judge-rubric > prompts/judges/judge-rubric.prompt.yaml
                                                     begins one of your own
            """)

    @Argument(help: "The name of a prompt, whose file as evalrun brings it along is printed.")
    var name: String?

    @OptionGroup var project: ProjectOptions

    /// Runs the command.
    func run() throws {
        guard let name else { return try list() }
        guard let bytes = ShippedJudgePrompts.file(named: name) else {
            project.show(
                [
                    Diagnostic(
                        "unknown-prompt", "there is no judge prompt '\(name)'",
                        hint: Spelling.hint(for: name, among: ShippedJudgePrompts.names))
                ], root: nil)
            throw ExitCode(ExitStatus.invalid.rawValue)
        }
        Console.print(String(decoding: bytes, as: UTF8.self))
    }

    private func list() throws {
        let root = try project.root()
        let (workspace, diagnostics) = Workspace.promptsOnly(root: root, catalog: .known)
        project.show(diagnostics, root: root)
        if diagnostics.contains(where: { $0.severity == .error }) {
            throw ExitCode(ExitStatus.invalid.rawValue)
        }
        for name in ShippedJudgePrompts.names {
            if let own = workspace.judgeOverride(named: name) {
                Console.print("\(name)@\(own.version)  \(own.file)\n")
            } else {
                let version = ShippedJudgePrompts.file(named: name).flatMap(Workspace.version(ofJudgePrompt:))
                Console.print("\(name)@\(version ?? "?")  shipped\n")
            }
        }
    }
}
