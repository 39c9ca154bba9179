#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// An open file, closed when it goes away.
struct FileDescriptor: ~Copyable, Sendable {
    /// The descriptor.
    let raw: Int32
    private let isOwned: Bool

    /// Takes over an open descriptor.
    init(owning raw: Int32) {
        self.raw = raw
        isOwned = true
    }

    /// Uses a descriptor that another owner closes.
    init(borrowing raw: Int32) {
        self.raw = raw
        isOwned = false
    }

    /// Opens a file.
    init(opening absolute: String, flags: Int32, mode: mode_t = 0, shown: String, operation: String)
        throws(FileError)
    {
        var result = open(absolute, flags | O_CLOEXEC, mode)
        while result < 0, errno == EINTR { result = open(absolute, flags | O_CLOEXEC, mode) }
        guard result >= 0 else { throw FileError(errno: errno, path: shown, operation: operation) }
        self.init(owning: result)
    }

    deinit {
        if isOwned { close(raw) }
    }

    /// Opens a regular file for reading; never waits for a pipe or a device.
    static func regular(_ absolute: String, shown: String) throws(FileError) -> FileDescriptor {
        let file = try FileDescriptor(
            opening: absolute, flags: O_RDONLY | O_NONBLOCK | O_NOCTTY, shown: shown, operation: "read")
        let status = try file.status(shown: shown)
        guard status.st_mode & S_IFMT == S_IFREG else {
            let what = status.st_mode & S_IFMT == S_IFDIR ? "it is a folder" : "it is not a regular file"
            throw FileError(.notAFile, path: shown, operation: "read", reason: what)
        }
        return file
    }

    /// What `fstat` says.
    func status(shown: String) throws(FileError) -> stat {
        var status = stat()
        guard fstat(raw, &status) == 0 else { throw FileError(errno: errno, path: shown, operation: "read") }
        return status
    }

    /// Reads up to `count` bytes from the current position; empty at the end.
    func read(upTo count: Int, shown: String) throws(FileError) -> [UInt8] {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            repeat {
                let result = posixRead(raw, buffer.baseAddress, count)
                filled = max(0, result)
                failure = result < 0 ? errno : 0
            } while failure == EINTR
        }
        guard failure == 0 else { throw FileError(errno: failure, path: shown, operation: "read") }
        return bytes
    }

    /// Reads to the end; an error when there are more than `limit` bytes.
    func readAll(limit: Int?, shown: String) throws(FileError) -> [UInt8] {
        let size = Int(clamping: try status(shown: shown).st_size)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(min(max(0, size), limit ?? .max))
        while true {
            let chunk = try read(upTo: 1 << 16, shown: shown)
            if chunk.isEmpty { return bytes }
            bytes += chunk
            if let limit, bytes.count > limit { throw .tooLarge(shown, limit: limit) }
        }
    }

    /// Writes all bytes at the current position.
    func write(_ bytes: [UInt8], shown: String) throws(FileError) {
        var done = 0
        while done < bytes.count {
            let result = bytes.withUnsafeBytes { buffer in
                posixWrite(raw, buffer.baseAddress.map { $0 + done }, buffer.count - done)
            }
            if result >= 0 {
                done += result
                continue
            }
            if errno == EINTR { continue }
            guard errno == EAGAIN else { throw FileError(errno: errno, path: shown, operation: "write") }
            var waiting = pollfd(fd: raw, events: Int16(POLLOUT), revents: 0)
            _ = poll(&waiting, 1, -1)
        }
    }
}

extension FileError {
    /// The error for a file above its limit.
    public static func tooLarge(_ path: String, limit: Int) -> FileError {
        let shown = limit >= 1 << 20 ? "\(limit >> 20) MiB" : "\(limit) bytes"
        return FileError(.tooLarge, path: path, operation: "read", reason: "it is larger than \(shown)")
    }
}

// Inside the type, `read` and `write` would name its own methods.
private func posixRead(_ file: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(file, buffer, count)
}

private func posixWrite(_ file: Int32, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int {
    write(file, buffer, count)
}
