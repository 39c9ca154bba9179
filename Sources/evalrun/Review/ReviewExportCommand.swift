import ArgumentParser
import Diagnostics
import Evals
import Files
import Results
import Reviews

/// `evalrun review export`: writes a blind sheet.
struct ReviewExportCommand: ParsableCommand {
    /// How the command appears in help.
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes a sheet of answers for people to label, without saying where they come from.",
        discussion: """
            The sheet has question, context, reference, criteria and answer, shuffled; not model, prompt, score or \
            what a judge said. The answers come from results that `run --report json=FILE` wrote, the rest from the \
            suites. Sheets hold answers in full: treat them like the results.

            Examples:
              evalrun review export results.json -o review.html       a page with keys for labeling
              evalrun review export results.json --metric polite --sample 50 --seed ann -o ann.csv
                                                                      50 answers for a spreadsheet, in Ann's order
            """)

    @Argument(
        help: ArgumentHelp("Results as JSON.", valueName: "results"),
        completion: .file(extensions: ["json"]))
    var results: String

    @OptionGroup var targets: SuiteOptions

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The assertion whose criteria are shown, by metric or type; needed when several ask judges.",
            valueName: "metric"))
    var metric: String?

    @Option(
        name: .long,
        help: ArgumentHelp("So many answers, or a share such as 5%, chosen by a stable hash.", valueName: "n")
    )
    var sample: String?

    @Option(
        name: .long,
        help: ArgumentHelp("Another text gives another order and another sample.", valueName: "text"))
    var seed = ""

    @Option(
        name: .long,
        help: ArgumentHelp(
            "markdown, csv or html. Default: as the file's name ends, else markdown.", valueName: "format"),
        completion: .list(ReviewFormat.allCases.map(\.rawValue)), transform: Self.format)
    var format: ReviewFormat?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The file to write. Default: standard output.", valueName: "path"),
        completion: .file(extensions: ["md", "csv", "html"]))
    var output: String?

    @Flag(name: .long, help: "Write over a file that is there, together with the labels in it.")
    var force = false

    @OptionGroup var project: ProjectOptions

    private static func format(_ text: String) throws -> ReviewFormat {
        guard let format = ReviewFormat(rawValue: text) else {
            let all = ReviewFormat.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--format is one of \(all), not '\(text)'.")
        }
        return format
    }

    /// Checks the options.
    func validate() throws {
        if let sample, ReviewSample(sample) == nil {
            throw ValidationError(
                "--sample is a number of answers such as 50 or a share such as 5%, not '\(sample)'.")
        }
    }

    /// Runs the command.
    func run() throws {
        let file = ReviewOutput(path: output, replaces: force)
        try project.orExit(nil) { () throws(DiagnosticError) in try file.check(reading: [results]) }
        let read = try ReviewProject(project, results: results, suites: targets.suites)
        let material = read.material
        let (sheet, items, counts) = try project.orExit(read.root) { () throws(DiagnosticError) in
            let metric = try chosen(of: material)
            let (items, counts) = try material.items(for: metric)
            guard !items.places.isEmpty else {
                throw DiagnosticError(
                    Diagnostic(
                        "nothing-to-review", "the results have no answer to label",
                        hint: "take results of the suites that the project has, with answers that are text"))
            }
            if metric == nil, material.plan != nil {
                project.show(
                    [
                        Diagnostic(
                            "no-criteria", "no assertion asks a judge, so that the sheet has no criteria",
                            hint: "tell the labelers what makes an answer good", severity: .warning)
                    ], root: nil)
            }
            let sheet = ReviewSheet(
                results: material.stored.sha256, seed: seed, ids: items.places.keys,
                sample: sample.flatMap { ReviewSample($0) } ?? .all)
            return (sheet, items, counts)
        }
        try project.orExit(nil) { () throws(DiagnosticError) in
            let writer = (format ?? output.flatMap { ReviewFormat(path: $0) } ?? .markdown).writer(sheet)
            try file.write { (write) throws(DiagnosticError) in
                try write(writer.head())
                for (index, id) in sheet.ids.enumerated() {
                    guard let item = try items.item(id) else { continue }
                    try write(writer.item(item, number: index + 1))
                }
                try write(writer.tail())
            }
        }
        tell(sheet.ids.count, of: items.places.count, counts)
    }

    /// The assertion whose criteria are shown; nil when no assertion asks a judge, or the suites are gone.
    private func chosen(of material: ReviewMaterial) throws(DiagnosticError) -> String? {
        guard material.plan != nil else { return nil }
        let all = try material.criteria()
        var names: [String] = []
        for criteria in all where !names.contains(criteria.name) { names.append(criteria.name) }
        if let metric {
            guard !all.contains(where: { $0.isMeant(by: metric) }) else { return metric }
            throw DiagnosticError(
                Diagnostic(
                    "unknown-metric", "no assertion '\(metric)' asks a judge about these answers",
                    hint: Spelling.hint(for: metric, among: names)))
        }
        guard names.count > 1 else { return names.first }
        let list = names.prefix(20).map { "'\(TerminalText.excerpt($0, limit: 60))'" }.joined(separator: ", ")
        throw DiagnosticError(
            Diagnostic(
                "several-metrics", "several assertions ask judges: \(list)",
                hint: "choose one with --metric; people judge by one rubric at a time"))
    }

    private func tell(_ written: Int, of all: Int, _ counts: ReviewMaterial.Counts) {
        let answers = all == 1 ? "answer" : "answers"
        var parts = ["\(written == all ? "" : "\(written) of ")\(all) \(answers) to label"]
        if counts.repeated > 0 { parts.append("\(counts.repeated) the same as another") }
        if counts.withoutText > 0 { parts.append("\(counts.withoutText) left out without text") }
        if counts.unjudged > 0 { parts.append("\(counts.unjudged) left out that are not judged by it") }
        if counts.stray > 0 {
            parts.append("\(counts.stray) that the suites no longer have, without context")
        }
        Console.note(parts.joined(separator: ", ") + "\n")
    }
}
