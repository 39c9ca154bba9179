#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The files of a commit in a temporary folder, for programs to run in; they go away with the value.
///
/// Submodules are left out.
public final class ExtractedTree: Sendable {
    /// The project in the folder.
    public let root: ProjectRoot
    /// What is removed in the end.
    private let folder: Cleared

    /// Writes the files of the whole repository, since programs may use those above the project too.
    init(commit: String, prefix: ProjectPath, git: GitCommand) throws(FileError) {
        var template = Array("\(TemporaryFile.folder)/evalrun-base-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw FileError(errno: errno, path: TemporaryFile.folder, operation: "write")
        }
        let made = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        folder = Cleared(path: made)
        let files = try RealPath.of(made, shown: made) + "/files"
        let project = prefix == .root ? files : "\(files)/\(prefix)"
        try FolderCreation.create(project, shown: made)
        // An index and a work tree of its own: attributes of the files on disk are not asked for.
        let index = made + "/index"
        for words in [
            ["read-tree", "--no-sparse-checkout", commit], ["checkout-index", "--all", "--quiet"],
        ] {
            let result = try git.run(["--work-tree=\(files)"] + words, index: index)
            guard result.status == 0 else { throw git.failure(result.message) }
        }
        root = try ProjectRoot(folder: project)
    }

    /// A folder that is removed with everything in it when the value goes away.
    private final class Cleared: Sendable {
        private let path: String

        init(path: String) { self.path = path }

        deinit { Self.remove(path) }

        /// Removes a file, a link or a folder; links are not followed.
        private static func remove(_ path: String) {
            guard unlink(path) != 0 else { return }
            guard let directory = opendir(path) else { return }
            var names: [String] = []
            while let entry = readdir(directory) {
                names.append(
                    withUnsafeBytes(of: &entry.pointee.d_name) {
                        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
                    })
            }
            closedir(directory)
            for name in names where name != "." && name != ".." { remove("\(path)/\(name)") }
            rmdir(path)
        }
    }
}
