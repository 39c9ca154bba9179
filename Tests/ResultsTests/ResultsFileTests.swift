import Diagnostics
import Evals
import Files
import JSON
import Results
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite("Reading results back")
struct ResultsFileTests {
    private static func execution(_ caseID: String, _ status: Execution.Status, sample: Int = 1) -> Execution
    {
        var execution = Execution(
            suite: "s", caseID: caseID, prompt: "p", version: "1", model: "small", sample: sample,
            mark: SourceMark(file: "s.yaml", line: 3))
        execution.status = status
        if status == .errored { execution.error = EvaluationError(.timeout, "no answer [\"}]") }
        execution.answer = Answer(reply: Reply(content: "{\"a\": [1, \"\\\\\"]}\n{"), source: .live)
        return execution
    }

    private static let executions = [
        execution("a", .passed), execution("b \"q\" \\ ] }", .failed), execution("c", .errored),
        execution("d", .skipped), execution("b2", .failed, sample: 3),
    ]

    private static let run = """
        {"id": "r1", "started_at": "2026-11-21T10:00:00Z", "evalrun_version": "0.1.0", \
        "git": {"commit": "abc", "dirty": true}, "mode": "live", "plan_sha256": "x", "new": 1}
        """
    private static let summary = #"{"executions": 6, "passed": 1, "exit_code": 1, "verdict": "failed"}"#

    private static func text(
        version: String = "\"evalrun_results\": 1", executions: [Execution] = executions
    ) -> String {
        let list = executions.map { "\n  " + String(decoding: ExecutionJSON().encode($0), as: UTF8.self) }
        return """
            {\(version),
             "run": \(run),
             "summary": \(summary),
             "gates": [
              {"suite": "s"}],
             "executions": [\(list.joined(separator: ","))]}

            """
    }

    private func reading<Value>(
        _ text: String, _ body: (ByteStream) throws(DiagnosticError) -> Value
    ) throws -> Value {
        var template = Array("/tmp/evalrun-results-XXXXXX".utf8CString)
        let raw = mkstemp(&template)
        try #require(raw >= 0)
        close(raw)
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { unlink(path) }
        try WholeFile.write(Array(text.utf8), to: path, isDurable: false)
        return try body(try ByteStream(openingAbsolute: path))
    }

    private func mistake(_ text: String) throws -> Diagnostic? {
        do {
            _ = try reading(text) { (stream) throws(DiagnosticError) in try FailedExecutions(stream) }
            return nil
        } catch let error as DiagnosticError {
            return error.diagnostics.first
        }
    }

    @Test("executions and the rest come back, however the file is laid out", arguments: [0, 1, 2])
    func reading(layout: Int) throws {
        var text = Self.text()
        if layout > 0 {
            let value = try JSONParser().parse(text)
            text = (layout == 1 ? JSONWriter.compact : .pretty).text(of: value)
        }
        var found: [Execution] = []
        let head = try reading(text) { (stream) throws(DiagnosticError) in
            try ResultsFile(stream).read { found.append($0) }
        }
        #expect(found == Self.executions)
        #expect(
            head.header
                == RunHeader(
                    id: "r1", startedAt: "2026-11-21T10:00:00Z", evalrunVersion: "0.1.0", commit: "abc",
                    isDirty: true, mode: "live", planSHA256: "x", executions: 6))
        #expect(head.exitStatus == .gateFailed && head.gates.count == 1)
        #expect(head.summary["verdict"]?.string == "failed")
    }

    @Test("what failed or errored is told by its address, and how many have no result")
    func failures() throws {
        let failed = try reading(Self.text()) { (stream) throws(DiagnosticError) in
            try FailedExecutions(stream)
        }
        #expect(
            failed.addresses.sorted().map(\.description) == [
                "s › b \"q\" \\ ] } [p · small]", "s › b2 [p · small] #3", "s › c [p · small]",
            ])
        #expect(failed.withoutResult == 1 && failed.exitStatus == .gateFailed)
        let none = try reading(Self.text(executions: [Self.executions[0]])) {
            (stream) throws(DiagnosticError) in try FailedExecutions(stream)
        }
        #expect(none.addresses.isEmpty && none.withoutResult == 5)
    }

    @Test("a file cut at any byte is never read as whole")
    func cuts() throws {
        let text = Self.text(executions: [Self.executions[1]])
        let bytes = Array(text.utf8)
        for cut in 0..<(bytes.count - 2) where cut % 3 == 0 || bytes.count - cut < 20 {
            let found = try mistake(String(decoding: bytes[..<cut], as: UTF8.self))
            #expect(found?.id == (cut < 22 ? "results-format" : "results-damaged"), "cut at \(cut)")
        }
    }

    @Test(
        "what is no results or damaged is told with its line",
        arguments: [
            ("<testsuites/>", "results-format", 0), ("", "results-format", 0), ("[]", "results-format", 0),
            ("{}", "results-format", 0), ("{\"suite\": \"s\"}\n{\"suite\": \"s\"}\n", "results-format", 0),
            (text(version: "\"evalrun_results\": 2"), "results-format", 0),
            (text(version: "\"other\": 1"), "results-format", 0),
            (text() + "x", "results-damaged", 12), (text() + "{}", "results-damaged", 12),
            (text().replacing("\"sample\":3", with: "\"sample\":0"), "results-damaged", 11),
            (text().replacing("\"failed\",\"outcome\"", with: "\"odd\",\"outcome\""), "results-damaged", 8),
            (text().replacing("\"exit_code\": 1", with: "\"exit_code\": 99"), "results-damaged", 12),
            (text().replacing("\"passed\": 1,", with: "\"passed\" 1,"), "results-damaged", 3),
            (text().replacing("\"run\"", with: "\"summary\""), "results-damaged", 3),
            (text().replacing("\"run\"", with: "\"walk\""), "results-damaged", 12),
            (text().replacing("\"executions\": [", with: "\"executions_\": ["), "results-damaged", 12),
            (
                text().replacing("\"executions\": [", with: "\"executions\": 1, \"e\": ["), "results-damaged",
                12
            ),
            (text().replacing("\"executions\": [", with: "\"executions\": [,"), "results-damaged", 6),
            (text().replacing("}]}\n", with: "},]}\n"), "results-damaged", 11),
        ])
    func damage(text: String, id: String, line: Int) throws {
        let found = try mistake(text)
        #expect(found?.id == id)
        #expect(found?.mark?.line == line)
        #expect(found?.hint != nil)
    }
}
