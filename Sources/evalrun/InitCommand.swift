import ArgumentParser
import Evals
import Files

/// `evalrun init`: writes a small project that runs at once.
struct InitCommand: ParsableCommand {
    /// How the command appears in help.
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Writes a small working project into this folder; overwrites nothing.",
        discussion: "Afterwards `evalrun` runs it, without network and without a key.")

    @Argument(help: ArgumentHelp("The folder.", valueName: "folder"), completion: .directory)
    var folder = "."

    /// Runs the command.
    func run() throws {
        let base = folder.hasSuffix("/") ? folder : folder + "/"
        let files = StarterProject.files.map {
            (path: $0.path, shown: base == "./" ? $0.path : base + $0.path, text: $0.text)
        }
        let existing = files.filter { PathProbe.exists(base + $0.path) }
        guard existing.isEmpty else {
            for file in existing { Console.note("error: '\(file.shown)' is there already\n") }
            Console.note(
                "  hint: nothing was written; run `evalrun init NEW-FOLDER`, or `evalrun` to run what is here\n"
            )
            throw ExitCode(ExitStatus.invalid.rawValue)
        }
        for file in files {
            do throws(FileError) {
                try WholeFile.write(Array(file.text.utf8), to: base + file.path, makingFolders: true)
            } catch {
                Console.note("error: \(error.description)\n")
                throw ExitCode(ExitStatus.errored.rawValue)
            }
            Console.print("wrote \(file.shown)\n")
        }
        let step = base == "./" ? "" : "cd \(folder) && "
        Console.print(
            """

            Now run `\(step)evalrun`, then change a prompt and run it again.
            `evalrun try greeting -v name=Ada -m echo` asks one prompt, without a suite.

            """)
    }
}
