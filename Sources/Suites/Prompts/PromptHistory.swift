import Diagnostics
import Files
import YAML

/// Prompts of earlier commits, each commit read once.
struct PromptHistory {
    private let git: GitProject
    private var trees: [String: CommitTree] = [:]

    /// Creates a history of a project.
    init(root: ProjectRoot) { git = GitProject(root) }

    /// The highest version of a prompt in a commit; nil, with a diagnostic, when there is none.
    mutating func prompt(_ name: String, revision: String, at mark: SourceMark?, reader: SourceReader)
        -> Prompt?
    {
        guard let tree = tree(revision, at: mark, reader: reader) else { return nil }
        let old = SourceReader(tree, suffix: "@" + revision)
        var versions: [Prompt] = []
        var isMentioned = false
        for path in old.yamlFiles(under: PromptLibrary.folder) {
            // Mistakes in other prompts of an old commit are nobody's concern.
            let one = SourceReader(tree, suffix: old.suffix)
            guard let file = one.yaml(path) else {
                guard path.stem == name else { continue }
                isMentioned = true
                reader.add(contentsOf: one.bag.diagnostics)
                continue
            }
            guard file.root["name"]?.text == name, PromptLibrary.isPrompt(file) else { continue }
            isMentioned = true
            if let prompt = PromptFile.load(file, reader: one) { versions.append(prompt) }
            reader.add(contentsOf: one.bag.diagnostics)
        }
        reader.add(contentsOf: old.bag.diagnostics)
        if !isMentioned {
            reader.report(
                "unknown-prompt", "there is no prompt '\(name)' in \(revision)", at: mark,
                hint: "`git show --stat \(revision) -- prompts` lists what that commit changed")
        }
        return versions.max { PromptLibrary.isOrdered($0.version, before: $1.version) }
    }

    /// A version that one of the prompt's files once had: the newest commit with it counts.
    func prompt(
        _ name: String, version: String, paths: [ProjectPath], at mark: SourceMark?, reader: SourceReader
    ) -> Prompt? {
        for path in paths {
            for commit in (try? git.history(of: path)) ?? [] {
                guard let tree = try? git.tree(at: commit) else { continue }
                let old = SourceReader(tree, suffix: "@" + commit.prefix(12))
                // Old files may have mistakes that are long mended; only the wanted version's matter.
                guard let file = old.yaml(path), file.root["name"]?.text == name,
                    PromptFile.version(file.root["version"]) == version
                else { continue }
                let prompt = PromptFile.load(file, reader: old)
                reader.add(contentsOf: old.bag.diagnostics)
                return prompt
            }
        }
        let files = paths.map(\.text).joined(separator: ", ")
        reader.report(
            "unknown-version", "the prompt '\(name)' has no version \(version)", at: mark,
            hint: "neither the files under prompts/ nor the commits of \(files) have it")
        return nil
    }

    private mutating func tree(_ revision: String, at mark: SourceMark?, reader: SourceReader) -> CommitTree?
    {
        if let known = trees[revision] { return known }
        do throws(FileError) {
            let tree = try git.tree(at: revision)
            trees[revision] = tree
            return tree
        } catch {
            reader.report(
                "unknown-revision", "git does not know the revision '\(revision)' here: \(error.reason)",
                at: mark, hint: "evalrun never fetches; fetch the commit first")
            return nil
        }
    }
}
