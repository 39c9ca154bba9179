import Assertions
import Diagnostics
import Files
import JSON
import Testing

@testable import Suites

@Suite("A prompt tried without a suite")
struct TryTests {
    private static let prompt = """
        name: p
        version: 2
        user: "{{ text }} {{ n }} {{ mood | default('calm') }}"
        inputs:
          text: {type: string, description: What is said.}
          n: {type: integer, minimum: 1, maximum: 9}
          mood: {type: string, enum: [calm, glad]}
          flag: {type: boolean}
          list: {type: [array, "null"]}
          any: {}

        """

    private func tried(
        _ source: TriedPrompt.Source = .reference("p"), _ files: [String: String] = [:]
    ) throws -> TriedPrompt {
        try project(source, files).tried
    }

    private func project(
        _ source: TriedPrompt.Source, _ files: [String: String]
    ) throws -> (project: TemporaryProject, tried: TriedPrompt) {
        let project = try TemporaryProject(["prompts/p.prompt.yaml": Self.prompt].merging(files) { $1 })
        let (tried, diagnostics) = TriedPrompt.load(source, root: project.root, catalog: .standard)
        return (project, try #require(tried, "\(diagnostics)"))
    }

    @Test("variables are those that are used, then those that are declared")
    func variables() throws {
        let variables = try tried().variables
        #expect(variables.map(\.name) == ["text", "n", "mood", "flag", "list", "any"])
        #expect(variables.map(\.isNeeded) == [true, true, false, false, false, false])
        #expect(
            variables.map(\.typeText) == ["text", "integer", "text", "boolean", "array or null", "text"])
        #expect(variables.first?.declaration?.description == "What is said.")
        let bare = try tried(
            .reference("q"), ["prompts/q.prompt.yaml": "name: q\nsystem: \"{{ a }} {{ input }}\"\n"])
        #expect(bare.variables.map(\.name) == ["a", "input"])
        #expect(bare.variables.allSatisfy { $0.isNeeded && $0.declaration == nil })
    }

    @Test(
        "a text becomes a value of the declared type, or a mistake",
        arguments: [
            ("text", "12", .string("12")), ("text", "", .string("")), ("text", "{{ x }}", .string("{{ x }}")),
            ("n", "3", .integer(3)), ("n", "3.0", .number(JSONNumber(3))), ("n", "3.5", nil), ("n", "x", nil),
            ("n", "", nil), ("n", "10", nil),
            ("n", "\"3\"", nil), ("mood", "glad", .string("glad")), ("mood", "sad", nil),
            ("flag", "true", .bool(true)), ("flag", "yes", nil), ("list", "[1, \"a\"]", [1, "a"]),
            ("list", "", .null), ("list", "{}", nil), ("list", "[1", nil), ("any", "[1]", .string("[1]")),
            ("nn", "3", nil), ("input", "x", nil),
        ] as [(String, String, JSONValue?)])
    func typed(name: String, text: String, expected: JSONValue?) throws {
        var values = TryValues(for: try tried())
        values.give(name, text: text)
        #expect(values.values[name] == expected)
        #expect(values.diagnostics.isEmpty == (expected != nil), "\(values.diagnostics)")
    }

    @Test("what is given by itself wins over a file of values, whatever comes first; twice is a mistake")
    func files() throws {
        let (project, tried) = try project(
            .reference("p"),
            [
                "v.yaml": "text: from the file\nn: 4\n", "w.json": #"{"tekst": 1, "n": "4"}"#,
                "t.txt": "long\n",
                "l.yaml": "- 1\n",
            ])
        var values = TryValues(for: tried)
        values.giveAll(inFileAt: try #require(ProjectPath("v.yaml")))
        values.give("text", fileAt: try #require(ProjectPath("t.txt")))
        #expect(values.values == ["text": "long\n", "n": 4])
        #expect(values.files.map(\.key) == ["text"] && values.missing.isEmpty && values.diagnostics.isEmpty)
        values.give("text", text: "again")
        #expect(values.diagnostics.map(\.id) == ["duplicate-value"])
        for (file, ids) in [
            ("w.json", ["unknown-variable", "bad-input"]), ("l.yaml", ["wrong-type"]),
            ("no.yaml", ["file-missing"]),
        ] {
            var values = TryValues(for: tried)
            values.giveAll(inFileAt: try #require(ProjectPath(file)))
            #expect(values.diagnostics.map(\.id) == ids)
        }
        var missing = TryValues(for: tried)
        missing.give("text", fileAt: try #require(ProjectPath("no.txt")))
        #expect(missing.diagnostics.map(\.id) == ["file-missing"])
        #expect(missing.missing.map(\.name) == ["n"])
        withExtendedLifetime(project) {}
    }

    @Test(
        "a prompt is found by reference or file, in or out of prompts/",
        arguments: [
            (.reference("p"), "p", true), (.reference("p@2"), "p@2", true), (.reference("p@1"), "p@1", true),
            (.file(ProjectPath(known: "prompts/p.prompt.yaml")), "p", true),
            (.file(ProjectPath(known: "prompts/old.prompt.yaml")), "p@1", true),
            (.file(ProjectPath(known: "drafts/d.yaml")), "d", false), (.reference("p@all"), nil, false),
            (.reference("q"), nil, false), (.reference("a b"), nil, false), (.reference("p@7"), nil, false),
            (.file(ProjectPath(known: "evalsuites/s.yaml")), nil, false),
            (.file(ProjectPath(known: "drafts/none.yaml")), nil, false),
            (.file(ProjectPath(known: "drafts")), nil, false),
            (.file(ProjectPath(known: "drafts/broken.yaml")), nil, false),
        ] as [(TriedPrompt.Source, String?, Bool)])
    func found(source: TriedPrompt.Source, label: String?, isInLibrary: Bool) throws {
        let project = try TemporaryProject([
            "prompts/p.prompt.yaml": Self.prompt,
            "prompts/old.prompt.yaml": "name: p\nversion: 1\nuser: hi\n",
            // A mistake elsewhere is nobody's concern.
            "prompts/bad.prompt.yaml": "name: [", "drafts/d.yaml": "name: d\nuser: hi\n",
            "drafts/broken.yaml": "name: d\nuser: \"{{ x\"\n",
            "evalsuites/s.yaml": "suite: s\nprompts: [p]\ncases: []\n",
        ])
        let (tried, diagnostics) = TriedPrompt.load(source, root: project.root, catalog: .standard)
        #expect(tried?.label == label, "\(diagnostics)")
        #expect(tried.map(\.isInLibrary) ?? false == isInLibrary)
        #expect(diagnostics.contains { $0.severity == .error } == (label == nil), "\(diagnostics)")
    }

    @Test(
        "models are those of the command, else the prompt's, else the project's",
        arguments: [
            (["echo", "echo", "openai/m"], "model: echo\n", ["echo", "openai/m"]),
            ([], "model: openai/own\n", ["openai/own"]), ([], "", ["small"]), (["nobody"], "", []),
            ([], "model: nobody\n", []), (["given"], "", []), (["nobody/x"], "", []),
        ] as [([String], String, [String])])
    func models(command: [String], own: String, expected: [String]) throws {
        let tried = try tried(
            .reference("m"),
            [
                "evalrun.yaml":
                    "models: {small: {provider: openai, model: m}}\ndefaults: {models: [small]}\n",
                "prompts/m.prompt.yaml": "name: m\nuser: hi\n" + own,
            ])
        #expect(tried.modelMistakes(command).isEmpty == !expected.isEmpty)
        guard !expected.isEmpty else { return }
        let (workspace, options) = try tried.workspace(
            TryValues(for: tried), models: command, samples: 2, expecting: [])
        let planned = workspace.plan(options)
        #expect(planned.diagnostics.isEmpty)
        #expect(planned.plan?.groups.map(\.model) == expected)
        #expect(planned.plan?.executions == 2 * expected.count)
    }

    @Test("nothing that names a model is a mistake that says where to write one")
    func noModel() throws {
        let mistakes = try tried().modelMistakes([])
        #expect(mistakes.map(\.id) == ["no-model"])
        #expect(mistakes.first?.hint?.contains("-m openai/gpt-5-mini") == true)
    }

    @Test("keys and personal data in values are found, those of files by the files")
    func sensitive() throws {
        let (project, tried) = try project(.reference("p"), ["t.txt": "bob@corp.io\n"])
        var values = TryValues(for: tried)
        values.give("text", text: "I am ann@corp.io, key sk-ant-api03-abcdefgh-ABCDEFGH_1234")
        values.give("n", text: "3")
        values.give("any", fileAt: try #require(ProjectPath("t.txt")))
        let finds = tried.sensitiveFinds(in: values, secrets: [])
        #expect(finds.secrets == 1 && finds.personalData == 1)
        #expect(finds.diagnostics.allSatisfy { $0.message.hasPrefix("the value of 'text' holds ") })
        #expect(
            finds.refusal.last?.message.contains("the files and values hold 1 secret and 1 piece") == true)
        let (workspace, _) = try tried.workspace(values, models: ["echo"], samples: 1, expecting: [])
        #expect(
            workspace.sensitiveFinds(onlySent: true).diagnostics.map { "\($0.mark?.description ?? "-")" } == [
                "t.txt:1:1"
            ])
        withExtendedLifetime(project) {}
    }
}
