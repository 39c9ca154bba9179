import Foundation
import StubServer
import Testing

/// What providers would reject is told before money is spent.
@Suite("Requests that providers would reject", .serialized)
struct CheckRequestTests {
    /// A model and a prompt, and what `check` says of them.
    struct Row: Sendable, CustomTestStringConvertible {
        /// A line of `models`.
        let model: String
        /// More lines of the prompt.
        var prompt = ""
        /// What is told: id and words; empty when nothing is.
        var says: [String] = []
        /// More lines of `evalrun.yaml`.
        var more = ""
        /// Whether a run that sends is refused.
        var isRefused = false
        var testDescription: String { "\(model) \(prompt)" }
    }

    private static let settings =
        "providers:\n  app: {type: http, base_url: \"http://127.0.0.1:9\", body: {q: \"{{ nothing }}\"}}\n"

    static let rows = [
        Row(model: "{provider: openai, model: gpt-4.1-mini}", prompt: "temperature: 0\n"),
        Row(
            model: "{provider: openai, model: gpt-5-mini}", prompt: "temperature: 0\n",
            says: ["warning[unsupported-parameter]", "'p' on 'small'", "gpt-5-mini", "temperature"]),
        Row(
            model: "{provider: openai-responses, model: gpt-5-mini, parameters: {temperature: 0}}",
            says: ["unsupported-parameter", "temperature"]),
        Row(model: "{provider: openai, model: gpt-5-mini}", prompt: "temperature: 1\n"),
        Row(model: "{provider: anthropic, model: claude-haiku-4-5, parameters: {max_tokens: 9}}"),
        Row(
            model: "{provider: anthropic, model: claude-haiku-4-5, parameters: {max_tokens: 9}}",
            prompt: "parameters: {seed: 7}\n", says: ["[unsupported-parameter]", "seed"], isRefused: true),
        Row(
            model: "{provider: anthropic, model: claude-haiku-4-5}",
            says: ["error[missing-parameter]", "max_tokens"], isRefused: true),
        Row(
            model: "{provider: openai, model: gpt-4.1-mini}",
            prompt:
                "output_schema: {type: object, required: [a], additionalProperties: false, properties: {a: {type: string, minLength: 1}}}\n",
            says: ["warning[strict-schema]", "minLength"]),
        Row(
            model: "{provider: openai, model: gpt-4.1-mini}",
            prompt:
                "output_schema: {type: object, required: [a], additionalProperties: false, properties: {a: {type: string}}}\n"
        ),
        Row(
            model: "{provider: app, model: mine}", says: ["error[bad-provider]", "evalrun.yaml", "nothing"],
            more: settings,
            isRefused: true),
    ]

    private func project(_ row: Row, cases: Int = 3) throws -> LiveProject {
        try LiveProject(
            settings: "models:\n  small: \(row.model)\n" + row.more, cases: LiveProject.cases(1...cases),
            files: ["prompts/p.prompt.yaml": Sample.prompt + row.prompt])
    }

    @Test("check tells it once for each prompt and model, with the prompt's place", arguments: rows)
    func check(row: Row) throws {
        let live = try project(row)
        let run = try live.project.run("check")
        let isError = row.says.contains { $0.hasPrefix("error[") }
        #expect(run.exitCode == (isError ? 2 : 0), "\(run.all)")
        guard !row.says.isEmpty else { return #expect(run.errors == "", "\(run.all)") }
        for text in row.says { #expect(run.errors.contains(text), "\(text): \(run.all)") }
        #expect(run.errors.components(separatedBy: "\n").count { $0.contains("on 'small'") } <= 1)
        if !isError { #expect(run.errors.contains("prompts/p.prompt.yaml:"), "\(run.all)") }
        #expect(try live.project.run("check", "--strict").exitCode == 2)
        // A replay asks nobody.
        #expect(try live.project.run("run").exitCode == 4)
    }

    @Test("a run that sends is refused when it can't succeed, and warned else", arguments: rows)
    func sends(row: Row) throws {
        let live = try project(row, cases: 1)
        let run = try live.project.run("run", "--mode", "live")
        // Nothing is asked here: there is no key.
        #expect(run.exitCode == (row.isRefused ? 2 : 4), "\(run.all)")
        for text in row.says {
            #expect(run.errors.contains(text), "\(text): \(run.all)")
        }
        #expect(live.project.exists(".evalrun") == !row.isRefused)
    }

    @Test("what init writes has nothing that a provider would reject")
    func starter() throws {
        let project = try TemporaryProject()
        #expect(try project.run("init").exitCode == 0)
        let run = try project.run("check", "--strict")
        #expect(run.exitCode == 0 && run.errors == "", "\(run.all)")
    }
}
