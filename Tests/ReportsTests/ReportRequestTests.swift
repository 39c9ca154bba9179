import Diagnostics
import Reports
import Testing

@Suite("Report request") struct ReportRequestTests {
    @Test(
        "reads KIND and KIND=PATH",
        arguments: [
            ("junit", ReportRequest(kind: .junit)),
            ("junit=a.xml", ReportRequest(kind: .junit, path: "a.xml")),
            ("json=a=b.json", ReportRequest(kind: .json, path: "a=b.json")),
            ("junit-strict=x/y", ReportRequest(kind: .junitStrict, path: "x/y")),
            ("terminal", ReportRequest(kind: .terminal)),
        ])
    func valid(_ text: String, _ expected: ReportRequest) throws {
        #expect(try ReportRequest(parsing: text) == expected)
    }

    @Test(
        "says what is wrong with a request",
        arguments: [
            ("jnuit", "unknown report 'jnuit'", "did you mean 'junit'?"),
            ("zzzzzzzz", "unknown report 'zzzzzzzz'", "available now: terminal, junit, junit-strict, json"),
            ("", "unknown report ''", "available now: terminal, junit, junit-strict, json"),
            (
                "sarif=x", "the report 'sarif' is not available yet",
                "available now: terminal, junit, junit-strict, json"
            ),
            (
                "json=", "the report 'json' has an empty path after '='",
                "write json=PATH for a file, or json for standard output"
            ),
        ])
    func invalid(_ text: String, _ message: String, _ hint: String) {
        let error = #expect(throws: DiagnosticError.self) { try ReportRequest(parsing: text) }
        #expect(error?.diagnostics.first?.message == message)
        #expect(error?.diagnostics.first?.hint == hint)
    }

    @Test("finds all mistakes of a command line, and two reports for one place")
    func several() {
        let error = #expect(throws: DiagnosticError.self) {
            try ReportRequest.parse(["json", "junit", "html=x", "junit=a", "json=a"])
        }
        #expect(
            error?.diagnostics.map(\.message) == [
                "two reports would be written to standard output", "the report 'html' is not available yet",
                "two reports would be written to 'a'",
            ])
    }
}
