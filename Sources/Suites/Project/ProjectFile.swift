import Diagnostics
import Evals
import Files
import JSON
import Secrets
import YAML

/// Reads `evalrun.yaml` and the price table it names.
struct ProjectFile {
    /// The file's place in the project.
    static let path = ProjectPath(known: "evalrun.yaml")

    private let reader: SourceReader
    private let file: YAMLFile
    private let fields: Fields
    /// Reads the price table.
    private let pricing: SourceReader

    /// The project's settings; those of an empty project when there is no file.
    static func load(_ reader: SourceReader) -> Project {
        // Settings that can't be read are not the same as none: aliases, prices and redaction would be lost.
        if let diagnostic = reader.misuse(of: path) { reader.add(diagnostic) }
        guard reader.tree.kind(of: path) == .file, let file = reader.yaml(path) else { return Project() }
        if file.root.isNull { return Project() }
        reader.check(file.root, .record(ProjectKeys.file), what: "the project file")
        return ProjectFile(
            reader: reader, file: file, fields: Fields(file.root, ProjectKeys.file), pricing: reader
        ).project()
    }

    /// The settings that a trusted commit and the work tree give together.
    ///
    /// - Parameters:
    ///   - base: Reads the commit, which has the price table.
    static func load(_ settings: TrustedSettings, _ reader: SourceReader, base: SourceReader) -> Project {
        let file = YAMLFile(path: path, root: settings.root, bytes: [])
        var project = ProjectFile(
            reader: reader, file: file, fields: Fields(file.root, ProjectKeys.file), pricing: base
        ).project()
        project.trust = settings.models
        return project
    }

    private func project() -> Project {
        var project = Project()
        project.providers = fields["providers"]?.json.object ?? [:]
        checkProviders()
        project.models = (fields["models"]?.entries ?? []).compactMap { model($0, in: project) }
        checkFallbacks(project)
        project.defaultModels = fields["defaults"]?["models"]?.many.compactMap(\.text) ?? []
        project.defaultModelsMark = fields["defaults"]?["models"]?.mark ?? fields.mark
        project.prices = fields["prices"].flatMap { prices($0) } ?? PriceTable()
        project.redactions = (fields["redact"]?.items ?? []).compactMap { node in
            node.text.map { ($0, node.mark) }
        }
        project.redactedKinds = redactedKinds()
        project.judge = JudgeSettingsReader(reader: reader, project: project).settings(fields["judge"])
        project.judgeRoles = JudgeSettingsReader.roles(fields["judge"])
        for entry in fields["profiles"]?.entries ?? [] {
            project.profiles[entry.keyText] = Project.Profile(
                mode: entry.value["mode"]?.text, models: entry.value["models"]?.many.compactMap(\.text),
                repetition: entry.value["repeat"]?.integer, jobs: entry.value["jobs"]?.integer,
                maximum: entry.value["max_usd"]?.json.number.flatMap { Money(usd: $0) },
                batch: entry.value["batch"]?.bool)
        }
        return project
    }

    /// A fallback that is not there would be found when the first provider fails, which is the worst moment.
    private func checkFallbacks(_ project: Project) {
        let names = project.models.map(\.name)
        for entry in fields["models"]?.entries ?? [] {
            for node in entry.value["fallback"]?.items ?? [] {
                guard let name = node.text else { continue }
                if name == entry.keyText {
                    reader.report(
                        "bad-fallback", "the model '\(name)' can't be its own fallback", at: node.mark,
                        hint: "name another model of evalrun.yaml")
                } else if !names.contains(name) {
                    reader.report(
                        "unknown-model", "the fallback '\(name)' is no model of evalrun.yaml", at: node.mark,
                        hint: Spelling.nearest(to: name, among: names).map { "did you mean '\($0)'?" }
                            ?? "add it under models:, and name it here by its alias")
                }
            }
        }
    }

    private func redactedKinds() -> Set<PersonalData> {
        var kinds: Set<PersonalData> = []
        for node in fields["redact"]?.items ?? [] where node.entries != nil {
            guard let kind = node["kind"] else {
                // What another key is meant to be is told already.
                guard node.entries?.isEmpty == true else { continue }
                reader.report(
                    "missing-key", "an entry of redact is a pattern, or needs 'kind'", at: node.mark,
                    hint:
                        "for example {kind: email}; the kinds are \(ProjectKeys.redactedKinds.joined(separator: ", "))"
                )
                continue
            }
            if let known = kind.text.flatMap({ PersonalData(rawValue: $0) }) { kinds.insert(known) }
        }
        return kinds
    }

    private func checkProviders() {
        for entry in fields["providers"]?.entries ?? [] {
            guard !ProjectKeys.providerKinds.contains(entry.keyText), entry.value["type"] == nil,
                entry.value.entries != nil
            else {
                continue
            }
            reader.report(
                "missing-key", "the provider '\(entry.keyText)' needs a 'type'", at: entry.keyMark,
                hint: "one of \(ProjectKeys.providerKinds.joined(separator: ", "))")
        }
    }

    private func model(_ entry: YAMLEntry, in project: Project) -> ModelSpecification? {
        let node = entry.value
        guard node.entries != nil else { return nil }
        guard entry.keyText != "echo", entry.keyText != "given" else {
            reader.report("reserved-name", "'\(entry.keyText)' is a built-in model", at: entry.keyMark)
            return nil
        }
        guard let provider = node["provider"]?.text, let id = node["model"]?.text else {
            let fields = Fields(node, ProjectKeys.model)
            for key in ["provider", "model"] where fields.lacks(key) {
                reader.report(
                    "missing-key", "the model '\(entry.keyText)' needs '\(key)'", at: entry.keyMark,
                    hint: "for example {provider: openai, model: gpt-5-mini}")
            }
            return nil
        }
        let known = ProjectKeys.providerKinds + project.providers.keys
        if !known.contains(provider) {
            reader.report(
                "unknown-provider", "there is no provider '\(provider)'", at: node["provider"]?.mark,
                hint: Spelling.hint(for: provider, among: known))
        }
        var settings = JSONObject()
        for key in ["fallback", "base_url", "api_key_env", "limits", "stream"] {
            if let value = node[key], !value.isNull { settings[key] = value.json }
        }
        return ModelSpecification(
            name: entry.keyText, provider: provider, model: id, identity: node["identity"]?.text,
            priceName: node["price_as"]?.text, parameters: node["parameters"]?.json.object ?? [:],
            settings: settings,
            hasListPrice: node["price_as"]?.text != nil
                || project.hasListPrices(provider: provider, baseURL: node["base_url"]?.text))
    }

    private func prices(_ node: YAMLNode) -> PriceTable? {
        guard let written = node.text, let path = pricing.resolve(written, from: file.path, at: node.mark),
            let table = pricing.yaml(path, named: node.mark)
        else { return nil }
        pricing.check(table.root, .record(ProjectKeys.prices), what: "the price table")
        return PriceFile(reader: pricing, root: table.root).table
    }
}
