import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Writes a file that appears all at once: a temporary file beside it, fsync, rename, fsync of the folder.
///
/// Without `commit` nothing appears. Devices and pipes, such as `/dev/stdout`, are written straight.
public final class WholeFileWriter: Sendable {
    private struct State: ~Copyable {
        var buffer: [UInt8] = []
        var isFinished = false
    }

    private static let bufferSize = 1 << 16

    /// The file as shown to the user.
    public let shown: String
    private let target: String
    private let temporary: String?
    private let file: FileDescriptor
    private let isDurable: Bool
    private let state = Mutex(State())

    /// Begins a file; a link is followed, an existing file keeps its mode.
    ///
    /// - Parameters:
    ///   - path: absolute, or relative to the current folder.
    ///   - shown: the name for messages; `path` when nil.
    ///   - makingFolders: whether to create the folders that are missing.
    ///   - isDurable: whether `commit` waits for the disk; without it a power cut may leave a damaged file.
    public init(
        _ path: String, shown: String? = nil, makingFolders: Bool = false, isDurable: Bool = true
    ) throws(FileError) {
        let shown = shown ?? path
        self.shown = shown
        self.isDurable = isDurable
        guard !path.utf8.contains(0), !path.isEmpty else {
            throw FileError(.system, path: shown, operation: "write", reason: "this is no path")
        }
        if let standard = Self.standardDescriptor(path) {
            let copy = fcntl(standard, F_DUPFD_CLOEXEC, 3)
            guard copy >= 0 else { throw FileError(errno: errno, path: shown, operation: "write") }
            target = path
            temporary = nil
            file = FileDescriptor(owning: copy)
            return
        }
        let status = RealPath.status(path)
        if let status, status.st_mode & S_IFMT == S_IFDIR {
            throw FileError(.notAFile, path: shown, operation: "write", reason: "it is a folder")
        }
        if let status, status.st_mode & S_IFMT != S_IFREG {
            let open = try FileDescriptor(
                opening: path, flags: O_WRONLY | O_NOCTTY, shown: shown, operation: "write")
            target = path
            temporary = nil
            file = open
            return
        }
        target = try RealPath.ofWritable(RealPath.absolute(path, shown: shown), shown: shown)
        let folder = FolderSync.folder(of: target)
        if makingFolders { try FolderCreation.create(folder, shown: shown) }
        let new = try TemporaryFile(in: folder, mode: 0o644, shown: shown)
        if let status { fchmod(new.file.raw, status.st_mode & 0o7777) }
        temporary = new.path
        file = new.file
    }

    deinit {
        let isFinished = state.withLock { $0.isFinished }
        if !isFinished, let temporary { unlink(temporary) }
    }

    /// Adds bytes.
    public func write(_ bytes: [UInt8]) throws(FileError) {
        try state.withLock { (state) throws(FileError) in
            guard !state.isFinished else { throw finished() }
            state.buffer += bytes
            if state.buffer.count >= Self.bufferSize { try flush(&state.buffer) }
        }
    }

    /// Adds text as UTF-8.
    public func write(_ text: String) throws(FileError) {
        try write(Array(text.utf8))
    }

    /// Makes the file appear; the writer takes no more bytes.
    public func commit() throws(FileError) {
        try state.withLock { (state) throws(FileError) in
            guard !state.isFinished else { throw finished() }
            try flush(&state.buffer)
            guard let temporary else {
                state.isFinished = true
                return
            }
            guard !isDurable || fsync(file.raw) == 0 else {
                throw FileError(errno: errno, path: shown, operation: "write")
            }
            guard rename(temporary, target) == 0 else {
                throw FileError(errno: errno, path: shown, operation: "write")
            }
            state.isFinished = true
            if isDurable { FolderSync.sync(folderOf: target) }
        }
    }

    private func flush(_ buffer: inout [UInt8]) throws(FileError) {
        try file.write(buffer, shown: shown)
        buffer.removeAll(keepingCapacity: true)
    }

    private func finished() -> FileError {
        FileError(.system, path: shown, operation: "write", reason: "the file is finished already")
    }

    /// Opening these anew would start at the beginning of a file that the shell redirects to.
    private static func standardDescriptor(_ path: String) -> Int32? {
        switch path {
        case "/dev/stdout": return 1
        case "/dev/stderr": return 2
        default:
            for prefix in ["/dev/fd/", "/proc/self/fd/"] where path.hasPrefix(prefix) {
                return Int32(path.dropFirst(prefix.count)).flatMap { $0 >= 0 ? $0 : nil }
            }
            return nil
        }
    }
}

/// Writing a file that appears all at once.
public enum WholeFile {
    /// Writes all bytes, or leaves what was there.
    public static func write(
        _ bytes: [UInt8], to path: String, shown: String? = nil, makingFolders: Bool = false,
        isDurable: Bool = true
    ) throws(FileError) {
        let writer = try WholeFileWriter(
            path, shown: shown, makingFolders: makingFolders, isDurable: isDurable)
        try writer.write(bytes)
        try writer.commit()
    }
}
