public import Diagnostics
public import Evals
public import Files

/// Which programs may run when only a commit's are trusted: those that it names in the same words, with the same files.
///
/// They run among the files of the commit, so that what a program loads is the commit's as well.
public struct ProgramTrust: Sendable {
    /// What the commit is called in messages.
    private let label: String
    /// What assertions of the commit run.
    private let commands: Set<ProgramCommand>
    /// The files of the commit.
    private let tree: any FileTree
    /// The project in the work tree.
    private let root: ProjectRoot
    /// The folder of the repository, all of which is distrusted.
    private let repository: ProjectRoot
    /// The files of the commit on disk; nil when nothing runs.
    let extracted: ExtractedTree?

    /// Creates the permission for a project.
    public init(
        _ commit: TrustedCommit, commands: Set<ProgramCommand>, root: ProjectRoot, extracted: ExtractedTree?
    ) {
        label = commit.label
        tree = commit.tree
        repository = commit.repository
        self.commands = commands
        self.root = root
        self.extracted = extracted
    }

    /// True when programs run among the commit's files.
    public var isRunning: Bool { extracted != nil }

    /// What keeps the command of a provider from being trusted, although the commit has it in the same words.
    ///
    /// - Parameters:
    ///   - searchPath: The value of `PATH`, on which a name alone is looked for.
    public func mistakes(inCommand words: [String], searchPath: String) -> [Diagnostic] {
        do throws(DiagnosticError) {
            try permit(words: words, at: nil)
            // A program that is not there is told when it is asked.
            if let name = words.first, !name.contains("/"),
                let found = try? ProgramFinder(root: nil, searchPath: searchPath).program(
                    name, from: .root, at: nil)
            {
                try permit(found: found, at: nil)
            }
            return []
        } catch {
            return error.diagnostics
        }
    }

    /// Refuses a program that the commit does not run in the same words.
    func permit(_ specification: AssertionSpecification) throws(DiagnosticError) {
        let folder = (ProjectPath(specification.mark.file) ?? .root).folder.text
        let command = ProgramCommand(
            type: specification.type, value: specification.value, options: specification.options,
            folder: folder)
        guard !commands.contains(command) else { return }
        throw refusal(
            "'\(TerminalText.excerpt(command.text, limit: 120))' is not run by \(label), and may not run",
            at: specification.mark)
    }

    /// Refuses a file of the project that is not the same in the commit.
    func permit(_ path: ProjectPath, at mark: SourceMark?) throws(DiagnosticError) {
        let here = try? WorkingTree(root).read(path, limit: nil)
        let there = try? tree.read(path, limit: nil)
        guard here == nil || here != there else { return }
        let what = there == nil ? "is not in \(label)" : "is not as in \(label)"
        throw refusal("the program's file '\(path)' \(what), and may not run", at: mark)
    }

    /// Refuses words of a command that name changed files of the project, or the distrusted folder itself.
    func permit(words: [String], at mark: SourceMark?) throws(DiagnosticError) {
        for word in words {
            if let path = distrusted(word) {
                throw refusal(
                    "'\(path)' is named by its absolute path, where it need not be as in \(label)", at: mark)
            }
            guard !word.hasPrefix("/"), let path = ProjectPath(word), path != .root,
                WorkingTree(root).kind(of: path) == .file || tree.kind(of: path) == .file
            else { continue }
            try permit(path, at: mark)
        }
    }

    /// Refuses a program of the `PATH` that lies in the distrusted folder.
    func permit(found program: String, at mark: SourceMark?) throws(DiagnosticError) {
        guard let path = distrusted(program) else { return }
        throw refusal(
            "the program '\(path)' on the PATH is in the repository, where it need not be as in \(label)",
            at: mark)
    }

    /// An absolute path into the distrusted folder, as it is written or with links followed; nil when it leads elsewhere.
    private func distrusted(_ path: String) -> String? {
        guard path.hasPrefix("/") else { return nil }
        let parts = (
            path: ProjectPath(Self.relative(path)), root: ProjectPath(Self.relative(repository.path))
        )
        let isWrittenSo = parts.path.map { parts.root?.contains($0) ?? true } ?? true
        let leadsThere = (try? repository.projectPath(ofArgument: path)) ?? nil != nil
        return isWrittenSo || leadsThere ? TerminalText.excerpt(path, limit: 120) : nil
    }

    private static func relative(_ path: String) -> String { String(path.drop { $0 == "/" }) }

    private func refusal(_ message: String, at mark: SourceMark?) -> DiagnosticError {
        DiagnosticError(
            Diagnostic(
                "exec-not-trusted", message, at: mark,
                hint: "let \(label) have it first; from then on it runs with --allow-exec"))
    }
}
