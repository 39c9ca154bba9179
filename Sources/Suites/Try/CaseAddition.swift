public import Diagnostics
public import Files
import JSON
import Templates
import YAML

/// A case that was added to a suite's text: checked as if it stood there, and not written yet.
public struct CaseAddition: Sendable {
    /// The suite's file.
    public let path: ProjectPath
    /// Whether the file is new.
    public let isNew: Bool
    /// What the file says with the case.
    public let bytes: [UInt8]
    /// What it said before; nil for a new one.
    private let before: [UInt8]?

    /// Adds a case for a prompt to a suite.
    ///
    /// Without a target it is the only suite below `evalsuites/` that uses the prompt, else
    /// `evalsuites/PROMPT.suite.yaml`, which is made where it is not there.
    ///
    /// Throws when the suite or the place is not clear, and when the suite would not load with the case, or the case
    /// would not mean what was given.
    ///
    /// - Parameters:
    ///   - models: The models that a new suite names; nil: none.
    ///   - today: The day, as `YYYY-MM-DD`, at which quarantines end.
    public init(
        _ saved: SavedCase, of tried: TriedPrompt, to target: Workspace.Target?, models: [String]?,
        today: String
    ) throws(DiagnosticError) {
        guard tried.isInLibrary else {
            throw Self.refusal(
                "not-in-library", "'\(tried.prompt.file)' is outside prompts/, where no suite finds it",
                hint: "move it to prompts/\(tried.prompt.name).prompt.yaml first")
        }
        if let complaint = CaseReader.complaint(aboutID: saved.id) {
            throw Self.refusal("bad-id", complaint, hint: "give --save-case another id")
        }
        let tree = WorkingTree(tried.root)
        let place = try SuitePlace(target, prompt: tried.prompt, tree: tree)
        path = place.path
        isNew = place.file == nil
        before = place.file?.bytes
        let prompts = place.prompts
        guard isNew || prompts.contains(tried.prompt.name) else {
            throw Self.refusal(
                "prompt-not-used", "the suite \(path.text) does not use the prompt '\(tried.prompt.name)'",
                hint: "name another with --suite, or add the prompt to its `prompts:`")
        }
        let item = saved.yaml(
            checksSchema: tried.prompt.outputSchema != nil,
            only: prompts.count > 1 ? tried.prompt.name : nil, in: path)
        guard let item else {
            throw Self.refusal(
                "not-literal", "a text with template syntax can't be kept as it is",
                hint: "write the case by hand")
        }
        if let file = place.file {
            bytes = try Self.adding(item, id: saved.id, to: file)
        } else {
            let name = Self.stem(of: path) ?? tried.prompt.name
            bytes = Self.suite(name, prompt: tried.label, models: models, item)
        }
        try check(saved, tried, tree, today)
    }

    /// Writes the file; throws when it has changed meanwhile, or can't be written.
    public func write(in root: ProjectRoot) throws(DiagnosticError) {
        let tree = WorkingTree(root)
        let now = tree.kind(of: path) == .file ? try? tree.read(path) : nil
        guard now == before else {
            throw Self.refusal(
                "file-changed", "\(path.text) has changed while the models answered",
                hint: "the case was not saved; run the command again")
        }
        do throws(FileError) {
            try WholeFile.write(bytes, to: root.absolute(path), shown: path.text, makingFolders: true)
        } catch {
            throw DiagnosticError(error.diagnostic())
        }
    }

    private static func adding(
        _ item: YAMLOutput, id: String, to file: YAMLFile
    ) throws(DiagnosticError) -> [UInt8] {
        let twin = file.root["cases"]?.items?.first { $0["id"]?.text == id }
        if let twin {
            throw refusal(
                "duplicate-id", "the suite has a case '\(TerminalText.excerpt(id, limit: 80))' already",
                at: twin.mark, hint: "give --save-case another id")
        }
        let text = YAMLWriter.text(.list([item]))
        if let end = CaseListEnd(in: file.bytes, root: file.root) {
            let bytes = end.inserting(text)
            if isGrown(file, bytes) { return bytes }
        }
        throw refusal(
            "no-place",
            "the case can't be put below the others in \(file.path.text) without a change to them",
            at: file.root.entries?.first { $0.keyText == "cases" }?.keyMark,
            hint: "write it there by hand:\n" + text)
    }

    /// Whether a text says what a file says, with one more case.
    private static func isGrown(_ file: YAMLFile, _ bytes: [UInt8]) -> Bool {
        let reading = YAMLReader.parse(bytes, file: file.path.text)
        guard let root = reading.root, var members = root.json.object, let old = file.root.json.object,
            var cases = members["cases"]?.array, !cases.isEmpty
        else { return false }
        cases.removeLast()
        members["cases"] = .array(cases)
        return members == old
    }

    private static func suite(_ name: String, prompt: String, models: [String]?, _ item: YAMLOutput)
        -> [UInt8]
    {
        var entries: [YAMLOutput.Entry] = [
            .init("suite", .string(name)), .init("prompts", .list([.string(prompt)], flow: true)),
        ]
        if let models {
            entries.append(.init("models", .list(models.map { .string($0) }, flow: true)))
        }
        entries.append(.init("cases", .list([item])))
        return YAMLWriter.write(.mapping(entries))
    }

    /// The name of a new suite: that of its file.
    private static func stem(of path: ProjectPath) -> String? {
        let name = path.name
        for end in [".suite.yaml", ".suite.yml", ".yaml", ".yml"] where name.lowercased().hasSuffix(end) {
            let stem = String(name.dropLast(end.count))
            return Shape.isName(stem) ? stem : nil
        }
        return nil
    }

    static func refusal(
        _ id: String, _ message: String, at mark: SourceMark? = nil, hint: String?
    ) -> DiagnosticError {
        DiagnosticError(Diagnostic(id, message, at: mark, hint: hint))
    }
}

extension CaseAddition {
    /// Loads the suite as it would be, and compares the case with what was given.
    private func check(
        _ saved: SavedCase, _ tried: TriedPrompt, _ tree: WorkingTree, _ today: String
    ) throws(DiagnosticError) {
        let overlay = OverlayTree(base: tree, path: path, bytes: bytes)
        let reader = SourceReader(overlay)
        let library = PromptLibrary.load(SourceReader(overlay))
        var history = PromptHistory(root: tried.root)
        var suite: Suite?
        if let file = reader.yaml(path) {
            suite = SuiteFile(reader: reader, catalog: tried.catalog, today: today)
                .load(file, library: library, history: &history)
        }
        if let suite, isNew { reportTwin(of: suite, reader) }
        var bag = reader.bag
        if let suite, !bag.hasErrors {
            let workspace = Workspace(
                root: tried.root, project: ProjectFile.load(SourceReader(overlay)), prompts: library.prompts,
                trust: nil, suites: [suite], tree: overlay, catalog: tried.catalog, isComplete: true)
            bag.add(contentsOf: workspace.plan(PlanOptions()).diagnostics)
            if !bag.hasErrors, suite.cases.last.map({ !Self.means(saved, $0) }) ?? true {
                bag.add(
                    Diagnostic(
                        "not-literal", "the values would not be read back as they are",
                        hint: "write the case by hand"))
            }
        }
        guard bag.hasErrors || suite == nil else { return }
        let mistakes = bag.sorted.filter { $0.severity == .error }.map { mistake in
            var shown = mistake
            // The file has other lines than its text with the case.
            if shown.mark?.file == path.text { shown.showsSource = false }
            return shown
        }
        throw DiagnosticError(
            mistakes + [
                Diagnostic(
                    "case-not-saved",
                    "the suite \(path.text) would not load with the case, so it was not saved")
            ])
    }

    /// Reports another suite with the name of a new one.
    private func reportTwin(of suite: Suite, _ reader: SourceReader) {
        let finder = SuiteFinder(reader: SourceReader(reader.tree))
        let twin = finder.files([]).first { file in
            file.path != path && Fields(file.root, SuiteKeys.file).text("suite") == suite.name
        }
        guard let twin else { return }
        reader.report(
            "duplicate-suite", "there is a suite '\(suite.name)' in \(twin.path.text) already", at: nil,
            hint: "name that one, or another file, with --suite")
    }

    /// Whether a case has the values that were given, and is for no dataset.
    private static func means(_ saved: SavedCase, _ template: CaseTemplate) -> Bool {
        guard case .fixed(saved.id) = template.identity, template.dataset == nil else { return false }
        return saved.values.values.allSatisfy { name, value in
            let source =
                CaseVariables.builtIn.contains(name)
                ? template.builtIn(name) : template.variables.first { $0.name == name }?.value
            return (try? source?.render(.init())) == value
        }
    }
}
