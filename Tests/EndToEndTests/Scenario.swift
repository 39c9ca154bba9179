import JSON
import Testing

/// A suite, how it is run, and what must come out.
struct Scenario: Sendable, CustomTestStringConvertible {
    /// The rule in words.
    let rule: String
    /// The cases of the suite.
    let cases: [String]
    /// Its gates.
    var gates: [String] = []
    /// The lines between the name and the cases.
    var head = "models: [echo]"
    /// Options of the command.
    var options: [String] = []
    /// Further files.
    var files: [String: String] = [:]
    /// The exit code.
    let exitCode: Int32
    /// All statuses of executions, when the test looks at them.
    var statuses: [String]?
    /// All gates as `metric verdict value n`, when the test looks at them.
    var verdicts: [String]?
    /// What the terminal report must say.
    var says: [String] = []

    var testDescription: String { rule }

    /// Runs it twice, for the JSON and for the terminal report, and checks everything.
    func check() throws {
        let project = try Sample.project(cases, gates: gates, head: head, more: files)
        let run = try project.run(words: ["run", "--report", "json"] + options)
        #expect(run.exitCode == exitCode, "\(run.all)")
        let file = RunFile(value: try run.json())
        #expect(file.summary["exit_code"]?.integer == Int(exitCode))
        if let statuses { #expect(file.statuses == statuses, "\(run.errors)") }
        if let verdicts { #expect(file.gates == verdicts, "\(run.errors)") }
        let counted = ["passed", "failed", "errored", "skipped"].reduce(0) {
            $0 + (file.summary[$1]?.integer ?? 0)
        }
        #expect(file.summary["executions"]?.integer == counted)
        #expect(file.executions.count == counted)

        let terminal = try project.run(words: ["run"] + options)
        #expect(terminal.exitCode == exitCode, "\(terminal.all)")
        #expect(!terminal.errors.contains("error["), "warnings at most: \(terminal.errors)")
        #expect(terminal.output.hasSuffix("\n"))
        let last = terminal.output.split(separator: "\n").last ?? ""
        #expect(last.contains("exit \(exitCode)"), "\(terminal.output)")
        for text in says { #expect(terminal.output.contains(text), "\(text) in \(terminal.output)") }
    }
}
