import Files
import Synchronization

/// A tree that remembers which files were read, whoever read them and why.
struct TrackedTree: FileTree {
    private final class Log: Sendable {
        let paths = Mutex<Set<ProjectPath>>([])
    }

    private let base: any FileTree
    private let log = Log()

    /// Creates a tree over another one.
    init(_ base: any FileTree) { self.base = base }

    /// The files read so far, ordered by bytes.
    var readFiles: [ProjectPath] { log.paths.withLock { $0.sorted() } }

    func read(_ path: ProjectPath, limit: Int?) throws(FileError) -> [UInt8] {
        let bytes = try base.read(path, limit: limit)
        note(path)
        return bytes
    }

    func stream(_ path: ProjectPath) throws(FileError) -> ByteStream {
        let stream = try base.stream(path)
        note(path)
        return stream
    }

    func list(under folder: ProjectPath) throws(FileError) -> [ProjectPath] { try base.list(under: folder) }

    func survey(under folder: ProjectPath) throws(FileError) -> FolderSurvey {
        try base.survey(under: folder)
    }

    func isOccupied(_ path: ProjectPath) -> Bool { base.isOccupied(path) }

    func kind(of path: ProjectPath) -> FileKind { base.kind(of: path) }

    private func note(_ path: ProjectPath) { log.paths.withLock { _ = $0.insert(path) } }
}
