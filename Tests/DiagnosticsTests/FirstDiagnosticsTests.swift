import Diagnostics
import Testing

@Suite("First diagnostics of a file")
struct FirstDiagnosticsTests {
    @Test(
        "past the limit they are counted at the place of the next one",
        arguments: [(0, []), (2, [1, 2]), (3, [1, 2, 3]), (9, [1, 2, 3, 4])] as [(Int, [Int])])
    func limit(count: Int, lines: [Int]) {
        var found = FirstDiagnostics(file: "a.csv", limit: 3, id: "more")
        for line in 1...9 where line <= count {
            found.add(.warning) {
                Diagnostic("x", "bad", at: SourceMark(file: "a.csv", line: line), severity: .warning)
            }
        }
        #expect(found.isEmpty == (count == 0))
        #expect(found.warnings == count && found.errors == 0)
        #expect(found.all.compactMap(\.mark?.line) == lines)
        #expect(found.all.allSatisfy { $0.severity == .warning })
        if count > 3 { #expect(found.all.last?.message == "6 more from here on") }
    }

    @Test("the count is an error when one of the uncounted is")
    func severity() {
        var found = FirstDiagnostics(file: "a.csv", limit: 1, id: "more")
        found.add(.warning) { Diagnostic("x", "bad", severity: .warning) }
        found.add(.error) { Diagnostic("x", "bad") }
        #expect(found.all.map(\.severity) == [.warning, .error])
        #expect(found.all.last?.mark == SourceMark(file: "a.csv"))
    }

    @Test("the line of a secret is not shown")
    func hidden() {
        let renderer = DiagnosticRenderer { _, _ in "the secret" }
        let shown = renderer.render(
            Diagnostic("secret", "a key", at: SourceMark(file: "a", line: 1, column: 5), showsSource: false))
        #expect(shown == "a:1:5: error[secret]: a key\n")
    }
}
