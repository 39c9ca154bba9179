import Diagnostics
import Templates
import Testing

/// Partials held in memory.
private struct MemoryLoader: PartialLoader {
    let files: [String: String]

    func load(_ path: String, from including: String) throws(DiagnosticError) -> (
        name: String, source: String
    ) {
        guard let source = files[path] else {
            throw DiagnosticError(Diagnostic("file-missing", "no file '\(path)'"))
        }
        return (path, source)
    }
}

@Suite("Included files")
struct IncludeTests {
    private let loader = MemoryLoader(files: [
        "tone.md": "Be {{ tone }}.{% set inner = 1 %}\n", "loop.md": "a {% include 'loop2.md' %}",
        "loop2.md": "{% include 'loop.md' %}", "twice.md": "{% include 'tone.md' %}{% include 'tone.md' %}",
        "bad.md": "\n {{ x | nope }}", "undefined.md": "{{ missing }}",
    ])

    @Test("an included file sees all variables and gives none back")
    func includes() throws {
        let source = "{% set tone = 'kind' %}{% include 'twice.md' %}{{ inner is defined }}"
        let template = try Template(source, name: "p", loader: loader)
        #expect(try template.render(TemplateContext()) == "Be kind.\nBe kind.\nfalse")
        #expect(template.freeVariables.map(\.name) == ["inner"])
        #expect(
            try Template("{% include 'twice.md' %}", name: "p", loader: loader).freeVariables.first?.mark.file
                == "tone.md")
    }

    @Test(
        "mistakes with included files",
        arguments: [
            ("{% include 'loop.md' %}", "include-cycle", "loop2.md:1:12"),
            ("{% include 'none.md' %}", "file-missing", "p:1:12"),
            ("{% include 'bad.md' %}", "unknown-filter", "bad.md:2:9"),
            ("{% include 'undefined.md' %}", "template-undefined", "undefined.md:1:4"),
        ])
    func mistakes(source: String, id: String, mark: String) throws {
        do {
            _ = try Template(source, name: "p", loader: loader).render(TemplateContext())
            Issue.record("must fail")
        } catch {
            let diagnostic =
                (error as? DiagnosticError)?.diagnostics.first ?? (error as? TemplateError)?.diagnostic
            #expect(diagnostic?.id == id)
            #expect(diagnostic?.mark?.description == mark)
        }
    }
}
