public import Diagnostics
public import Evals
public import Files
import YAML

/// A prompt that is to be asked on the spot, without a suite, and the project around it.
public struct TriedPrompt {
    /// How a command names a prompt.
    public enum Source: Sendable, Hashable {
        /// `name`, `name@3` or `name@git:REF`.
        case reference(String)
        /// A file of the project, in or out of `prompts/`.
        case file(ProjectPath)
    }

    /// The prompt.
    public let prompt: Prompt
    /// How a suite would refer to it.
    public let label: String
    /// Whether suites find it by its name; else it stands outside `prompts/`.
    public let isInLibrary: Bool
    /// The settings.
    public let project: Project
    /// What differs from the commit that is trusted; nil when the files are trusted as they are.
    public let trust: TrustReport?

    let root: ProjectRoot
    let catalog: AssertionCatalog
    /// Reads what is sent: the prompt with what it includes, and files of values.
    let reader: SourceReader

    /// Reads the settings and one prompt; mistakes of other prompts are left out.
    ///
    /// - Parameter base: A commit whose settings count in place of those of the files; nil: the files are trusted.
    /// - Returns: The prompt, nil where there is none or it has mistakes; and what is wrong with it and the settings.
    public static func load(
        _ source: Source, root: ProjectRoot, catalog: AssertionCatalog, trusting base: TrustBase? = nil
    ) -> (tried: TriedPrompt?, diagnostics: [Diagnostic]) {
        let settings = SourceReader(WorkingTree(root))
        var project = ProjectFile.load(settings)
        var trust: TrustReport?
        if let base {
            let differences: [TrustDifference]
            (project, differences) = base.settings(over: settings)
            trust = TrustReport(label: base.label, commit: base.commit, differences: differences)
        }
        let reader = SourceReader(TrackedTree(WorkingTree(root)))
        let finder = TriedPromptFinder(root: root, reader: reader)
        let found = finder.find(source)
        if let found { Workspace.checkSchemas([found.prompt], reader: reader, catalog: catalog) }
        var bag = settings.bag
        bag.add(contentsOf: reader.bag.diagnostics)
        guard let found, !bag.hasErrors else { return (nil, bag.sorted) }
        let tried = TriedPrompt(
            prompt: found.prompt, label: found.label, isInLibrary: found.isInLibrary, project: project,
            trust: trust, root: root, catalog: catalog, reader: reader)
        return (tried, bag.sorted)
    }
}

/// Finds the prompt that a command names.
private struct TriedPromptFinder {
    let root: ProjectRoot
    /// Reads the prompt that was found, and takes what is wrong with it.
    let reader: SourceReader

    typealias Found = (prompt: Prompt, label: String, isInLibrary: Bool)

    func find(_ source: TriedPrompt.Source) -> Found? {
        switch source {
        case .reference(let text): reference(text)
        case .file(let path): file(path)
        }
    }

    private func reference(_ text: String) -> Found? {
        guard let parsed = PromptReference(text), parsed.version != .all else {
            reader.report(
                "bad-reference", "'\(TerminalText.excerpt(text, limit: 120))' names no version of a prompt",
                at: nil, hint: "write name, name@3, name@git:REF, or the path of a prompt's file")
            return nil
        }
        let others = SourceReader(WorkingTree(root))
        let library = PromptLibrary.load(others)
        let before = reader.mistakeCount
        var history = PromptHistory(root: root)
        guard let found = library.resolve(parsed, at: nil, reader: reader, history: &history).first else {
            // Without a prompt and without a reason, the reason is a mistake in its file.
            if reader.mistakeCount == before { reader.add(contentsOf: others.bag.diagnostics) }
            return nil
        }
        // One of a commit was read with the reader already.
        guard let path = ProjectPath(found.prompt.file), reader.tree.kind(of: path) == .file else {
            return (found.prompt, found.label, true)
        }
        guard let file = reader.yaml(path), let prompt = PromptFile.load(file, reader: reader) else {
            return nil
        }
        return (prompt, found.label, true)
    }

    private func file(_ path: ProjectPath) -> Found? {
        if let misuse = reader.misuse(of: path) {
            reader.add(misuse)
            return nil
        }
        guard let file = reader.yaml(path) else { return nil }
        guard !SuiteFinder.isSuite(path), file.root["cases"] == nil else {
            reader.report(
                "not-a-prompt", "'\(path.text)' is a suite", at: nil,
                hint: "`evalrun run \(ShellWord.quoted(path.text))` runs it")
            return nil
        }
        guard let prompt = PromptFile.load(file, reader: reader) else { return nil }
        let library = PromptLibrary.load(SourceReader(WorkingTree(root)))
        let versions = library.versions(of: prompt.name)
        guard versions.contains(where: { $0.file == prompt.file }) else {
            return (prompt, prompt.name, false)
        }
        let isLatest = versions.last?.file == prompt.file
        return (prompt, isLatest ? prompt.name : "\(prompt.name)@\(prompt.version)", true)
    }
}
