import ArgumentParser
import Diagnostics
import Evals
import Files
import JSON
import Results
import Reviews

/// `evalrun review import`: makes labels for `judge calibrate` of filled-in sheets.
struct ReviewImportCommand: ParsableCommand {
    /// How the command appears in help.
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Reads labels from sheets that people filled in, for `judge calibrate`.",
        discussion: """
            LABELS are Markdown or CSV sheets that were filled in, or files that the page of an HTML sheet saved; \
            several people's at once. Answers that were skipped or not labeled are counted and left out. When a \
            sheet has a mistake nothing is written.

            Example:
              evalrun review import ann.csv labels-bob.json --results results.json -o labels.jsonl
            """)

    @Argument(
        help: ArgumentHelp("Sheets that people filled in, or saved labels.", valueName: "labels"),
        completion: .file(extensions: ["md", "csv", "json"]))
    var labels: [String]

    @Option(
        name: .long,
        help: ArgumentHelp("The results that the sheets were made of.", valueName: "results"),
        completion: .file(extensions: ["json"]))
    var results: String

    @OptionGroup var targets: SuiteOptions

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Who labeled, where a sheet does not say. Default: the name of the sheet's file.",
            valueName: "name"))
    var labeler: String?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The file to write. Default: standard output.", valueName: "path"),
        completion: .file(extensions: ["jsonl"]))
    var output: String?

    @Flag(name: .long, help: "Write over a file that is there.")
    var force = false

    @OptionGroup var project: ProjectOptions

    /// The largest sheet that is read.
    private static let limit = 1 << 30

    /// Runs the command.
    func run() throws {
        let file = ReviewOutput(path: output, replaces: force)
        try project.orExit(nil) { () throws(DiagnosticError) in try file.check(reading: labels + [results]) }
        let read = try ReviewProject(project, results: results, suites: targets.suites)
        let items = try project.orExit(read.root) { () throws(DiagnosticError) in
            try read.material.allItems()
        }
        var collection = LabelCollection(results: read.material.stored.sha256) { items.places[$0] != nil }
        var found: [Diagnostic] = []
        var unnamed: [String: String] = [:]
        for path in labels {
            do throws(FileError) {
                let sheet = FilledSheet(try bytes(of: path), file: path)
                let stem = stem(of: path)
                if sheet.labeler == nil, labeler == nil, let other = unnamed.updateValue(path, forKey: stem) {
                    found.append(Self.sameName(stem, other, path))
                }
                collection.add(sheet, labeler: labeler ?? stem)
            } catch {
                found.append(error.diagnostic())
            }
        }
        found += collection.diagnostics
        project.show(found, root: nil)
        guard !found.contains(where: { $0.severity == .error }) else {
            throw ExitCode(ExitStatus.invalid.rawValue)
        }
        tell(collection)
        try project.orExit(nil) { () throws(DiagnosticError) in
            guard !collection.rows.isEmpty else {
                throw DiagnosticError(
                    Diagnostic(
                        "no-labels", "no answer is labeled pass or fail, so that nothing was written"))
            }
            try file.write { (write) throws(DiagnosticError) in
                for row in collection.rows {
                    guard let item = try items.item(row.id) else { continue }
                    let line = item.label(passes: row.passes, by: row.labeler)
                    try write(JSONWriter.safe.bytes(of: line) + [0x0A])
                }
            }
        }
    }

    /// The mistake of two sheets that only the name of a file says who labeled, and the name is the same.
    private static func sameName(_ name: String, _ one: String, _ other: String) -> Diagnostic {
        Diagnostic(
            "unnamed-labelers",
            "'\(TerminalText.visible(one))' and '\(TerminalText.visible(other))' would both be labels of "
                + "'\(TerminalText.visible(name))'",
            hint: "name the labelers in the sheets or rename the files; --labeler if all are one person's")
    }

    private func bytes(of path: String) throws(FileError) -> [UInt8] {
        let stream = path == "-" ? ByteStream.standardInput() : try ByteStream(openingAbsolute: path)
        var bytes: [UInt8] = []
        while let piece = try stream.next() {
            bytes += piece
            guard bytes.count <= Self.limit else { throw FileError.tooLarge(stream.shown, limit: Self.limit) }
        }
        return bytes
    }

    /// The name of a file without its folder and ending.
    private func stem(of path: String) -> String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
        return String(name[..<dot])
    }

    private func tell(_ collection: LabelCollection) {
        let passes = collection.rows.count(where: \.passes)
        let people = Set(collection.rows.map(\.labeler)).count
        var line =
            "\(collection.rows.count) \(collection.rows.count == 1 ? "label" : "labels") of \(people) \(people == 1 ? "person" : "people"): "
            + "\(passes) pass, \(collection.rows.count - passes) fail"
        line += "; \(collection.skipped) skipped, \(collection.unlabeled) not labeled"
        if collection.repeated > 0 { line += "; \(collection.repeated) said again, counted once" }
        if collection.notes > 0 { line += "; notes stay in the sheets (\(collection.notes))" }
        Console.note(line + "\n")
    }
}
