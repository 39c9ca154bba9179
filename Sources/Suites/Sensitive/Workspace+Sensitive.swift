public import Diagnostics
public import Files
import Secrets

extension Workspace {
    /// Secrets and personal data in the files that were read: prompts and what they include, suites, lists of
    /// assertions, schemas, texts of variables, datasets, and the settings.
    ///
    /// Files are read again, as streams; datasets in full, whatever `where` and `limit` leave out.
    ///
    /// - Parameters:
    ///   - secrets: the values of key variables, to look for beside the shapes of keys.
    ///   - onlySent: leaves out what no chosen suite sends to a model: other prompts and suites, and the settings.
    public func sensitiveFinds(secrets: [String] = [], onlySent: Bool = false) -> SensitiveFinds {
        let search = SensitiveSearch(secrets: SecretTexts(secrets))
        var finds = SensitiveFinds()
        for (path, tree, shown) in sensitiveFiles(onlySent: onlySent) {
            do throws(FileError) {
                let outcome = try SensitiveFileScan(search: search, shown: shown).finds(
                    in: try tree.stream(path))
                finds.diagnostics += outcome.found.all
                finds.secrets += outcome.secrets
                finds.personalData += outcome.found.warnings - outcome.secrets
            } catch {
                finds.diagnostics.append(error.diagnostic(at: SourceMark(file: shown)))
            }
        }
        return finds
    }

    private func sensitiveFiles(
        onlySent: Bool
    ) -> [(path: ProjectPath, tree: any FileTree, shown: String)] {
        let shownTraces = suites.lazy.compactMap { $0.traces?.dataset?.shown }.first ?? ""
        let used = Set(suites.flatMap { $0.prompts.map(\.prompt.file) })
        let unused = Set(prompts.map(\.file)).subtracting(used)
        let chosen = Set(suites.map(\.file))
        var paths = Set((tree as? TrackedTree)?.readFiles ?? [])
        paths.formUnion(inputFiles.compactMap { ProjectPath($0) })
        var files = paths.sorted().filter { path in
            guard tree.kind(of: path) == .file else { return false }
            guard onlySent else { return true }
            return path != ProjectFile.path && !unused.contains(path.text)
                && (!SuiteFinder.isSuite(path) || chosen.contains(path.text))
        }.map { ($0, tree, $0 == Traces.place ? shownTraces : $0.text) }
        // Prompts as of a commit.
        let git = GitProject(root)
        for shown in used.sorted() {
            guard let at = shown.lastIndex(of: "@"), tree.kind(of: ProjectPath(shown) ?? .root) != .file,
                let path = ProjectPath(String(shown[..<at])),
                let commit = try? git.tree(at: String(shown[shown.index(after: at)...]))
            else { continue }
            files.append((path, commit, shown))
        }
        return files
    }

    /// The settings alone, with what is wrong with them.
    public static func settings(root: ProjectRoot) -> (project: Project, diagnostics: [Diagnostic]) {
        let reader = SourceReader(WorkingTree(root))
        let project = ProjectFile.load(reader)
        return (project, reader.bag.sorted)
    }
}
