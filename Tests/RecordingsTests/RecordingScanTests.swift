import Diagnostics
import Evals
import Files
import JSON
import Secrets
import Testing

@testable import Recordings

@Suite("Scan of recordings")
struct RecordingScanTests {
    let project: TemporaryProject
    private static let secret = "sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789"

    init() throws { project = try TemporaryProject() }

    /// Writes a recording without redacting it, as an edit by hand or an older version may have left it.
    private func write(_ text: String, _ answer: String, isDatasetRow: Bool, case id: String = "a") throws {
        let request = TemporaryProject.request(case: id, text: text, isDatasetRow: isDatasetRow)
        let session = RecordingSession(store: project.store)
        session.add(
            Exchange(
                request: request, response: Reply(content: answer, finishReason: "stop", requestID: "req_1"),
                recordedAt: "2026-11-21T10:00:00Z"),
            at: request.site)
        #expect(session.commit().failures.isEmpty)
    }

    private func scan(_ redactor: Redactor = .standard) throws -> (
        lines: [String], outcome: RecordingScan.Outcome
    ) {
        var found: [Diagnostic] = []
        let outcome = try RecordingScan(store: project.store, redactor: redactor).run { found.append($0) }
        let renderer = DiagnosticRenderer()
        return (found.map { String(renderer.render($0).dropLast()) }, outcome)
    }

    @Test("finds are told with file, line and kind, masked, in a file of a case and in a pack")
    func finds() throws {
        let text = "Hello\nmy key is \(Self.secret)\nand I am ann@corp.io"
        try write(text, "Thank you.\nTake INTERNAL-123456, no-shape-at-all-9.", isDatasetRow: false)
        try write(text, "I wrote to ann@corp.io and x@example.com", isDatasetRow: true)
        let redactor = try Redactor(
            patterns: [(source: "(?i)internal-[0-9]{6}", mark: nil)], secrets: ["no-shape-at-all-9"])
        let (lines, outcome) = try scan(redactor)
        let file = "fixtures/support/a/reply.small.yaml"
        let written = try project.read(file).split(separator: "\n", omittingEmptySubsequences: false)
        func line(_ part: String) -> Int { (written.firstIndex { $0.contains(part) } ?? -9) + 1 }
        #expect(
            lines == [
                "\(file):\(line("my key")): error[secret]: a key of Anthropic (sk-ant-…(49 characters))",
                "\(file):\(line("and I am")): warning[personal-data]: an e-mail address (a***@c***.io)",
                "\(file):\(line("INTERNAL")): error[secret]: what a pattern of redact: matches (…(15 characters))",
                "\(file):\(line("no-shape")): error[secret]: the value of a key variable (…(17 characters))",
                "fixtures/support/reply.small.jsonl:2: error[secret]: a key of Anthropic (sk-ant-…(49 characters))",
                "fixtures/support/reply.small.jsonl:2: warning[personal-data]: an e-mail address (a***@c***.io)",
                "fixtures/support/reply.small.jsonl:2: warning[personal-data]: an e-mail address (a***@c***.io)",
            ])
        #expect(outcome == RecordingScan.Outcome(files: 2, secrets: 4, personalData: 3, unreadable: 0))
    }

    @Test("kinds that the project wants redacted are errors; what is redacted is fine")
    func kinds() throws {
        try write("I am ann@corp.io, [redacted:email:1]", "redacted", isDatasetRow: false)
        let (lines, outcome) = try scan(
            try Redactor(patterns: [(source: "redacted:", mark: nil)], kinds: [.email]))
        #expect(lines.count == 1 && lines[0].contains("error[secret]: an e-mail address"), "\(lines)")
        #expect(outcome.secrets == 1 && outcome.personalData == 0)
        #expect(try scan(try Redactor(patterns: [(source: "[a-z]+:", mark: nil)])).outcome.secrets == 0)
    }

    @Test("a damaged recording is looked through as well", arguments: ["yaml", "jsonl"])
    func damaged(ending: String) throws {
        try project.write("[\n{\"x\": \"\(Self.secret)\n", to: "fixtures/support/x.\(ending)")
        let (lines, _) = try scan()
        #expect(
            lines.count == 1 && lines[0].hasPrefix("fixtures/support/x.\(ending):2: error[secret]"),
            "\(lines)")
    }

    @Test("many finds of a file are counted; no folder is no find")
    func many() throws {
        #expect(try scan().outcome == RecordingScan.Outcome())
        for index in 0..<30 {
            try write("I am ann\(index)@corp.io", "yes", isDatasetRow: true, case: "row-\(index)")
        }
        let (lines, outcome) = try scan()
        #expect(outcome.personalData == 30)
        #expect(lines.count == 21)
        #expect(lines.last?.hasSuffix("warning[more-finds]: 10 more from here on") == true, "\(lines)")
    }
}
