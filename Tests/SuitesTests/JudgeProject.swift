import Assertions
import Evals
import JSON
import Suites

/// A project whose assertions ask models about answers, with types of its own.
enum JudgeProject {
    /// A type `verdict` that asks the judges, one `near` that asks for embeddings, and one `labels` that names its own
    /// classifier or nobody.
    static let catalog = AssertionCatalog.standard(adding: [
        type("verdict", prompts: [JudgePromptUse("judge-verdict", variables: ["rubric", "answer", "tag"])]) {
            specification in
            let single = specification.options["judge"]?.string.map { [$0] }
            let panel = specification.options["panel"]?["models"]?.array?.compactMap(\.string)
            return [ModelNeed(.judge, names: single ?? panel)]
        },
        type("steps", prompts: [JudgePromptUse("judge-steps", variables: ["rubric"])]) { _ in
            [ModelNeed(.judge)]
        },
        type("near") { _ in [ModelNeed(.embeddings)] },
        type("harmless") { _ in [ModelNeed(.moderation)] },
        type("labels") { specification in
            [ModelNeed(.classifier, names: specification.options["judge"]?.string.map { [$0] })]
        },
    ])

    private static func type(
        _ name: String, prompts: [JudgePromptUse] = [],
        needs: @escaping @Sendable (AssertionSpecification) -> [ModelNeed]
    ) -> AssertionDescriptor {
        AssertionDescriptor(
            name: name, summary: "A type.", family: .judges, example: "\(name): x", valueNeed: .optional,
            options: [
                .init(name: "judge", schema: ["type": "string"], summary: "The judge."),
                .init(name: "panel", schema: ["type": "object"], summary: "The judges."),
            ], needs: needs, judgePrompts: prompts
        ) { specification in
            var compiled = CompiledAssertion(specification) { _ in
                Judgement(passed: true, score: 1, reason: "")
            }
            compiled.asks = true
            return compiled
        }
    }

    /// The settings of models that the tests name.
    static let models = """
        models:
          small: {provider: openai, model: gpt-5-mini}
          twin: {provider: azure, model: gpt-5-mini, identity: gpt-5-mini}
          careful: {provider: openai, model: gpt-5-mini, parameters: {temperature: 0}}
          big: {provider: anthropic, model: claude-opus-4-5}
          vectors: {provider: openai, model: text-embedding-3-small}
          app: {provider: shop, model: default}
          other: {provider: desk, model: default}
        providers: {shop: {type: http}, desk: {type: http}}

        """

    /// A project with one suite of these cases.
    ///
    /// - Parameters:
    ///   - judge: What stands behind `judge:` in the settings; empty: no such key.
    ///   - suite: Lines between the suite's name and its cases.
    static func project(
        judge: String = "", cases: [String], suite: String = "models: [small]", files: [String: String] = [:]
    ) throws -> TemporaryProject {
        let project = try TemporaryProject(
            [
                "evalrun.yaml": models + (judge.isEmpty ? "" : "judge: \(judge)\n"),
                "prompts/p.prompt.yaml": "name: p\nversion: 1\nuser: \"{{ q }}\"\n",
                "evalsuites/s.suite.yaml":
                    "suite: s\nprompts: [p]\n\(suite)\ncases:\n" + cases.map { "  - \($0)\n" }.joined(),
            ].merging(files) { $1 })
        project.catalog = catalog
        return project
    }

    /// A case with these assertions.
    static func testCase(_ id: String = "a", _ assertions: String..., more: String = "") -> String {
        "{id: \(id), vars: {q: hi}, assert: [\(assertions.joined(separator: ", "))]\(more)}"
    }
}
