import Diagnostics
import Suites
import Testing

/// Files that are there and can't be used, which must not count as absent.
@Suite("Files that can't be used")
struct UnusableFilesTests {
    private static let files = [
        "prompts/p.prompt.yaml": "name: p\nversion: 1\nuser: hello\n",
        "evalsuites/s.suite.yaml": suite("s"),
    ]

    private static func suite(_ name: String, head: String = "suite", cases: String = "id: a") -> String {
        """
        \(head): \(name)
        prompts: [p]
        models: [echo]
        cases:
          - \(cases)
            assert: [{contains: x}]

        """
    }

    private func found(_ project: TemporaryProject, _ options: PlanOptions = PlanOptions()) -> [String] {
        project.plan(options).diagnostics.map { "\($0.mark?.file ?? "") \($0.severity.rawValue) \($0.id)" }
    }

    @Test(
        "settings, suites and prompts that can't be read",
        arguments: [
            ("evalrun.yaml", "/etc/passwd", "error path-outside-project"),
            ("evalrun.yaml", "nowhere", "error file-missing"),
            ("evalrun.yaml", "evalsuites", "error not-a-file"),
            ("evalrun.yaml", "FIFO", "error not-a-file"),
            ("evalsuites/t.suite.yaml", "/etc/passwd", "error path-outside-project"),
            ("evalsuites/t.suite.YML", "nowhere", "error file-missing"),
            ("evalsuites/t.yaml", "FIFO", "error not-a-file"),
            ("evalsuites/more", "../prompts", "warning folder-link-skipped"),
            ("evalsuites/more", "/etc", "warning folder-link-skipped"),
            ("prompts/q.prompt.yaml", "/etc/passwd", "error path-outside-project"),
            ("prompts/q.prompt.yaml", "nowhere", "error file-missing"),
            ("prompts/q.prompt.yaml", "FIFO", "error not-a-file"),
            ("evalsuites/notes.md", "nowhere", ""),
        ])
    func unreadable(path: String, target: String, expected: String) throws {
        let project = try TemporaryProject(Self.files)
        #expect(target == "FIFO" ? project.makePipe(path) : project.link(path, to: target))
        #expect(found(project) == (expected.isEmpty ? [] : ["\(path) \(expected)"]))
    }

    @Test(
        "a folder that is a link out of the project is no empty folder", arguments: ["evalsuites", "prompts"])
    func folder(name: String) throws {
        let project = try TemporaryProject(Self.files.filter { !$0.key.hasPrefix(name) })
        #expect(project.link(name, to: "/etc"))
        #expect(found(project).contains("\(name) error path-outside-project"))
    }

    @Test(
        "datasets that can't be read",
        arguments: [
            ("/etc/passwd", "path-outside-project"), ("FIFO", "not-a-file"), ("nowhere", "file-missing"),
            ("../prompts", "not-a-file"),
        ])
    func dataset(target: String, expected: String) throws {
        let project = try TemporaryProject(Self.files)
        try project.write("evalsuites/s.suite.yaml", Self.suite("s", cases: "dataset: ../data/rows.csv"))
        try project.write("data/keep", "")
        #expect(
            target == "FIFO" ? project.makePipe("data/rows.csv") : project.link("data/rows.csv", to: target))
        #expect(found(project) == ["evalsuites/s.suite.yaml error \(expected)"])
    }

    @Test("extensions in upper case are those of YAML", arguments: ["t.suite.YAML", "t.Suite.Yml", "t.YML"])
    func upperCase(name: String) throws {
        let project = try TemporaryProject(Self.files)
        try project.write("evalsuites/\(name)", Self.suite("t"))
        #expect(project.load().workspace.suiteCount == 2)
    }

    @Test("a file with cases that is not taken as a suite is told of")
    func suspect() throws {
        let project = try TemporaryProject(Self.files)
        try project.write("evalsuites/t.yaml", Self.suite("t", head: "suit"))
        #expect(found(project) == ["evalsuites/t.yaml warning not-a-suite"])
        #expect(project.mistakes().contains("did you mean 'suite'?"))
        try project.write("evalsuites/t.yaml", "rows: [{a: b}]\n")
        #expect(found(project).isEmpty)
    }

    @Test(
        "a tag that no case has is told of, also beside one that fits",
        arguments: [(["zz"], 1), (["smoke", "smoky"], 1), (["smoke"], 0)])
    func tags(tags: [String], mistakes: Int) throws {
        let project = try TemporaryProject(Self.files)
        try project.write("evalsuites/s.suite.yaml", Self.suite("s", cases: "id: a\n    tags: [smoke]"))
        var options = PlanOptions()
        options.tags = tags
        let found = project.plan(options)
        #expect(found.diagnostics.map(\.id) == Array(repeating: "unknown-tag", count: mistakes))
        #expect((found.plan == nil) == (mistakes > 0))
        if tags.count == 2 { #expect(found.diagnostics.first?.hint == "did you mean --tag 'smoke'?") }
    }

    @Test("of the mistakes in a large file, some are shown")
    func manyMistakes() throws {
        let project = try TemporaryProject(Self.files)
        let keys = (0..<20_000).map { "key\($0): \($0)\n" }.joined()
        try project.write("prompts/p.prompt.yaml", "name: p\nversion: 1\nuser: hello\n" + keys)
        let (_, diagnostics) = project.load()
        #expect(diagnostics.count == 201)
        #expect(diagnostics.first?.id == "more-mistakes" && diagnostics.first?.severity == .error)
        #expect(diagnostics.dropFirst().allSatisfy { $0.id == "unknown-key" })
    }

    @Test("a suite whose models are advisory can fail by answers that it brings along")
    func advisory() throws {
        let project = try TemporaryProject(Self.files)
        let suite = Self.suite("s", cases: "id: a\n    response: x").replacing(
            "[echo]", with: "[{model: echo, advisory: true}]")
        try project.write("evalsuites/s.suite.yaml", suite)
        #expect(found(project).isEmpty)
        try project.write("evalsuites/s.suite.yaml", suite.replacing("    response: x\n", with: ""))
        #expect(found(project) == ["evalsuites/s.suite.yaml error only-advisory"])
    }

    @Test("an empty dataset is a mistake of each suite")
    func emptyDatasets() throws {
        var files = Self.files
        files["data/rows.csv"] = "id\n"
        files["data/rows.jsonl"] = "\n"
        files["data/rows.json"] = "[]"
        files["data/rows.yaml"] = "[]\n"
        for (index, format) in ["csv", "jsonl", "json", "yaml"].enumerated() {
            files["evalsuites/s\(index).suite.yaml"] = Self.suite(
                "s\(index)", cases: "dataset: ../data/rows.\(format)")
        }
        files["evalsuites/s.suite.yaml"] = nil
        let found = try TemporaryProject(files).plan()
        #expect(found.plan == nil)
        #expect(found.diagnostics.map(\.id) == Array(repeating: "empty-dataset", count: 4))
    }
}
