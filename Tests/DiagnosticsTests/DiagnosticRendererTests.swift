import Diagnostics
import Testing

@Suite("Showing diagnostics")
struct DiagnosticRendererTests {
    @Test("place, message, source line, caret and hint are shown")
    func rendersAll() {
        let renderer = DiagnosticRenderer { _, line in line == 2 ? "  contians: x" : nil }
        let diagnostic = Diagnostic(
            "unknown-key", "unknown key 'contians'", at: SourceMark(file: "a.yaml", line: 2, column: 3),
            hint: "did you mean 'contains'?")
        #expect(
            renderer.render(diagnostic) == """
                a.yaml:2:3: error[unknown-key]: unknown key 'contians'
                 2 |   contians: x
                   |   ^
                  hint: did you mean 'contains'?

                """)
    }

    @Test("a column past the end of the line and control characters do no harm")
    func bearsOddPlaces() {
        let renderer = DiagnosticRenderer { _, _ in "a\u{1b}[31m" }
        let text = renderer.render(
            Diagnostic("x", "bad\u{7}", at: SourceMark(file: "a", line: 9, column: 99)))
        #expect(!text.unicodeScalars.contains("\u{1b}"))
        #expect(!text.unicodeScalars.contains("\u{7}"))
    }

    @Test(
        "the nearest name is suggested",
        arguments: [
            ("contians", "contains"), ("promt", "prompt"), ("top-p", "top_p"), ("zzz", nil), ("x", nil),
        ])
    func suggests(name: String, expected: String?) {
        #expect(Spelling.nearest(to: name, among: ["contains", "prompt", "top_p", "models"]) == expected)
    }

    @Test("a bag drops repeats and sorts by place")
    func sorts() {
        var bag = DiagnosticBag()
        bag.add(Diagnostic("b", "second", at: SourceMark(file: "a", line: 3, column: 1)))
        bag.add(Diagnostic("a", "first", at: SourceMark(file: "a", line: 1, column: 1)).asWarning)
        bag.add(Diagnostic("a", "first", at: SourceMark(file: "a", line: 1, column: 1)).asWarning)
        #expect(bag.sorted.map(\.message) == ["first", "second"])
        #expect(bag.hasErrors)
    }
}
