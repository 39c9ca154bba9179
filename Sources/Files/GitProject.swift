/// The history of a project in git; git is asked, and never fetches.
public struct GitProject: Sendable {
    /// The project's root, which may be a folder below git's.
    public let root: ProjectRoot
    private let git: GitCommand

    /// Prepares to ask git about a project; nothing runs yet.
    public init(_ root: ProjectRoot) {
        self.root = root
        git = GitCommand(folder: root.path)
    }

    /// The full hash of the commit that a reference names.
    public func commit(_ reference: String) throws(FileError) -> String {
        let result = try git.run(["rev-parse", "--verify", "--end-of-options", reference + "^{commit}"])
        let hash = Self.line(result.output)
        guard result.status == 0, Self.isHash(hash) else {
            if result.message.contains("Needed a single revision") || result.status == 0 {
                let hint = try isShallow() ? "; this clone is shallow: fetch more history first" : ""
                throw git.failure("there is no commit '\(reference)'\(hint)")
            }
            throw git.failure(result.message)
        }
        return hash
    }

    /// The files as of a reference.
    public func tree(at reference: String) throws(FileError) -> CommitTree {
        try CommitTree(commit: commit(reference), git: git)
    }

    /// The commits, newest first, in which a file changed, seen from a reference; merges that changed nothing and
    /// renames are not followed.
    public func history(of path: ProjectPath, from reference: String = "HEAD") throws(FileError) -> [String] {
        let output = try git.succeed([
            "log", "--format=%H", "--no-show-signature", try commit(reference), "--", path.text,
        ])
        return String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// Whether the files under git's control differ from the commit that is checked out.
    public func isDirty() throws(FileError) -> Bool {
        !(try git.succeed(["status", "--porcelain", "--untracked-files=no"])).isEmpty
    }

    /// True when the clone lacks old commits, as CI systems make them.
    public func isShallow() throws(FileError) -> Bool {
        Self.line(try git.succeed(["rev-parse", "--is-shallow-repository"])) == "true"
    }

    /// The first line of git's answer.
    static func line(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.prefix { $0 != 0x0A }, as: UTF8.self)
    }

    /// Whether a text is the full hash of a commit.
    static func isHash(_ text: String) -> Bool {
        text.utf8.count >= 40
            && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}
