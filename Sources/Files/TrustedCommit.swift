public import Diagnostics

/// A commit that vouches for what the files on disk can't, because somebody else may have written them.
///
/// Only git's objects are read: links, attributes and filters of the work tree have no say. Nothing is fetched.
public struct TrustedCommit: Sendable {
    /// The reference as the command line has it.
    public let reference: String
    /// The project as of the commit.
    public let tree: CommitTree
    /// The folder of the repository, which holds the project.
    public let repository: ProjectRoot
    private let git: GitCommand
    /// The project's folder below that of the repository; empty, or with a slash at the end.
    private let prefix: String

    /// The full hash of the commit.
    public var commit: String { tree.commit }

    /// What the commit is called in messages: the reference, a full hash being cut to 12 digits.
    public var label: String { GitProject.isHash(reference) ? String(reference.prefix(12)) : reference }

    /// Why the reference vouches for less than it seems; nil when there is nothing to say.
    public var caution: Diagnostic? {
        guard isHead else { return nil }
        return Diagnostic(
            "trust-base-is-head",
            "'\(reference)' is what is checked out, so that only changes that are not committed are told apart",
            hint: "in CI name the commit of the target branch", severity: .warning)
    }

    private var isHead: Bool { reference == "HEAD" || reference == "@" }

    /// Finds the commit, and makes sure that the distrusted side names neither it nor the project's folder.
    ///
    /// - Parameters:
    ///   - start: The folder from which the root was found; the commit's project is looked for in the same way.
    /// - Throws: `unknown-trust-base`, `trust-base-is-checkout`, `trust-base-submodule`, `trust-base-root`,
    ///   `trust-base-git`.
    public init(_ reference: String, root: ProjectRoot, from start: String = ".") throws(DiagnosticError) {
        self.reference = reference
        let git = GitCommand(folder: root.path)
        self.git = git
        let places = try Self.asking { () throws(FileError) in
            let words = ["rev-parse", "--show-toplevel", "--show-superproject-working-tree"]
            return try git.succeed(words).split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
        }
        if places.count > 1 {
            throw DiagnosticError(
                Diagnostic(
                    "trust-base-submodule",
                    "the project is in a submodule, which a change may replace as a whole",
                    hint: "--trust-base works for a project of the repository itself"))
        }
        repository = try Self.asking { () throws(FileError) in
            try ProjectRoot(folder: places.first ?? root.path)
        }
        prefix = try Self.asking { () throws(FileError) in
            GitProject.line(try git.succeed(["rev-parse", "--show-prefix"]))
        }
        let commit: String
        do throws(FileError) {
            guard !reference.isEmpty else { throw git.failure("it is empty") }
            commit = try GitProject(root).commit(reference)
        } catch {
            throw DiagnosticError(Self.unknown(reference, error))
        }
        tree = try Self.asking { () throws(FileError) in try CommitTree(commit: commit, git: git) }
        try refuseCheckout()
        try checkRoot(root, start: start)
    }

    private static func asking<Value>(
        _ body: () throws(FileError) -> Value
    ) throws(DiagnosticError) -> Value {
        do throws(FileError) {
            return try body()
        } catch {
            throw DiagnosticError(
                Diagnostic(
                    "trust-base-git", error.description,
                    hint: "--trust-base reads what it trusts from the repository's history"))
        }
    }

    private static func unknown(_ reference: String, _ error: FileError) -> Diagnostic {
        let isPlain = reference.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || "-_./".utf8.contains(byte)
        }
        var branch = isPlain && reference.utf8.first != UInt8(ascii: "-") ? reference : "main"
        if branch.hasPrefix("origin/") { branch.removeFirst("origin/".count) }
        if branch.isEmpty { branch = "main" }
        let name = GitProject.isHash(branch) ? branch : "origin/\(branch)"
        return Diagnostic(
            "unknown-trust-base",
            "git does not know the commit '\(TerminalText.excerpt(reference, limit: 80))' here: \(error.reason)",
            hint:
                "evalrun never fetches; run `git fetch --depth=1 origin \(branch)` first, then --trust-base \(name)"
        )
    }

    /// Refuses a branch by its name when it is checked out: a pull request may come from a branch of that name.
    private func refuseCheckout() throws(DiagnosticError) {
        guard !isHead else { return }
        let (full, head) = try Self.asking { () throws(FileError) in
            let named = try git.run([
                "rev-parse", "--verify", "--symbolic-full-name", "--end-of-options", reference,
            ])
            return (
                GitProject.line(named.output),
                GitProject.line(try git.run(["symbolic-ref", "-q", "HEAD"]).output)
            )
        }
        guard !full.isEmpty, full == head else { return }
        throw DiagnosticError(
            Diagnostic(
                "trust-base-is-checkout",
                "'\(label)' is the branch that is checked out, and can't vouch for what is checked out",
                hint: """
                    a pull request may bring a branch of that name along: in CI name the target's commit by its hash
                    at your desk, --trust-base HEAD tells apart what is not committed yet
                    """))
    }

    /// Makes sure that the commit has its project in the same folder: a change could add or move `evalrun.yaml`.
    private func checkRoot(_ root: ProjectRoot, start: String) throws(DiagnosticError) {
        let first = (try? RealPath.of(start, shown: start)) ?? root.path
        var folder = repository.inside(first) ?? .root
        var candidates: [ProjectPath] = []
        while true {
            candidates.append(folder)
            if folder == .root { break }
            folder = folder.folder
        }
        let paths = candidates.map {
            $0 == .root ? ProjectRoot.projectFile : "\($0)/\(ProjectRoot.projectFile)"
        }
        let known = try Self.asking { () throws(FileError) in
            let listing = try git.succeed(
                ["ls-tree", "--full-tree", "--name-only", "-z", commit, "--"] + paths)
            return Set(listing.split(separator: 0).map { String(decoding: $0, as: UTF8.self) })
        }
        let found = zip(candidates, paths).first { known.contains($1) }?.0 ?? .root
        let here = ProjectPath(prefix) ?? .root
        guard found != here else { return }
        throw DiagnosticError(
            Diagnostic(
                "trust-base-root",
                "the project is in the folder '\(here)' here, and in '\(found)' as of '\(label)'",
                hint: "\(ProjectRoot.projectFile) was added, moved or removed, and none of it can be trusted")
        )
    }

    /// Writes all files of the commit into a new temporary folder.
    public func extract() throws(FileError) -> ExtractedTree {
        try ExtractedTree(commit: commit, prefix: ProjectPath(prefix) ?? .root, git: git)
    }
}
