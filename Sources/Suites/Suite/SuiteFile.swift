import Diagnostics
import Evals
import Files
import Templates
import YAML

/// Reads a suite from its file.
struct SuiteFile {
    /// Reads files and collects mistakes.
    let reader: SourceReader
    /// The types of assertion that are known.
    let catalog: AssertionCatalog
    /// Today, as `YYYY-MM-DD`.
    let today: String
    /// The captured answers that take the place of the suites' cases; nil: the cases count.
    var traces: Traces?

    /// Whether a YAML value is meant as a suite.
    static func looksLikeSuite(_ root: YAMLNode) -> Bool {
        root["suite"] != nil || (root["name"] != nil && root["cases"] != nil)
    }

    /// The suite in a file; nil, with diagnostics, when there is none.
    func load(_ file: YAMLFile, library: PromptLibrary, history: inout PromptHistory) -> Suite? {
        reader.check(file.root, .record(SuiteKeys.file), what: "the suite")
        guard file.root.entries != nil else { return nil }
        let fields = Fields(file.root, SuiteKeys.file)
        let name = fields.text("suite")
        if fields.lacks("suite") {
            reader.report("missing-key", "a suite needs a name", at: fields.mark, hint: "add `suite: …`")
        }
        var suite = Suite(name: name ?? "", file: reader.shown(file.path), mark: fields.keyMark("suite"))
        suite.prompts = prompts(fields, library, &history)
        suite.models = models(fields)
        suite.repetition = fields["repeat"]?.integer
        (suite.cases, suite.traces) = cases(fields, file)
        if traces != nil { suite.cases = suite.traces.map { [$0] } ?? [] }
        suite.gates = GateSpecification.complete(
            (fields["gates"]?.items ?? []).compactMap { GateReader(reader: reader).gate($0) },
            mark: SourceMark(file: suite.file, line: suite.mark.line, column: suite.mark.column))
        bindPromptSchemas(&suite)
        checkRestrictions(suite)
        checkAdvisory(suite, fields)
        return name == nil ? nil : suite
    }

    private func prompts(_ fields: Fields, _ library: PromptLibrary, _ history: inout PromptHistory) -> [Suite
        .PromptUse]
    {
        guard let node = fields["prompts"] else {
            if fields.lacks("prompts") {
                reader.report(
                    "missing-key", "the suite names no prompt", at: fields.mark,
                    hint: "add `prompts: [NAME]`")
            }
            return []
        }
        var uses: [Suite.PromptUse] = []
        for item in node.many {
            guard let text = item.text else { continue }
            guard let reference = PromptReference(text) else {
                reader.report(
                    "bad-reference", "'\(text)' names no prompt", at: item.mark,
                    hint: "write name, name@3, name@all or name@git:REF")
                continue
            }
            for (label, prompt) in library.resolve(
                reference, at: item.mark, reader: reader, history: &history)
            {
                if uses.contains(where: { $0.label == label }) {
                    reader.report("duplicate-prompt", "the prompt '\(label)' is named twice", at: item.mark)
                } else {
                    uses.append(Suite.PromptUse(label: label, prompt: prompt, mark: item.mark))
                }
            }
        }
        if node.many.isEmpty { reader.report("missing-key", "the suite names no prompt", at: node.mark) }
        return uses
    }

    private func models(_ fields: Fields) -> [(name: String, isAdvisory: Bool, mark: SourceMark)]? {
        guard let node = fields["models"] else { return nil }
        var models: [(name: String, isAdvisory: Bool, mark: SourceMark)] = []
        for item in node.many {
            guard let name = item.text ?? item["model"]?.text else {
                if item.entries != nil, item["model"] == nil {
                    reader.report("missing-key", "'model' is missing", at: item.mark)
                }
                continue
            }
            if models.contains(where: { $0.name == name }) {
                reader.report("duplicate-model", "the model '\(name)' is named twice", at: item.mark)
            } else {
                models.append((name, item["advisory"]?.bool ?? false, item.mark))
            }
        }
        if node.many.isEmpty { reader.report("no-models", "the list of models is empty", at: node.mark) }
        return models
    }

    private func cases(
        _ fields: Fields, _ file: YAMLFile
    ) -> (cases: [CaseTemplate], traces: CaseTemplate?) {
        let caseReader = CaseReader(
            reader: reader, file: file,
            assertionReader: AssertionReader(reader: reader, catalog: catalog, today: today, file: file),
            defaults: fields["defaults"].map { Fields($0, SuiteKeys.defaultKeys) }, tags: fields.texts("tags")
        )
        let captured = fields["traces"].flatMap { caseReader.traces($0, from: traces) }
        guard let items = fields["cases"]?.items, !items.isEmpty else {
            // What is there and no list is reported already.
            guard fields["cases"].map({ $0.items != nil }) ?? fields.lacks("cases") else {
                return ([], captured)
            }
            if fields.has("traces"), !fields.has("cases") { return ([], captured) }
            reader.report(
                "no-cases", "the suite has no case", at: fields.keyMark("cases"),
                hint: "add one under `cases:`")
            return ([], captured)
        }
        var shape = ShapeChecker()
        for entry in file.root.entries ?? [] where entry.keyText == "defaults" {
            shape.check(entry.value, .record(SuiteKeys.defaultKeys), what: "the defaults")
        }
        let isMisspelt = file.root.entries?.contains { SuiteKeys.file.key($0.keyText) == nil } ?? false
        let isBroken = !shape.diagnostics.isEmpty || isMisspelt
        let cases = items.compactMap { item in
            var template = caseReader.template(item)
            if isBroken { template?.isBroken = true }
            return template
        }
        return (cases, captured)
    }

    /// Puts the prompts' output schemas in place of `schema: prompt` and reports prompts that have none.
    private func bindPromptSchemas(_ suite: inout Suite) {
        for index in suite.cases.indices {
            let assertions = suite.cases[index].assertions
            guard assertions.contains(where: \.dependsOnPrompt) else { continue }
            let only = suite.cases[index].onlyPrompts
            suite.cases[index].assertionsByPrompt = suite.prompts.map { use in
                if let only, !only.contains(where: { $0 == use.label || $0 == use.prompt.name }) {
                    return assertions
                }
                guard let schema = use.prompt.outputSchema else {
                    reader.report(
                        "no-output-schema", "the prompt '\(use.label)' has no output_schema",
                        at: assertions.first {
                            $0.dependsOnPrompt
                        }?.base.mark,
                        hint: "add `output_schema:` to \(use.prompt.file), or name a schema here")
                    return assertions
                }
                return assertions.map { bound($0.with(promptSchema: schema)) }
            }
        }
    }

    private func bound(_ assertion: AssertionTemplate) -> AssertionTemplate {
        guard assertion.compiled == nil, assertion.isConstant,
            let specification = try? assertion.specification(.init())
        else { return assertion }
        var copy = assertion
        copy.compiled = reader.compile(specification, with: catalog)
        return copy
    }

    /// Reports a suite whose models are all advisory; an answer that a case brings along decides nevertheless.
    private func checkAdvisory(_ suite: Suite, _ fields: Fields) {
        guard let models = suite.models, !models.isEmpty, models.allSatisfy(\.isAdvisory),
            !suite.cases.isEmpty, suite.cases.allSatisfy({ $0.response == nil })
        else { return }
        reader.report(
            "only-advisory", "all models of the suite are advisory, so nothing could fail",
            at: fields["models"]?.mark, hint: "leave `advisory: true` out for one of them, or add a model")
    }

    private func checkRestrictions(_ suite: Suite) {
        for template in suite.cases {
            for name in template.onlyPrompts ?? [] {
                guard !suite.prompts.contains(where: { $0.label == name || $0.prompt.name == name }) else {
                    continue
                }
                reader.report(
                    "unknown-prompt", "the suite has no prompt '\(name)'", at: template.onlyMark,
                    hint: Spelling.hint(for: name, among: suite.prompts.map(\.label)))
            }
        }
    }
}
