public import Diagnostics
public import Evals
public import Files
import YAML

/// A project that was read: its settings, prompts and the suites that were asked for.
public struct Workspace: Sendable {
    /// The project's root.
    public let root: ProjectRoot
    /// The settings.
    public let project: Project
    /// All prompts, in the order of their files.
    public let prompts: [Prompt]
    /// What differs from the commit that is trusted; nil when the files are trusted as they are.
    public let trust: TrustReport?
    /// The number of suites that were read.
    public var suiteCount: Int { suites.count + idle.count }

    let suites: [Suite]
    /// The suites that have nothing for this run.
    var idle: [Suite] = []
    /// The suites as `evalrun score` would run them; empty while it does.
    var scoring: [Suite] = []
    let tree: any FileTree
    let catalog: AssertionCatalog
    /// The prompts of the project that may take the place of judge prompts: those of the commit that is trusted, else
    /// those of the files.
    var judgeOverrides: [Prompt] = []
    /// The commit whose calibrations count; nil: those of the files do.
    var trusted: TrustBase?
    /// Whether calibrations are read when judges are asked; not when one is made.
    var readsCalibrations = true
    /// False when mistakes left something out; no plan is made then.
    let isComplete: Bool

    /// Which suites to read.
    public enum Target: Sendable, Hashable {
        /// A file or folder of the project.
        case path(ProjectPath)
        /// The suite with a name.
        case name(String)
    }

    /// Reads a project: the settings, all prompts, and the suites that `targets` name (all below `evalsuites/`
    /// without any).
    ///
    /// - Parameters:
    ///   - today: The day, as `YYYY-MM-DD`, at which quarantines end.
    ///   - traces: Captured answers that take the place of the suites' cases; nil: the cases count.
    ///   - base: A commit whose settings and gates count in place of those of the files; nil: the files are trusted.
    /// - Returns: The project, with all mistakes of all files.
    public static func load(
        root: ProjectRoot, catalog: AssertionCatalog, targets: [Target] = [], today: String,
        traces: Traces? = nil, trusting base: TrustBase? = nil
    ) -> (workspace: Workspace, diagnostics: [Diagnostic]) {
        let files = WorkingTree(root)
        let tree: any FileTree = if let traces { TracesTree(base: files, traces: traces.path) } else { files }
        let reader = SourceReader(TrackedTree(tree))
        var project = ProjectFile.load(reader)
        var differences: [TrustDifference] = []
        if let base { (project, differences) = base.settings(over: reader) }
        let finder = SuiteFinder(reader: reader)
        let suiteFiles = finder.files(targets)
        let library = PromptLibrary.load(reader, also: finder.promptFiles(targets))
        checkSchemas(library.prompts, reader: reader, catalog: catalog)
        var history = PromptHistory(root: root)
        let suiteFile = SuiteFile(reader: reader, catalog: catalog, today: today, traces: traces)
        var suites: [Suite] = []
        for file in suiteFiles {
            guard let suite = suiteFile.load(file, library: library, history: &history) else { continue }
            if let twin = suites.first(where: { $0.name == suite.name }) {
                reader.add(
                    Diagnostic(
                        "duplicate-suite", "the suite '\(suite.name)' stands twice", at: suite.mark,
                        hint: "suites name recordings and reports; give one of them another name",
                        notes: [.init("the other one is here", at: twin.mark)]))
                continue
            }
            suites.append(suite)
        }
        let scoring = traces == nil ? suites.compactMap(\.scoring) : []
        let idle = leaveOutIdle(&suites, scoring: traces != nil, reader)
        if let base {
            differences += base.apply(
                to: &suites, files: suiteFiles, prompts: library.prompts, reader: reader, catalog: catalog,
                today: today)
        }
        let judgePrompts = JudgePromptCheck(catalog: catalog, reader: reader)
        judgePrompts.check(base?.prompts ?? library.prompts)
        if let base {
            differences += judgePrompts.differences(from: base, library.prompts)
            differences += base.calibrationDifferences(from: WorkingTree(root))
        }
        let workspace = Workspace(
            root: root, project: project, prompts: library.prompts,
            trust: base.map { TrustReport(label: $0.label, commit: $0.commit, differences: differences) },
            suites: suites, idle: idle, scoring: scoring, tree: reader.tree, catalog: catalog,
            judgeOverrides: judgePrompts.overrides(in: base?.prompts ?? library.prompts), trusted: base,
            isComplete: !reader.bag.hasErrors)
        return (workspace, reader.bag.sorted)
    }

    /// Leaves out suites that have nothing for this run: no cases, or no place for captured answers.
    private static func leaveOutIdle(
        _ suites: inout [Suite], scoring: Bool, _ reader: SourceReader
    ) -> [Suite] {
        let idle = suites.filter(\.cases.isEmpty)
        guard !idle.isEmpty, !reader.bag.hasErrors else { return [] }
        suites.removeAll(where: \.cases.isEmpty)
        if scoring, suites.isEmpty, let first = idle.first {
            reader.add(
                Diagnostic(
                    "no-traces", "the suite '\(first.name)' does not say how captured answers become cases",
                    at: first.mark,
                    hint:
                        "add traces: {response: \"{{ row.output }}\", assert: […]} with the names of your columns"
                ))
        }
        return idle
    }

    /// Reads the prompts alone.
    public static func promptsOnly(
        root: ProjectRoot, catalog: AssertionCatalog
    ) -> (workspace: Workspace, diagnostics: [Diagnostic]) {
        let reader = SourceReader(WorkingTree(root))
        let library = PromptLibrary.load(reader)
        checkSchemas(library.prompts, reader: reader, catalog: catalog)
        let judgePrompts = JudgePromptCheck(catalog: catalog, reader: reader)
        judgePrompts.check(library.prompts)
        let workspace = Workspace(
            root: root, project: Project(), prompts: library.prompts, trust: nil, suites: [],
            tree: reader.tree, catalog: catalog,
            judgeOverrides: judgePrompts.overrides(in: library.prompts), isComplete: true)
        return (workspace, reader.bag.sorted)
    }

    /// The prompts that a reference means: `name`, `name@3`, `name@all` or `name@git:REF`.
    ///
    /// Mistakes of other prompts are left out.
    public static func prompts(
        matching reference: String, root: ProjectRoot
    ) -> (prompts: [Prompt], diagnostics: [Diagnostic]) {
        guard let parsed = PromptReference(reference) else {
            let diagnostic = Diagnostic(
                "bad-reference", "'\(reference)' names no prompt",
                hint: "write name, name@3, name@all or name@git:REF")
            return ([], [diagnostic])
        }
        let all = SourceReader(WorkingTree(root))
        let library = PromptLibrary.load(all)
        let reader = SourceReader(WorkingTree(root))
        var history = PromptHistory(root: root)
        let found = library.resolve(parsed, at: nil, reader: reader, history: &history).map(\.prompt)
        // Without a prompt and without a reason, the reason is a mistake in its file.
        return (found, found.isEmpty && !reader.bag.hasErrors ? all.bag.sorted : reader.bag.sorted)
    }

    /// Compiles the output schemas, so that a broken one is found even where no suite checks it.
    static func checkSchemas(_ prompts: [Prompt], reader: SourceReader, catalog: AssertionCatalog) {
        guard let descriptor = catalog.descriptors.first(where: \.valueIsSchema) else { return }
        for prompt in prompts {
            guard let schema = prompt.outputSchema else { continue }
            let specification = AssertionSpecification(
                type: descriptor.name, writtenType: "output_schema", value: schema.value,
                mark: schema.namedAt, valueMark: schema.mark, written: schema)
            do throws(DiagnosticError) {
                reader.add(contentsOf: try descriptor.compile(specification).warnings)
            } catch {
                reader.add(contentsOf: error.diagnostics)
            }
        }
    }

    /// The highest version of each prompt by name, in order of the names.
    public func prompts(named name: String) -> [Prompt] {
        prompts.filter { $0.name == name }.sorted { PromptLibrary.isOrdered($0.version, before: $1.version) }
    }
}

extension Workspace {
    /// The files that were read, as paths from the project's root: nothing may be written over them.
    public var inputFiles: Set<String> {
        var files: Set<String> = [ProjectFile.path.text]
        for prompt in prompts { files.insert(prompt.file) }
        for suite in suites + idle {
            files.insert(suite.file)
            for template in suite.cases {
                if let dataset = template.dataset { files.insert(dataset.path.text) }
            }
        }
        return files
    }
}
