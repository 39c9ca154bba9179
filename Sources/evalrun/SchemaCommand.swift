import ArgumentParser
import Assertions
import Evals
import JSON
import Programs
import Suites

/// `evalrun schema`: prints the JSON Schema of a kind of file, or the reference of assertions.
struct SchemaCommand: ParsableCommand {
    /// How the command appears in help.
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract:
            "Prints the JSON Schema of a kind of file, for editors, or the reference of all assertions.",
        discussion: """
            An editor with a YAML language server completes and checks keys when the file begins with
              # yaml-language-server: $schema=PATH
            """)

    /// What can be printed.
    enum Document: String, ExpressibleByArgument, CaseIterable {
        case prompt, suite, project, assertions
    }

    @Argument(help: "prompt, suite or project (JSON Schema), or assertions (Markdown).")
    var document: Document

    /// Runs the command.
    func run() throws {
        let kind: SchemaEmitter.Document? =
            switch document {
            case .prompt: .prompt
            case .suite: .suite
            case .project: .project
            case .assertions: nil
            }
        guard let kind else {
            return Console.print(AssertionReference(catalog: .known).markdown)
        }
        Console.print(JSONWriter.pretty.text(of: SchemaEmitter(catalog: .known).schema(of: kind)) + "\n")
    }
}
