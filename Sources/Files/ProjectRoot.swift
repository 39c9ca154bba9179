public import Diagnostics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The folder that everything a project names stays inside.
public struct ProjectRoot: Sendable, Hashable {
    /// The absolute path, links resolved, without a slash at the end (`/` alone is kept).
    public let path: String

    /// The name of the project's file.
    public static let projectFile = "evalrun.yaml"

    /// Uses a folder as root.
    public init(folder: String) throws(FileError) {
        path = try RealPath.of(folder, shown: folder)
        guard let status = RealPath.status(path), status.st_mode & S_IFMT == S_IFDIR else {
            throw FileError(.notAFile, path: folder, operation: "open", reason: "it is not a folder")
        }
    }

    /// The nearest folder upwards with `evalrun.yaml`, else the one with `.git`, else `start` itself.
    public static func find(from start: String = ".") throws(FileError) -> ProjectRoot {
        let first = try ProjectRoot(folder: start)
        for marker in [projectFile, ".git"] {
            var folder = first.path
            while true {
                let candidate = folder == "/" ? "/" + marker : folder + "/" + marker
                if RealPath.isOccupied(candidate) { return try ProjectRoot(folder: folder) }
                guard folder != "/", let slash = folder.lastIndex(of: "/") else { break }
                folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
            }
        }
        return first
    }

    /// The absolute path of a path in the project.
    public func absolute(_ path: ProjectPath) -> String {
        if path.text.isEmpty { return self.path }
        return self.path == "/" ? "/" + path.text : self.path + "/" + path.text
    }

    /// The project path of a file given on the command line, relative to the current folder; nil when outside.
    public func projectPath(ofArgument argument: String) throws(FileError) -> ProjectPath? {
        let absolute = try RealPath.absolute(argument, shown: argument)
        return inside(try RealPath.ofWritable(absolute, shown: argument))
    }

    /// The path relative to the root of an absolute path without links; nil when it lies outside.
    func inside(_ absolute: String) -> ProjectPath? {
        let prefix = path == "/" ? "/" : path + "/"
        if absolute.utf8.elementsEqual(path.utf8) { return .root }
        guard absolute.utf8.starts(with: prefix.utf8) else { return nil }
        return ProjectPath(String(decoding: absolute.utf8.dropFirst(prefix.utf8.count), as: UTF8.self))
    }

    /// The path that a file names: relative to that file's folder, inside the project.
    ///
    /// Links are judged when the file is read. Errors: `path-empty`, `path-absolute`, `path-outside-project`.
    public static func resolve(
        _ written: String, from file: ProjectPath, at mark: SourceMark? = nil
    ) throws(DiagnosticError) -> ProjectPath {
        func failure(_ id: String, _ message: String, _ hint: String) -> DiagnosticError {
            DiagnosticError(Diagnostic(id, message, at: mark, hint: hint))
        }
        let shown = TerminalText.excerpt(written, limit: 120)
        guard !written.isEmpty else {
            throw failure("path-empty", "a path is expected, not an empty text", "name a file of the project")
        }
        guard !written.utf8.contains(0) else {
            throw failure("path-outside-project", "the path '\(shown)' contains a NUL", "remove it")
        }
        guard written.utf8.first != UInt8(ascii: "/") else {
            throw failure(
                "path-absolute", "the path '\(shown)' is absolute",
                "write it relative to \(file.text.isEmpty ? "the project" : file.text), and keep it in the project"
            )
        }
        guard let path = file.folder.appending(written) else {
            throw failure(
                "path-outside-project", "the path '\(shown)' leads out of the project",
                "move the file into the project")
        }
        return path
    }
}
