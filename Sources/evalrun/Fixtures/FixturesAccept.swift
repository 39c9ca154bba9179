import ArgumentParser
import Diagnostics
import Files
import Recordings

/// `evalrun fixtures accept`.
struct FixturesAccept: ParsableCommand {
    /// How the command appears in help.
    static let configuration = CommandConfiguration(
        commandName: "accept",
        abstract: "Accepts recordings that were re-rolled, once you have looked at them.",
        discussion: """
            A recording that was made anew for an unchanged request, with another answer or verdict, is marked
            `rerolled`, and reports list it first. This command takes the marks out and lists what it accepted: file,
            case, sample, purpose, how often it was re-rolled.
            """)

    @Argument(
        help: ArgumentHelp("Files of recordings, or folders with them.", valueName: "path"),
        completion: .file(extensions: ["yaml", "jsonl"]))
    var paths: [String]

    @OptionGroup var project: ProjectOptions

    /// Runs the command.
    func run() throws {
        let root = try project.root()
        let accepted = try project.orExit(root) { () throws(DiagnosticError) in
            try FixtureAcceptance(store: FixtureStore(tree: WorkingTree(root))).accept(paths)
        }
        for recorded in accepted {
            let exchange = recorded.exchange
            Console.print(
                "\(recorded.path)  \(TerminalText.visible(recorded.caseID))  #\(exchange.sample)  "
                    + "\(TerminalText.visible(exchange.purpose))  re-rolled \(exchange.rerolled)×\n")
        }
        Console.note("\(accepted.count) accepted\n")
    }
}
