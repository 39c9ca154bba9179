import Diagnostics
import Files
import YAML

/// All prompts of a project, by name and version.
struct PromptLibrary {
    /// The prompts in the order of their files.
    private(set) var prompts: [Prompt] = []
    /// Where each name was found, also in files with mistakes, so that one mistake is not reported twice.
    private var mentioned: Set<String> = []
    private var paths: [String: [ProjectPath]] = [:]

    /// The folder of prompts.
    static let folder = ProjectPath(known: "prompts")

    /// Whether a file is a prompt, by its name or else by its keys.
    static func isPrompt(_ file: YAMLFile) -> Bool {
        SuiteFinder.isPrompt(file.path) || PromptFile.looksLikePrompt(file.root)
    }

    /// Reads all prompt files below `prompts/`, and those named.
    static func load(_ reader: SourceReader, also named: [ProjectPath] = []) -> PromptLibrary {
        var library = PromptLibrary()
        let folder = reader.yamlFiles(under: Self.folder)
        for path in folder + named.filter({ !folder.contains($0) }) {
            library.load(path, reader: reader, isNamed: named.contains(path))
        }
        return library
    }

    private mutating func load(_ path: ProjectPath, reader: SourceReader, isNamed: Bool) {
        guard let file = reader.yaml(path) else {
            mentioned.insert(path.stem)
            return
        }
        guard isNamed || Self.isPrompt(file) else { return }
        if let name = file.root["name"]?.text { mentioned.insert(name) }
        guard let prompt = PromptFile.load(file, reader: reader) else {
            mentioned.insert(path.stem)
            return
        }
        if let twin = prompts.first(where: { $0.name == prompt.name && $0.version == prompt.version }) {
            reader.add(
                Diagnostic(
                    "duplicate-prompt", "the prompt '\(prompt.name)' has version \(prompt.version) twice",
                    at: prompt.mark, hint: "give one of them another version",
                    notes: [.init("the other one is here", at: twin.mark)]))
            return
        }
        paths[prompt.name, default: []].append(path)
        prompts.append(prompt)
    }

    /// The versions of a prompt, lowest first: numbers by size, then other versions by text.
    func versions(of name: String) -> [Prompt] {
        prompts.filter { $0.name == name }.sorted { Self.isOrdered($0.version, before: $1.version) }
    }

    /// Whether one version comes before another.
    static func isOrdered(_ left: String, before right: String) -> Bool {
        switch (Int(left), Int(right)) {
        case (let first?, let second?): first < second
        case (nil, .some): true
        case (.some, nil): false
        case (nil, nil): left < right
        }
    }

    /// The prompts that a reference means, with the label of each; empty, with a diagnostic, when there is none.
    func resolve(
        _ reference: PromptReference, at mark: SourceMark?, reader: SourceReader, history: inout PromptHistory
    ) -> [(label: String, prompt: Prompt)] {
        let versions = versions(of: reference.name)
        switch reference.version {
        case .git(let revision):
            return history.prompt(reference.name, revision: revision, at: mark, reader: reader)
                .map { [(reference.written, $0)] } ?? []
        case .latest:
            if let latest = versions.last { return [(reference.written, latest)] }
        case .all:
            if !versions.isEmpty { return versions.map { ("\($0.name)@\($0.version)", $0) } }
        case .exact(let version):
            if let exact = versions.first(where: { $0.version == version }) {
                return [(reference.written, exact)]
            }
            if let paths = paths[reference.name] {
                return history.prompt(
                    reference.name, version: version, paths: paths, at: mark, reader: reader
                )
                .map { [(reference.written, $0)] } ?? []
            }
        }
        // A prompt whose file has mistakes is there, and its mistakes are reported.
        guard !mentioned.contains(reference.name) else { return [] }
        reader.add(
            Diagnostic(
                "unknown-prompt", "there is no prompt '\(reference.name)'", at: mark,
                hint: Spelling.hint(for: reference.name, among: Set(prompts.map(\.name)).sorted())
                    ?? "prompts are the files prompts/**/*.prompt.yaml"))
        return []
    }
}
