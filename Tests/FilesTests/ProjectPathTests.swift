import Diagnostics
import Files
import Testing

@Suite struct ProjectPathTests {
    @Test(
        "paths are normalized, or refused",
        arguments: [
            ("a/b", "a/b"), ("./a//b/", "a/b"), ("a/../b", "b"), ("", ""), (".", ""), ("a/..", ""),
            ("é/ü", "é/ü"),
            ("..", nil), ("a/../../b", nil), ("/a", nil), ("a\0b", nil),
        ] as [(String, String?)])
    func normalized(text: String, expected: String?) {
        #expect(ProjectPath(text)?.text == expected)
    }

    @Test(
        "a path is relative to the file that names it",
        arguments: [
            ("x.md", "p/x.md"), ("../x.md", "x.md"), ("./q/x.md", "p/q/x.md"),
        ])
    func resolved(written: String, expected: String) throws {
        let file = try #require(ProjectPath("p/f.yaml"))
        #expect(try ProjectRoot.resolve(written, from: file).text == expected)
    }

    @Test(
        "a path that leads out is a diagnostic",
        arguments: [
            ("/etc/passwd", "path-absolute"), ("../../x", "path-outside-project"),
            ("a\0", "path-outside-project"),
            ("", "path-empty"),
        ])
    func refused(written: String, id: String) throws {
        let file = try #require(ProjectPath("p/f.yaml"))
        let mark = SourceMark(file: "p/f.yaml", line: 3, column: 4)
        let error = #expect(throws: DiagnosticError.self) {
            try ProjectRoot.resolve(written, from: file, at: mark)
        }
        #expect(error?.diagnostics.map(\.id) == [id])
        #expect(error?.diagnostics.first?.mark == mark)
    }

    @Test("paths are equal and ordered by bytes")
    func order() throws {
        let composed = try #require(ProjectPath("\u{E9}"))
        let decomposed = try #require(ProjectPath("e\u{301}"))
        #expect(composed != decomposed)
        #expect(Set([composed, decomposed]).count == 2)
        #expect(try #require(ProjectPath("B")) < #require(ProjectPath("a")))
        #expect(try #require(ProjectPath("a/b")).contains(#require(ProjectPath("a/b/c"))))
        #expect(try !#require(ProjectPath("a/b")).contains(#require(ProjectPath("a/bc"))))
    }
}
