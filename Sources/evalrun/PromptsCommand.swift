import ArgumentParser
import Assertions
import Diagnostics
import Evals
import Files
import JSON
import Suites

/// `evalrun prompts`: what prompts there are.
struct PromptsCommand: ParsableCommand {
    /// How the command appears in help.
    static let configuration = CommandConfiguration(
        commandName: "prompts", abstract: "Lists and shows prompts.", subcommands: [List.self, Show.self])

    /// `evalrun prompts list`.
    struct List: ParsableCommand {
        /// How the command appears in help.
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Lists all prompts with their versions, a line each.")

        @OptionGroup var project: ProjectOptions

        /// Runs the command.
        func run() throws {
            let workspace = try project.prompts()
            for name in Set(workspace.prompts.map(\.name)).sorted() {
                for prompt in workspace.prompts(named: name) {
                    var line = "\(name)@\(prompt.version)  \(prompt.file)"
                    if !prompt.tags.isEmpty { line += "  [\(prompt.tags.joined(separator: ", "))]" }
                    if let description = prompt.description {
                        line += "  \(TerminalText.visible(description))"
                    }
                    Console.print(line + "\n")
                }
            }
        }
    }

    /// `evalrun prompts show`.
    struct Show: ParsableCommand {
        /// How the command appears in help.
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Shows one prompt: messages, variables, parameters.")

        @Argument(help: "name, name@3 or name@git:REF.")
        var reference: String

        @OptionGroup var project: ProjectOptions

        /// Runs the command.
        func run() throws {
            let root = try project.root()
            let (prompts, diagnostics) = Workspace.prompts(matching: reference, root: root)
            project.show(diagnostics, root: root)
            guard !diagnostics.contains(where: { $0.severity == .error }) else {
                throw ExitCode(ExitStatus.invalid.rawValue)
            }
            for prompt in prompts { Console.print(Self.text(prompt)) }
        }

        private static func text(_ prompt: Prompt) -> String {
            var text =
                "\(prompt.name)@\(prompt.version)\(prompt.isVersionAutomatic ? " (from the content)" : "")\n"
            text += "file: \(prompt.file)\n"
            if let description = prompt.description {
                text += "description: \(TerminalText.visible(description))\n"
            }
            if let model = prompt.model { text += "model: \(TerminalText.visible(model.name))\n" }
            if !prompt.tags.isEmpty { text += "tags: \(prompt.tags.joined(separator: ", "))\n" }
            if !prompt.parameters.isEmpty {
                text += "parameters: \(JSONWriter.spaced.text(of: .object(prompt.parameters)))\n"
            }
            let variables = prompt.variables.map { $0.isOptional ? "\($0.name) (optional)" : $0.name }
            text += "variables: \(variables.isEmpty ? "none" : variables.joined(separator: ", "))\n"
            if let schema = prompt.outputSchema {
                text += "output_schema: \(JSONWriter.spaced.text(of: schema.value))\n"
            }
            for message in prompt.sources {
                text +=
                    "\n--- \(message.role.rawValue)\n\(TerminalText.visible(message.text, multiline: true))"
                if !text.hasSuffix("\n") { text += "\n" }
            }
            return text
        }
    }
}

extension ProjectOptions {
    /// The prompts of the project, without any suite.
    fileprivate func prompts() throws -> Workspace {
        let root = try root()
        let (workspace, diagnostics) = Workspace.promptsOnly(root: root, catalog: .known)
        show(diagnostics, root: root)
        if diagnostics.contains(where: { $0.severity == .error }) {
            throw ExitCode(ExitStatus.invalid.rawValue)
        }
        return workspace
    }
}
