import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The project as it was in a commit.
public final class CommitTree: FileTree {
    private struct Entry {
        var object: String
        var isLink: Bool
    }

    /// The full hash of the commit.
    public let commit: String
    private let git: GitCommand
    private let entries: [ProjectPath: Entry]
    private let folders: Set<ProjectPath>
    /// What links say, as far as read.
    private let links = Mutex<[String: String]>([:])

    /// Lists the files of a commit below the project's root.
    init(commit: String, git: GitCommand) throws(FileError) {
        self.commit = commit
        self.git = git
        var entries: [ProjectPath: Entry] = [:]
        var folders: Set<ProjectPath> = [.root]
        // Each record is `MODE SP TYPE SP OBJECT TAB PATH NUL`; the path is relative to the folder git runs in.
        for record in try git.succeed(["ls-tree", "-r", "-z", commit]).split(separator: 0) {
            guard let tab = record.firstIndex(of: 0x09),
                let path = String(validating: record[(tab + 1)...], as: UTF8.self)
            else { continue }
            let fields = String(decoding: record[..<tab], as: UTF8.self).split(separator: " ")
            guard fields.count == 3, fields[1] == "blob" else { continue }
            let name = ProjectPath(unchecked: path)
            entries[name] = Entry(object: String(fields[2]), isLink: fields[0] == "120000")
            var folder = name.folder
            while folders.insert(folder).inserted { folder = folder.folder }
        }
        self.entries = entries
        self.folders = folders
    }

    /// The bytes of a file.
    public func read(_ path: ProjectPath, limit: Int?) throws(FileError) -> [UInt8] {
        let entry = try file(path)
        let most = limit ?? .max - 1
        let result = try git.run(["cat-file", "blob", entry.object], limit: most)
        guard !result.isCut else { throw .tooLarge(shown(path), limit: most) }
        guard result.status == 0 else { throw git.failure(result.message) }
        return result.output
    }

    /// The bytes of a file of any size, by way of a temporary file.
    public func stream(_ path: ProjectPath) throws(FileError) -> ByteStream {
        let entry = try file(path)
        let temporary = try TemporaryFile.unnamed(in: TemporaryFile.folder)
        let result = try git.run(["cat-file", "blob", entry.object], into: temporary.raw)
        guard result.status == 0 else { throw git.failure(result.message) }
        guard lseek(temporary.raw, 0, SEEK_SET) == 0 else {
            throw FileError(errno: errno, path: shown(path), operation: "read")
        }
        return ByteStream(temporary, shown: shown(path))
    }

    /// All files below a folder.
    public func list(under folder: ProjectPath) throws(FileError) -> [ProjectPath] {
        let depth = folder.components.count
        return entries.keys.filter { path in
            folder.contains(path) && !path.components.dropFirst(depth).contains { ProjectPath.isSkipped($0) }
                && kind(of: path) == .file
        }.sorted()
    }

    /// What stands at a path.
    public func kind(of path: ProjectPath) -> FileKind {
        guard let target = try? resolved(path) else { return .missing }
        if entries[target] != nil { return .file }
        return folders.contains(target) ? .folder : .missing
    }

    private func shown(_ path: ProjectPath) -> String {
        "\(path) as of \(commit.prefix(12))"
    }

    private func file(_ path: ProjectPath) throws(FileError) -> Entry {
        let target = try resolved(path)
        if let entry = entries[target] { return entry }
        if folders.contains(target) {
            throw FileError(.notAFile, path: shown(path), operation: "read", reason: "it is a folder")
        }
        throw FileError(
            .missing, path: shown(path), operation: "read", reason: "that commit has no such file")
    }

    /// The path with symbolic links followed inside the tree.
    private func resolved(_ path: ProjectPath) throws(FileError) -> ProjectPath {
        var waiting = Array(path.components.reversed().map(String.init))
        var current = ProjectPath.root
        var hops = 0
        while let part = waiting.popLast() {
            if part == ".." {
                guard current != .root else { throw outside(path) }
                current = current.folder
                continue
            }
            let next = ProjectPath(unchecked: current.text.isEmpty ? part : current.text + "/" + part)
            guard let entry = entries[next], entry.isLink else {
                current = next
                continue
            }
            hops += 1
            guard hops <= 40 else { throw FileError(errno: ELOOP, path: shown(path), operation: "read") }
            let target = try link(entry)
            guard !target.hasPrefix("/") else { throw outside(path) }
            waiting += target.split(separator: "/").reversed().map(String.init).filter { $0 != "." }
        }
        return current
    }

    private func outside(_ path: ProjectPath) -> FileError {
        FileError(
            .outsideProject, path: shown(path), operation: "read",
            reason: "a symbolic link leads out of the project")
    }

    private func link(_ entry: Entry) throws(FileError) -> String {
        if let known = links.withLock({ $0[entry.object] }) { return known }
        let bytes = try git.succeed(["cat-file", "blob", entry.object], limit: 1 << 16)
        let target = String(decoding: bytes, as: UTF8.self)
        links.withLock { $0[entry.object] = target }
        return target
    }
}
