import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A file that grows at its end, durably: what `append` returned for is on the disk.
///
/// It has one writer at a time, and is read at any place from any thread.
public final class AppendFile: Sendable {
    private struct State {
        var end: Int
        /// Why nothing more is added, once the end of the file is no longer known.
        var failure: FileError?
    }

    /// The file as shown to the user.
    public let shown: String
    private let file: FileDescriptor
    private let state: Mutex<State>

    /// Opens a regular file, or makes an empty one; a link is not followed.
    ///
    /// - Parameter path: absolute; the folder is there.
    public init(opening path: String, shown: String) throws(FileError) {
        self.shown = shown
        file = try FileDescriptor(
            opening: path, flags: O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, mode: 0o644,
            shown: shown, operation: "write")
        let status = try file.status(shown: shown)
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw FileError(.notAFile, path: shown, operation: "write", reason: "it is not a regular file")
        }
        state = Mutex(State(end: Int(clamping: status.st_size)))
        FolderSync.sync(folderOf: path)
    }

    /// The number of bytes.
    public var count: Int { state.withLock { $0.end } }

    /// Adds bytes at the end, waits until the disk has them, and gives the place of the first.
    ///
    /// After an error the file is as it was before, so that the next append may succeed. Where even that is not
    /// possible, every further append throws the same error: bytes after a part of a record would be lost in it.
    public func append(_ bytes: [UInt8]) throws(FileError) -> Int {
        try state.withLock { (state) throws(FileError) in
            if let failure = state.failure { throw failure }
            let start = state.end
            do throws(FileError) {
                try write(bytes, at: start)
                try sync()
            } catch {
                if ftruncate(file.raw, off_t(start)) != 0 { state.failure = error }
                throw error
            }
            state.end = start + bytes.count
            return start
        }
    }

    /// Cuts the file off after `count` bytes, durably.
    public func truncate(to count: Int) throws(FileError) {
        try state.withLock { (state) throws(FileError) in
            guard ftruncate(file.raw, off_t(count)) == 0 else { throw failure("write") }
            state.end = count
            try sync()
        }
    }

    /// Up to `count` bytes from a place; fewer at the end of the file.
    public func read(at offset: Int, count: Int) throws(FileError) -> [UInt8] {
        var code: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let result = pread(
                    file.raw, buffer.baseAddress.map { $0 + filled }, count - filled, off_t(offset + filled))
                if result < 0, errno == EINTR { continue }
                if result < 0 { code = errno }
                guard result > 0 else { return }
                filled += result
            }
        }
        guard code == 0 else { throw FileError(errno: code, path: shown, operation: "read") }
        return bytes
    }

    private func write(_ bytes: [UInt8], at offset: Int) throws(FileError) {
        var done = 0
        while done < bytes.count {
            let result = bytes.withUnsafeBytes { buffer in
                pwrite(
                    file.raw, buffer.baseAddress.map { $0 + done }, buffer.count - done, off_t(offset + done))
            }
            if result < 0, errno == EINTR { continue }
            guard result > 0 else { throw failure("write") }
            done += result
        }
    }

    private func sync() throws(FileError) {
        #if canImport(Darwin)
            // There `fsync` leaves the bytes in the cache of the disk.
            let result = fcntl(file.raw, F_FULLFSYNC) == 0 ? 0 : fsync(file.raw)
        #else
            let result = fdatasync(file.raw)
        #endif
        guard result == 0 else { throw failure("write") }
    }

    private func failure(_ operation: String) -> FileError {
        FileError(errno: errno, path: shown, operation: operation)
    }
}
