import ArgumentParser
import Assertions
import JSON
import Suites

/// `evalrun schema`: prints the JSON Schema of a kind of file.
struct SchemaCommand: ParsableCommand {
    /// How the command appears in help.
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Prints the JSON Schema of prompt, suite or project files, for editors.",
        discussion: """
            An editor with a YAML language server completes and checks keys when the file begins with
              # yaml-language-server: $schema=PATH
            """)

    /// The kinds of file as arguments.
    enum Document: String, ExpressibleByArgument, CaseIterable {
        case prompt, suite, project
    }

    @Argument(help: "prompt, suite or project.")
    var document: Document

    /// Runs the command.
    func run() throws {
        let kind: SchemaEmitter.Document =
            switch document {
            case .prompt: .prompt
            case .suite: .suite
            case .project: .project
            }
        Console.print(JSONWriter.pretty.text(of: SchemaEmitter(catalog: .standard).schema(of: kind)) + "\n")
    }
}
