public import Diagnostics
public import Evals
public import Files

extension Workspace {
    /// Reads the settings and all prompts, and no suite: what is needed to ask judges without one.
    ///
    /// - Parameter base: A commit whose settings and judge prompts count in place of those of the files; nil: the
    ///   files are trusted.
    public static func withoutSuites(
        root: ProjectRoot, catalog: AssertionCatalog, trusting base: TrustBase? = nil
    ) -> (workspace: Workspace, diagnostics: [Diagnostic]) {
        let reader = SourceReader(WorkingTree(root))
        var project = ProjectFile.load(reader)
        var differences: [TrustDifference] = []
        if let base { (project, differences) = base.settings(over: reader) }
        let library = PromptLibrary.load(reader)
        let judgePrompts = JudgePromptCheck(catalog: catalog, reader: reader)
        judgePrompts.check(base?.prompts ?? library.prompts)
        if let base { differences += judgePrompts.differences(from: base, library.prompts) }
        let workspace = Workspace(
            root: root, project: project, prompts: library.prompts,
            trust: base.map { TrustReport(label: $0.label, commit: $0.commit, differences: differences) },
            suites: [], tree: reader.tree, catalog: catalog,
            judgeOverrides: judgePrompts.overrides(in: base?.prompts ?? library.prompts),
            isComplete: !reader.bag.hasErrors)
        return (workspace, reader.bag.sorted)
    }

    /// The judges of these names; nil: those of the project's `judge:`.
    ///
    /// Throws all names that are no judges, and a mistake where nobody is named at all.
    public func judges(named names: [String]?) throws(DiagnosticError) -> [ModelSpecification] {
        guard let names = names ?? project.judge.panel?.models else {
            throw DiagnosticError(
                Diagnostic(
                    "no-judge", "nobody is named to judge",
                    hint: "add `judge: {model: NAME}` to evalrun.yaml, or name a judge on the command line"))
        }
        let directory = JudgeDirectory(project: project)
        var judges: [ModelSpecification] = []
        var mistakes: [Diagnostic] = []
        for name in names {
            switch directory.resolve(name, for: .judge, at: nil) {
            case .success(let judge): judges.append(judge)
            case .failure(let mistake): mistakes.append(mistake)
            }
        }
        guard mistakes.isEmpty else { throw DiagnosticError(mistakes) }
        return judges
    }
}
