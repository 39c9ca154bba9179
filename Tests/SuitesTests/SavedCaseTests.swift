import Assertions
import Diagnostics
import Evals
import Files
import JSON
import Testing
import YAML

@testable import Suites

@Suite("A case that a try is kept as")
struct SavedCaseTests {
    private static let head = "suite: s\nprompts: [p]\nmodels: [echo]\n"

    @Test(
        "goes below the others in the file's own indentation, and nothing else changes",
        arguments: [
            ("cases:\n  - id: a\n    x: 1\n", "cases:\n  - id: a\n    x: 1\n  - id: new\n"),
            ("cases:\n- id: a\n  x: 1\ngates: []\n", "cases:\n- id: a\n  x: 1\n- id: new\ngates: []\n"),
            ("cases:\n    - {id: a}   # one\n", "cases:\n    - {id: a}   # one\n    - id: new\n"),
            ("cases:\n  - id: a", "cases:\n  - id: a\n  - id: new\n"),
            // Comments below the list stay below, those of the case stay in it, empty lines separate as before.
            (
                "cases:\n  - id: a\n\n  # second\n  - id: b\n    # end of b\n\n# gates\ngates: []\n",
                "cases:\n  - id: a\n\n  # second\n  - id: b\n    # end of b\n\n  - id: new\n\n# gates\ngates: []\n"
            ),
            (
                "cases:\n  - id: a\n    t: |\n      # no comment\n\n      end\n\n\n",
                "cases:\n  - id: a\n    t: |\n      # no comment\n\n      end\n  - id: new\n\n\n"
            ),
            ("cases:\r\n  - id: a\r\n", "cases:\r\n  - id: a\r\n  - id: new\r\n"),
            ("cases:\n  -   id: a\n      x: 1\n...\n", "cases:\n  -   id: a\n      x: 1\n  - id: new\n...\n"),
            ("cases: [{id: a}]\n", nil), ("cases:\n  -\n    id: a\n", nil), ("cases: []\n", nil),
            ("cases:\n", nil), ("other: 1\n", nil),
        ] as [(String, String?)])
    func place(text: String, expected: String?) throws {
        let root = try #require(YAMLReader.parse(Array(text.utf8), file: "s").root)
        let end = CaseListEnd(in: Array(text.utf8), root: root)
        #expect(end.map { String(decoding: $0.inserting("- id: new\n"), as: UTF8.self) } == expected)
    }

    @Test(
        "texts mean themselves, whatever templates make of them",
        arguments: [
            "plain", "a {{ b }} c", "{% if %}", "{# no #}", "{{", "\n{{ x }}\n", "{% endraw %}", "}}",
        ])
    func literal(text: String) throws {
        guard let literal = SavedCase.literal(text) else {
            #expect(text.contains("endraw"))
            return
        }
        #expect(literal == text || literal == "{% raw %}\(text){% endraw %}")
    }

    @Test(
        "paths are written from the suite",
        arguments: [
            ("t.txt", "evalsuites/s.yaml", "../t.txt"), ("evalsuites/t.txt", "evalsuites/s.yaml", "t.txt"),
            ("evalsuites/a/t.txt", "evalsuites/b/s.yaml", "../a/t.txt"), ("a/t.txt", "s.yaml", "a/t.txt"),
        ])
    func path(path: String, from: String, expected: String) throws {
        let path = try #require(ProjectPath(path))
        let from = try #require(ProjectPath(from))
        #expect(SavedCase.path(to: path, from: from) == expected)
        #expect(from.folder.appending(expected) == path)
    }

    private static let prompt = "name: p\nversion: 1\nuser: \"{{ q }} {{ n | default(1) }}\"\n"

    private func add(
        _ files: [String: String], give: (inout TryValues) throws -> Void = { $0.give("q", text: "why?") },
        id: String = "new", expected: [String] = ["because"], to target: Workspace.Target? = nil,
        source: TriedPrompt.Source = .reference("p"), models: [String]? = nil
    ) throws -> (project: TemporaryProject, addition: CaseAddition) {
        let project = try TemporaryProject(["prompts/p.prompt.yaml": Self.prompt].merging(files) { $1 })
        let (tried, diagnostics) = TriedPrompt.load(source, root: project.root, catalog: .standard)
        let prompt = try #require(tried, "\(diagnostics)")
        var values = TryValues(for: prompt)
        try give(&values)
        try #require(values.diagnostics.isEmpty)
        let addition = try CaseAddition(
            SavedCase(id: id, values: values, expected: expected), of: prompt, to: target, models: models,
            today: TemporaryProject.today)
        return (project, addition)
    }

    @Test("a new suite is written whole, and runs")
    func newSuite() throws {
        let (project, addition) = try add(
            ["t.txt": "a long text\n"],
            give: {
                $0.give("q", fileAt: ProjectPath(known: "t.txt"))
                $0.give("n", text: "12")
            }, id: "it's new", expected: ["{{ 12 }}", "yes"], models: ["echo"])
        #expect(addition.isNew && addition.path.text == "evalsuites/p.suite.yaml")
        try addition.write(in: project.root)
        #expect(
            String(decoding: addition.bytes, as: UTF8.self) == """
                suite: p
                prompts: [p]
                models: [echo]
                cases:
                  - id: it's new
                    vars: {q: {file: "../t.txt"}, "n": "12"}
                    assert:
                      - contains: "{% raw %}{{ 12 }}{% endraw %}"
                      - contains: "yes"

                """)
        let cases = try project.cases()
        #expect(cases.map(\.id) == ["it's new"])
        #expect(cases.first?.variables == ["q": "a long text\n", "n": "12"])
    }

    @Test("the only suite that uses the prompt gets the case; the others are no matter")
    func onlySuite() throws {
        let suite = Self.head + "cases:\n  # first\n  - {id: a, vars: {q: 1}, assert: [equals: x]}\n"
        let (project, addition) = try add([
            "evalsuites/s.suite.yaml": suite,
            "evalsuites/other.suite.yaml": "suite: o\nprompts: [nobody]\ncases: [",
            "prompts/bad.prompt.yaml": "name: bad\n",
        ])
        #expect(!addition.isNew && addition.path.text == "evalsuites/s.suite.yaml")
        #expect(
            String(decoding: addition.bytes, as: UTF8.self) == suite
                + "  - id: new\n    vars: {q: \"why?\"}\n    assert:\n      - contains: because\n")
        try project.write("evalsuites/s.suite.yaml", suite + "# changed\n")
        #expect(throws: DiagnosticError.self) { try addition.write(in: project.root) }
    }

    @Test("a case of a suite with other prompts is for this prompt alone, and checks its schema")
    func onlyPrompt() throws {
        let (project, addition) = try add(
            [
                "prompts/p.prompt.yaml": Self.prompt + "output_schema: {type: string}\n",
                "prompts/r.prompt.yaml": "name: r\nuser: \"{{ other }}\"\n",
                "evalsuites/s.suite.yaml":
                    "suite: s\nprompts: [p, r]\nmodels: [echo]\ncases:\n  - {id: a, vars: {q: 1, other: 2}, assert: [equals: x]}\n",
            ], expected: [])
        #expect(
            String(decoding: addition.bytes, as: UTF8.self).hasSuffix(
                "  - id: new\n    vars: {q: \"why?\"}\n    only: {prompts: [p]}\n    assert:\n      - schema: prompt\n"
            ))
        try addition.write(in: project.root)
        #expect(try project.cases().last?.trials.map(\.prompt) == ["p"])
    }

    @Test("what is no variable of the case is a key of it, and a template that means itself")
    func keys() throws {
        let (project, addition) = try add(
            ["prompts/p.prompt.yaml": "name: p\nsystem: \"{{ context }}\"\n"],
            give: {
                $0.give("context", text: "{{ raw }}")
                $0.give("input", text: "hello\n{% there %}\n")
            }, models: ["echo"])
        try addition.write(in: project.root)
        let planned = try #require(try project.cases().first)
        #expect(planned.context == ["{{ raw }}"])
        let messages = try planned.trials.first?.request.get().messages.map(\.text)
        #expect(messages == ["{{ raw }}", "hello\n{% there %}\n"])
    }

    private static let one = head + "cases:\n  - {id: a, vars: {q: 1}, assert: [equals: x]}\n"

    @Test(
        "what would not load is refused, and nothing is written",
        arguments: [
            (
                "duplicate-id", "new", nil,
                ["evalsuites/s.suite.yaml": one.replacing("id: a", with: "id: new")]
            ),
            (
                "duplicate-id", "m[x=1]", nil,
                [
                    "evalsuites/s.suite.yaml": one.replacing("id: a", with: "id: m, matrix: {x: [1]}")
                ]
            ),
            ("bad-id", "", nil, [:]), ("bad-id", "a\u{7}", nil, [:]),
            (
                "several-suites", "new", nil,
                [
                    "evalsuites/s.suite.yaml": one,
                    "evalsuites/t.suite.yaml": one.replacing("suite: s", with: "suite: t"),
                ]
            ),
            ("unknown-suite", "new", .name("s2"), ["evalsuites/s.suite.yaml": one]),
            (
                "prompt-not-used", "new", .path(ProjectPath(known: "evalsuites/o.suite.yaml")),
                ["evalsuites/o.suite.yaml": one.replacing("prompts: [p]", with: "prompts: [r]")]
            ),
            (
                "no-place", "new", nil,
                ["evalsuites/s.suite.yaml": head + "cases: [{id: a, vars: {q: 1}, assert: [equals: x]}]\n"]
            ),
            (
                "duplicate-suite", "new", .path(ProjectPath(known: "evalsuites/s.suite.yaml")),
                ["evalsuites/other.yaml": one.replacing("prompts: [p]", with: "prompts: [r]")]
            ),
            ("unknown-key", "new", nil, ["evalsuites/s.suite.yaml": one + "    \nkases: 1\n"]),
            ("no-model", "new", .path(ProjectPath(known: "evalsuites/none.suite.yaml")), [:]),
            ("bad-suite", "new", .path(ProjectPath(known: "evalsuites/none.txt")), [:]),
        ] as [(String, String, Workspace.Target?, [String: String])])
    func refused(mistake: String, id: String, target: Workspace.Target?, files: [String: String]) throws {
        let error = #expect(throws: DiagnosticError.self) {
            _ = try add(files, id: id, to: target)
        }
        #expect(error?.diagnostics.map(\.id).contains(mistake) == true, "\(String(describing: error))")
    }

    @Test("a prompt outside prompts/ has no suite, and a case needs an expectation")
    func outside() throws {
        let draft = ["drafts/d.yaml": "name: d\nuser: \"{{ q }}\"\n"]
        let source = TriedPrompt.Source.file(ProjectPath(known: "drafts/d.yaml"))
        let outside = #expect(throws: DiagnosticError.self) { _ = try add(draft, source: source) }
        #expect(outside?.diagnostics.map(\.id) == ["not-in-library"])
        let empty = #expect(throws: DiagnosticError.self) {
            _ = try add(["evalsuites/s.suite.yaml": Self.one], expected: [])
        }
        #expect(empty?.diagnostics.first?.id == "no-assertion")
        #expect(empty?.diagnostics.last?.id == "case-not-saved")
    }
}
