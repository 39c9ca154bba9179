public import Diagnostics
public import Evals
public import Files
import JSON
import YAML

/// What a project has as of a trusted commit: the settings, the gates, and the programs of assertions.
public struct TrustBase: Sendable {
    /// The commit as the command line names it.
    public let label: String
    /// The full hash of the commit.
    public let commit: String
    /// The files of the commit.
    public let tree: any FileTree
    /// The programs that assertions of the commit run.
    public let commands: Set<ProgramCommand>
    /// `evalrun.yaml`; nil when the commit has none.
    let settings: YAMLFile?
    /// The suites, in the order of their files.
    let suites: [BaseSuite]
    /// The prompts.
    let prompts: [Prompt]
    /// The providers that the settings have, and those that models of suites and prompts name.
    let providers: Set<String>
    /// The models that assertions name as judges.
    let judges: Set<String>

    /// Whether there is a program to run: of an assertion, or of a provider.
    public var runsPrograms: Bool {
        !commands.isEmpty
            || (settings?.root["providers"]?.entries ?? []).contains {
                $0.keyText == "exec" || $0.value["type"]?.text == "exec"
            }
    }

    /// What stands behind the name of a file of the commit in messages.
    var suffix: String { "@" + label }

    /// Reads what is trusted.
    ///
    /// - Parameters:
    ///   - targets: The suites that the command means; each that the commit has must be in the work tree too.
    ///   - today: The day, as `YYYY-MM-DD`, at which quarantines end.
    /// - Returns: The base, with the mistakes that make settings or gates of the commit unreadable.
    public static func read(
        _ commit: TrustedCommit, catalog: AssertionCatalog, targets: [Workspace.Target], today: String
    ) -> (base: TrustBase, diagnostics: [Diagnostic]) {
        let reader = SourceReader(commit.tree, suffix: "@" + commit.label)
        let settings = settings(reader)
        let finder = SuiteFinder(reader: SourceReader(commit.tree, suffix: reader.suffix))
        let all = finder.files([])
        let wanted = targets.isEmpty ? all : finder.files(targets.flatMap { meanings(of: $0, commit.tree) })
        // What a target misses there is new; a file that can't be read may have gates.
        reader.add(contentsOf: finder.reader.bag.diagnostics.filter { $0.mark != nil })
        let wantedPaths = Set(wanted.map(\.path))
        let files = all + wanted.filter { file in !all.contains { $0.path == file.path } }
        let suites = files.compactMap {
            BaseSuite($0, isWanted: wantedPaths.contains($0.path), reader: reader)
        }
        let inventory = AssertionInventory(
            commit.tree, suffix: reader.suffix, catalog: catalog, today: today)
        for suite in suites {
            _ = inventory.entries(suite.file.root["defaults"]?["assert"], in: suite.file)
            for item in suite.file.root["cases"]?.items ?? [] {
                _ = inventory.entries(item["assert"], in: suite.file)
            }
        }
        let prompts = PromptLibrary.load(SourceReader(commit.tree, suffix: reader.suffix)).prompts
        var named = prompts.compactMap(\.model?.name)
        for suite in suites {
            named += suite.file.root["models"]?.many.compactMap { $0.text ?? $0["model"]?.text } ?? []
        }
        let base = TrustBase(
            label: commit.label, commit: commit.commit, tree: commit.tree, commands: inventory.commands,
            settings: settings, suites: suites, prompts: prompts,
            providers: TrustedSettings.providers(in: settings?.root)
                .union((named + inventory.judges).compactMap(TrustedSettings.provider)),
            judges: inventory.judges)
        return (base, reader.bag.sorted.filter { $0.severity == .error })
    }

    private static func settings(_ reader: SourceReader) -> YAMLFile? {
        if let diagnostic = reader.misuse(of: ProjectFile.path) { reader.add(diagnostic) }
        guard reader.tree.kind(of: ProjectFile.path) == .file, let file = reader.yaml(ProjectFile.path) else {
            return nil
        }
        if !file.root.isNull { reader.check(file.root, .record(ProjectKeys.file), what: "the project file") }
        return file
    }

    /// What a target may mean as of the commit: what is a file or a folder here may be the name of a suite there.
    private static func meanings(of target: Workspace.Target, _ tree: any FileTree) -> [Workspace.Target] {
        guard case .path(let path) = target, tree.kind(of: path) == .missing, path.components.count == 1
        else {
            return [target]
        }
        return [.name(path.text)]
    }
}

extension TrustBase {
    /// The settings that count, and where the work tree says something else.
    func settings(over reader: SourceReader) -> (project: Project, differences: [TrustDifference]) {
        var work: YAMLFile?
        // Its mistakes were reported when it was read as a whole.
        if reader.tree.kind(of: ProjectFile.path) == .file {
            work = SourceReader(reader.tree).yaml(ProjectFile.path)
        }
        let merged = TrustedSettings(
            base: settings?.root, work: work?.root, label: label, providers: providers, judges: judges)
        let base = SourceReader(tree, suffix: suffix)
        let project = ProjectFile.load(merged, reader, base: base)
        reader.add(contentsOf: base.bag.diagnostics)
        return (project, merged.differences + priceDifferences(work, reader))
    }

    private func priceDifferences(_ work: YAMLFile?, _ reader: SourceReader) -> [TrustDifference] {
        let old = Self.prices(settings, SourceReader(tree, suffix: suffix))
        let new = Self.prices(work, SourceReader(reader.tree))
        return SettingChange.between(old, new, path: ["prices"]).map {
            TrustDifference($0.mark, $0.ignored(label))
        }
    }

    private static func prices(_ settings: YAMLFile?, _ reader: SourceReader) -> YAMLNode? {
        guard let node = settings?.root["prices"], let written = node.text,
            let path = reader.resolve(written, from: ProjectFile.path, at: node.mark)
        else { return nil }
        return reader.yaml(path)?.root
    }

    /// Puts the gates of the commit in place of those of the work tree; returns what else differs.
    ///
    /// A suite that the command means and the work tree lacks is reported.
    func apply(
        to suites: inout [Suite], files: [YAMLFile], prompts: [Prompt], reader: SourceReader,
        catalog: AssertionCatalog, today: String
    ) -> [TrustDifference] {
        var found = schemaDifferences(prompts)
        let old = AssertionInventory(tree, suffix: suffix, catalog: catalog, today: today)
        let new = AssertionInventory(reader.tree, suffix: "", catalog: catalog, today: today)
        for index in suites.indices {
            let suite = suites[index]
            let twins = self.suites.filter { $0.name == suite.name }
            guard let base = twins.first, let file = files.first(where: { $0.path.text == suite.file }) else {
                found.append(
                    TrustDifference(
                        suite.mark, "suite \(suite.name): not in \(label), so that its own gates count"))
                continue
            }
            let gates = TrustedGates(
                base: twins.flatMap(\.gates), work: suite.gates, suite: suite.mark, label: label)
            suites[index].gates = gates.gates
            found += gates.differences
            found +=
                SuiteDifferences(
                    base: .init(file: base.file, tree: tree, assertions: old),
                    work: .init(file: file, tree: reader.tree, assertions: new), suite: suite.name,
                    mark: suite.mark, label: label
                ).found
        }
        for base in self.suites where base.isWanted {
            let isThere = files.contains { Fields($0.root, SuiteKeys.file).text("suite") == base.name }
            if !isThere { reader.add(missing(base)) }
        }
        return found
    }

    private func missing(_ suite: BaseSuite) -> Diagnostic {
        Diagnostic(
            "suite-removed", "\(label) has the suite '\(suite.name)', which is gone here with its gates",
            at: suite.mark,
            hint: """
                give the suite its name back
                to remove or rename it, merge that change without --trust-base
                """)
    }

    /// Output schemas, which `schema: prompt` asks for.
    private func schemaDifferences(_ work: [Prompt]) -> [TrustDifference] {
        Set(prompts.map(\.name)).sorted().compactMap { name in
            guard let old = Self.latest(name, prompts), let schema = old.outputSchema,
                let new = Self.latest(name, work), new.outputSchema?.value != schema.value
            else { return nil }
            guard let changed = new.outputSchema else {
                return TrustDifference(new.mark, "prompt \(name): output_schema: in \(label), gone here")
            }
            return TrustDifference(changed.namedAt, "prompt \(name): output_schema: differs from \(label)")
        }
    }

    private static func latest(_ name: String, _ prompts: [Prompt]) -> Prompt? {
        prompts.filter { $0.name == name }.max { PromptLibrary.isOrdered($0.version, before: $1.version) }
    }
}
