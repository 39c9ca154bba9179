#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The project as it is on disk.
public struct WorkingTree: FileTree {
    /// The root that nothing leads out of.
    public let root: ProjectRoot

    /// Opens the tree of a root.
    public init(_ root: ProjectRoot) {
        self.root = root
    }

    /// The bytes of a regular file inside the project.
    public func read(_ path: ProjectPath, limit: Int?) throws(FileError) -> [UInt8] {
        let file = try FileDescriptor.regular(confined(path), shown: path.description)
        return try file.readAll(limit: limit, shown: path.description)
    }

    /// The bytes of a regular file inside the project, piece by piece.
    public func stream(_ path: ProjectPath) throws(FileError) -> ByteStream {
        ByteStream(
            try FileDescriptor.regular(confined(path), shown: path.description), shown: path.description)
    }

    /// All files below a folder; links to folders are not followed, links to files inside the project are.
    public func list(under folder: ProjectPath) throws(FileError) -> [ProjectPath] {
        try survey(under: folder).files
    }

    /// All files below a folder, with what can't be read as a file and the links to folders.
    public func survey(under folder: ProjectPath) throws(FileError) -> FolderSurvey {
        var found = FolderSurvey()
        var waiting = [folder]
        while let next = waiting.popLast() {
            for (name, isLink) in try names(in: next) where !ProjectPath.isSkipped(name) {
                let path = ProjectPath(unchecked: next.text.isEmpty ? name : next.text + "/" + name)
                switch kind(of: path) {
                case .file: found.files.append(path)
                case .folder where !isLink: waiting.append(path)
                case .folder: found.folderLinks.append(path)
                case .missing where isLink && isFolder(path): found.folderLinks.append(path)
                case .missing: found.unreadable.append(path)
                }
            }
        }
        found.files.sort()
        found.unreadable.sort()
        found.folderLinks.sort()
        return found
    }

    /// Whether the name is taken, links not followed.
    public func isOccupied(_ path: ProjectPath) -> Bool { RealPath.isOccupied(root.absolute(path)) }

    /// Whether a folder is there, inside the project or not.
    private func isFolder(_ path: ProjectPath) -> Bool {
        RealPath.status(root.absolute(path)).map { $0.st_mode & S_IFMT == S_IFDIR } ?? false
    }

    /// What stands at a path.
    public func kind(of path: ProjectPath) -> FileKind {
        guard let absolute = try? confined(path), let status = RealPath.status(absolute) else {
            return .missing
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return .file
        case S_IFDIR: return .folder
        default: return .missing
        }
    }

    /// The absolute path, links resolved, to write a file at; an error when a link leads out of the project.
    public func writable(_ path: ProjectPath) throws(FileError) -> String {
        let absolute = try RealPath.ofWritable(root.absolute(path), shown: path.description)
        guard root.inside(absolute) != nil else { throw Self.outside(path, operation: "write") }
        return absolute
    }

    private func confined(_ path: ProjectPath) throws(FileError) -> String {
        let written = root.absolute(path)
        let absolute: String
        do throws(FileError) {
            absolute = try RealPath.of(written, shown: path.description)
        } catch {
            guard error.kind == .missing, RealPath.link(written) != nil else { throw error }
            throw FileError(
                .missing, path: path.description, operation: "read",
                reason: "the symbolic link leads to nothing")
        }
        guard let inner = root.inside(absolute) else { throw Self.outside(path, operation: "read") }
        // git keeps passwords of remotes there, and what a file names is sent to models and shown in reports.
        guard !inner.components.contains(where: { $0.lowercased() == ".git" }) else {
            throw FileError(
                .outsideProject, path: path.description, operation: "read",
                reason: "the files of git itself are no part of the project")
        }
        return absolute
    }

    private static func outside(_ path: ProjectPath, operation: String) -> FileError {
        FileError(
            .outsideProject, path: path.description, operation: operation,
            reason: "a symbolic link leads out of the project")
    }

    /// The names in a folder that are valid UTF-8, which alone can be named in a file.
    private func names(in folder: ProjectPath) throws(FileError) -> [(name: String, isLink: Bool)] {
        guard let directory = opendir(try confined(folder)) else {
            throw FileError(errno: errno, path: folder.description, operation: "list")
        }
        defer { closedir(directory) }
        var names: [(String, Bool)] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(validating: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard let name, name != ".", name != ".." else { continue }
            let isLink = entry.pointee.d_type == UInt8(DT_LNK) || entry.pointee.d_type == UInt8(DT_UNKNOWN)
            names.append((name, isLink && RealPath.link(root.absolute(folder) + "/" + name) != nil))
        }
        return names
    }
}
