/// Small projects that tests start from.
enum Sample {
    /// A prompt whose message is `q.text`, so that the model `echo` says what a case wants, and a case whose `q`
    /// lacks it ends in an error.
    static let prompt = "name: p\nversion: 1\nuser: \"{{ q.text }}\"\n"

    /// A suite for the prompt `p` and the model `echo`.
    static func suite(
        _ cases: [String], gates: [String] = [], head: String = "models: [echo]"
    ) -> String {
        var text = "suite: s\nprompts: [p]\n\(head)\ncases:\n"
        for line in cases { text += "  - \(line)\n" }
        if !gates.isEmpty { text += "gates:\n" }
        for line in gates { text += "  - \(line)\n" }
        return text
    }

    /// A project with one suite.
    static func project(
        _ cases: [String], gates: [String] = [], head: String = "models: [echo]",
        more: [String: String] = [:]
    ) throws -> TemporaryProject {
        let files = [
            "evalrun.yaml": "models:\n  small: {provider: openai, model: gpt-5-mini}\n",
            "prompts/p.prompt.yaml": prompt,
            "evalsuites/s.suite.yaml": suite(cases, gates: gates, head: head),
        ]
        return try TemporaryProject(files.merging(more) { $1 })
    }

    /// A case that passes.
    static func passing(_ id: String, _ more: String = "") -> String {
        "{id: \(id), vars: {q: {text: good}}, assert: [{equals: good, metric: m}]\(more.isEmpty ? "" : ", " + more)}"
    }

    /// A case that fails.
    static func failing(_ id: String, _ more: String = "") -> String {
        "{id: \(id), vars: {q: {text: bad}}, assert: [{equals: good, metric: m}]\(more.isEmpty ? "" : ", " + more)}"
    }

    /// A case that ends in an error of its template.
    static func erring(_ id: String, _ more: String = "") -> String {
        "{id: \(id), vars: {q: {}}, assert: [{equals: good, metric: m}]\(more.isEmpty ? "" : ", " + more)}"
    }

    /// A case with an answer captured elsewhere.
    static func given(_ id: String, _ response: String, _ assertion: String) -> String {
        "{id: \(id), vars: {q: {text: x}}, response: \(response), assert: [\(assertion)]}"
    }

    /// A case that wants a recording which does not exist.
    static func unrecorded(_ id: String) -> String { passing(id, "only: {models: [small]}") }
}
