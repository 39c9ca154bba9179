import Assertions
import Diagnostics
import Evals
import Files
import JSON
import Suites

/// The files that Swift and Python read alike, and what is made of them.
struct BenchmarkInputs {
    /// JSON of about 1 MB.
    let document: String
    /// A schema with 40 keywords, and an instance that fits it.
    let schema: String
    let instance: String
    /// A template and its variables.
    let template: String
    let variables: String
    /// Prose of about 100 KB, for patterns.
    let text: String
    /// Patterns by name.
    let patterns: [(name: String, source: String)]
    /// Answers of 2 KB by kind: `prose`, `json`, `xml`, `html`, `sql`.
    private let answers: [String: String]
    private let root: ProjectRoot

    /// Reads a folder, which is a project too: assertions are compiled by the loader, as in a run.
    init(folder: String) throws {
        root = try ProjectRoot(folder: folder)
        let tree = WorkingTree(root)
        func text(_ name: String) throws -> String {
            guard let path = ProjectPath(name) else { throw BenchmarkError("\(name) is no path") }
            return String(decoding: try tree.read(path, limit: 1 << 26), as: UTF8.self)
        }
        document = try text("document.json")
        schema = try text("schema.json")
        instance = try text("instance.json")
        template = try text("template.j2")
        variables = try text("variables.json")
        self.text = try text("text.txt")
        let listed = try JSONParser().parse(try text("patterns.json")).object ?? [:]
        patterns = listed.map { ($0.key, $0.value.string ?? "") }
        var answers: [String: String] = [:]
        for kind in ["prose", "json", "xml", "html", "sql"] { answers[kind] = try text("answer.\(kind)") }
        self.answers = answers
    }

    /// An assertion as an entry of a suite's list, compiled by the loader.
    func assertion(written entry: String) throws -> CompiledAssertion {
        let suite = """
            suite: bench
            prompts: [bench]
            models: [echo]
            cases:
              - id: one
                vars: {text: x}
                assert:
                  - \(entry)

            """
        let prompt = "name: bench\nversion: 1\nuser: \"{{ text }}\"\n"
        for (name, content) in [
            ("evalsuites/bench.suite.yaml", suite), ("prompts/bench.prompt.yaml", prompt),
        ] {
            let writer = try WholeFileWriter(root.path + "/" + name, makingFolders: true)
            try writer.write(content)
            try writer.commit()
        }
        let (workspace, diagnostics) = Workspace.load(
            root: root, catalog: .standard, targets: [], today: "2026-01-01")
        let planned = workspace.plan(PlanOptions())
        var stream = planned.plan?.stream()
        guard let trial = try stream?.next()?.trials.first, let assertion = try trial.assertions.get().first
        else {
            throw BenchmarkError("\(entry): \((diagnostics + planned.diagnostics).map(\.message))")
        }
        return assertion
    }

    /// An answer of the kind that a type looks at.
    func subject(for descriptor: AssertionDescriptor) -> Subject {
        let kind =
            ["json", "schema", "xml", "html", "sql"].first { descriptor.name.contains($0) } ?? "prose"
        let call: JSONValue = [
            "id": "call_1", "name": "get_weather", "arguments": ["city": "Berlin", "unit": "celsius"],
        ]
        let tool: JSONValue = [
            "name": "get_weather",
            "parameters": [
                "type": "object", "required": ["city"],
                "properties": ["city": ["type": "string"], "unit": ["enum": ["celsius", "fahrenheit"]]],
            ],
        ]
        let logprobs = JSONValue.array((0..<400).map { .double(-0.01 * Double($0 % 37)) })
        let content = answers[kind == "schema" ? "json" : kind]
        return Subject(
            reply: Reply(
                content: content, finishReason: "stop",
                toolCalls: descriptor.family == .tools ? [call] : [],
                usage: Usage(inputTokens: 400, outputTokens: 450), latencyMS: 812, firstTokenMS: 120,
                logprobs: logprobs),
            cost: Money(usd: JSONNumber(1)), messages: [Message(role: .user, text: "Where is my parcel?")],
            variables: ["city": "Berlin"], context: ["Parcels take two days."],
            reference: "Your parcel arrives tomorrow.", question: "Where is my parcel?", tools: [tool])
    }
}
