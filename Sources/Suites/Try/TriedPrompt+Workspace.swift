public import Diagnostics
import Evals
import JSON
import Secrets

extension TriedPrompt {
    /// The name of the suite that a try is planned as; it is in no file.
    public static let suite = "try"

    /// What is wrong with the choice of models: names that mean none, or no name at all.
    ///
    /// - Parameter models: Those of the command; empty: the prompt's own, else the project's.
    public func modelMistakes(_ models: [String]) -> [Diagnostic] {
        let directory = ModelDirectory(project: project)
        let named =
            models.isEmpty
            ? prompt.model.map { [($0.name, Optional($0.mark))] }
                ?? project.defaultModels.map { ($0, Optional(project.defaultModelsMark)) }
            : models.map { ($0, nil) }
        guard !named.isEmpty else {
            return [
                Diagnostic(
                    "no-model", "nothing names a model for the prompt '\(label)'",
                    hint: """
                        name one with -m, such as -m openai/gpt-5-mini, or -m echo, which needs no key
                        or write `model: …` in \(prompt.file), or `defaults: {models: […]}` in evalrun.yaml
                        """)
            ]
        }
        return named.compactMap { name, mark in
            guard case .failure(let diagnostic) = directory.resolve(name, at: mark, isCommanded: mark == nil)
            else { return nil }
            return diagnostic
        }
    }

    /// A workspace whose one suite asks this prompt once, with values that are complete.
    ///
    /// The answer is checked against the prompt's output schema, where there is one, and for the texts expected in it.
    ///
    /// - Parameters:
    ///   - models: Those of the command; empty: the prompt's own, else the project's.
    ///   - samples: How often each model is asked.
    public func workspace(
        _ values: TryValues, models: [String], samples: Int, expecting texts: [String]
    ) throws(DiagnosticError) -> (workspace: Workspace, options: PlanOptions) {
        var template = CaseTemplate(identity: .fixed(Self.suite), mark: prompt.mark)
        for (name, value) in values.values {
            switch name {
            case "context": template.context = .constant(value)
            case "reference": template.reference = .constant(value)
            case "question": template.question = .constant(value)
            case Self.input: template.input = .constant(value)
            default: template.variables.append((name, .constant(value)))
            }
        }
        if let schema = prompt.outputSchema,
            let descriptor = catalog.descriptors.first(where: \.valueIsSchema)
        {
            let specification = AssertionSpecification(
                type: descriptor.name, writtenType: "output_schema", value: schema.value,
                mark: schema.namedAt,
                valueMark: schema.mark, written: schema)
            template.assertions.append(try assertion(specification, descriptor))
        }
        for text in texts {
            guard let descriptor = catalog.resolve(Self.expectation)?.descriptor else { continue }
            let specification = AssertionSpecification(
                type: descriptor.name, writtenType: Self.expectation, value: .string(text), mark: prompt.mark)
            template.assertions.append(try assertion(specification, descriptor))
        }
        var suite = Suite(name: Self.suite, file: prompt.file, mark: prompt.mark)
        suite.prompts = [Suite.PromptUse(label: label, prompt: prompt, mark: prompt.mark)]
        // In a suite the project's defaults win over the prompt's own model; who tries a prompt means the prompt.
        suite.models = prompt.model.map { [($0.name, false, $0.mark)] }
        suite.cases = [template]
        let workspace = Workspace(
            root: root, project: project, prompts: [prompt], trust: trust, suites: [suite],
            tree: reader.tree, catalog: catalog, isComplete: true)
        var options = PlanOptions()
        options.models = models.isEmpty ? nil : models
        options.repetition = samples
        return (workspace, options)
    }

    /// The type of assertion that an expected text becomes.
    static let expectation = "contains"

    private func assertion(
        _ specification: AssertionSpecification, _ descriptor: AssertionDescriptor
    ) throws(DiagnosticError) -> AssertionTemplate {
        AssertionTemplate(
            descriptor: descriptor, base: specification, value: specification.value.map { .constant($0) },
            isPromptSchema: false, inner: [], compiled: try descriptor.compile(specification))
    }

    /// Secrets and personal data in values that stand in no file.
    ///
    /// - Parameter secrets: The values of key variables, to look for beside the shapes of keys.
    public func sensitiveFinds(in values: TryValues, secrets: [String]) -> SensitiveFinds {
        let search = SensitiveSearch(secrets: SecretTexts(secrets))
        var finds = SensitiveFinds()
        for (name, value) in values.values where values.files[name] == nil {
            let bytes = Array(value.plainText.utf8)
            bytes.withUnsafeBufferPointer { bytes in
                for find in search.finds(in: bytes) { finds.add(find, in: bytes, ofValue: name) }
            }
        }
        return finds
    }
}
