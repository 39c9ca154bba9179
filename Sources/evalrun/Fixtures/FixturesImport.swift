import ArgumentParser
import Diagnostics
import Files
import Recordings
import Suites

/// `evalrun fixtures import`.
struct FixturesImport: ParsableCommand {
    /// How the command appears in help.
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Writes recordings from answers that you have.",
        discussion: """
            Each line of the file is a JSON object:
              {"suite": "support", "case": "late-parcel", "prompt": "support_reply", "model": "small",
               "content": "…", "finish_reason": "stop", "usage": {"input_tokens": 41, "output_tokens": 12},
               "latency_ms": 412}
            `prompt` and `model` may be left out where the case has only one, `sample` is 1 by default. When a line
            of a file is wrong nothing of that file is written.
            """)

    @Argument(
        help: ArgumentHelp("Files with answers; - is standard input.", valueName: "answers.jsonl"),
        completion: .file(extensions: ["jsonl"]))
    var files: [String]

    @OptionGroup var project: ProjectOptions

    /// Runs the command.
    func run() throws {
        let fixtures = try FixtureProject(project)
        let importer = FixtureImport(
            store: fixtures.store, redactor: fixtures.redactor, recordedAt: SystemClock.timestamp())
        for file in files {
            let outcome = try project.orExit(fixtures.root) { () throws(DiagnosticError) in
                let stream: ByteStream
                do throws(FileError) {
                    stream = file == "-" ? .standardInput() : try ByteStream(openingAbsolute: file)
                } catch {
                    throw DiagnosticError(error.diagnostic())
                }
                return try importer.run(stream, plan: fixtures.forEachRequest)
            }
            for path in outcome.paths { Console.print(path + "\n") }
            Console.note("\(file): \(outcome.answers) answers in \(outcome.paths.count) files\n")
        }
    }
}
