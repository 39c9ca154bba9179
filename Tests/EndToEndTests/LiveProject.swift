import JSON
import StubServer
import Testing

/// A project whose one model is asked over HTTP, on this machine.
struct LiveProject {
    /// A key that must never be shown, and that no shape tells.
    static let key = "stubkey" + String(repeating: "9z", count: 12)

    /// The folder.
    let project: TemporaryProject

    /// A project that is there already.
    init(project: TemporaryProject) { self.project = project }

    /// Writes the project: suite `s`, prompt `p`, model `small`, and the cases `c1`, `c2`, ….
    ///
    /// - Parameters:
    ///   - url: The base URL without `/v1`.
    ///   - cases: How many cases; their assertion holds for every answer there is.
    ///   - provider: More keys of the provider, as in `timeout_s: 1`.
    ///   - retry: How retries go; short waits, since nothing is measured.
    init(
        url: String, cases: Int = 1, provider: String = "",
        retry: String = "{attempts: 2, base_s: 0.001, cap_s: 0.002}"
    ) throws {
        let lines = (1...cases).map {
            "{id: c\($0), vars: {q: {text: question \($0)}}, assert: [{not-equals: no model says this}]}"
        }
        let more = provider.isEmpty ? "" : ", " + provider
        project = try Sample.project(
            lines, head: "models: [small]",
            more: [
                "evalrun.yaml": """
                models:
                  small: {provider: stub, model: gpt-5-mini}
                providers:
                  stub: {type: openai-compatible, base_url: "\(url)/v1", api_key_env: STUB_KEY, retry: \(retry)\(more)}

                """
            ])
    }

    /// Brings in an old recording of the first case, and gives its file.
    func importRecording() throws -> String {
        try project.write(
            #"{"suite": "s", "case": "c1", "prompt": "p", "model": "small", "content": "old answer"}"# + "\n",
            to: "answers.jsonl")
        let run = try project.run("fixtures", "import", "answers.jsonl")
        try #require(run.exitCode == 0, "\(run.all)")
        return "fixtures/s/c1/p.small.yaml"
    }

    /// Runs with reports `r.json` and `j.xml`, and reads the first.
    func run(_ words: String..., key: String? = LiveProject.key) throws -> (run: ToolRun, file: RunFile) {
        try run(words: words, key: key)
    }

    /// Runs with words of a table.
    func run(words: [String], key: String? = LiveProject.key) throws -> (run: ToolRun, file: RunFile) {
        let environment = key.map { ["STUB_KEY": $0] } ?? [:]
        let run = try ToolRun.run(
            words + ["--report", "json=r.json", "--report", "junit=j.xml"], in: project.path,
            environment: environment)
        return (run, try results(run))
    }

    /// What the last run wrote.
    func results(_ run: ToolRun) throws -> RunFile {
        try #require(project.exists("r.json"), "\(run.all.prefix(4000))")
        return RunFile(value: try JSONParser().parse(try project.read("r.json")))
    }

    /// All that a run printed and wrote for people and programs.
    func texts(_ run: ToolRun) throws -> String {
        run.output + run.errors + (try project.read("r.json")) + (try project.read("j.xml"))
    }

    /// A whole answer of OpenAI's Chat Completions.
    static func completion(_ text: String = "fine") -> String {
        let content = JSONWriter.compact.text(of: .string(text))
        return #"{"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"gpt-5-mini-2026-01-15","#
            + #""choices":[{"index":0,"message":{"role":"assistant","content":\#(content)},"finish_reason":"stop"}],"#
            + #""usage":{"prompt_tokens":10,"completion_tokens":2,"total_tokens":12}}"#
    }

    /// An error of OpenAI.
    static func error(_ message: String, type: String, code: String?, param: String? = nil) -> String {
        let fields = [code, param].map { $0.map { "\"\($0)\"" } ?? "null" }
        return
            #"{"error":{"message":"\#(message)","type":"\#(type)","param":\#(fields[1]),"code":\#(fields[0])}}"#
    }
}
