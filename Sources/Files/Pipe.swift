import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A pipe whose ends no other child inherits.
final class Pipe {
    /// The end to read from.
    let reading: Int32
    /// The end to write to.
    let writing: Int32
    private var isWritable = true

    /// Held while a pipe is made and while a child starts: between the two calls that make one, a child started
    /// by another thread would inherit it.
    static let spawning = Mutex(())

    /// Opens a pipe.
    init() throws(FileError) {
        var ends: [Int32] = [-1, -1]
        let result = Self.spawning.withLock { _ in
            let result = pipe(&ends)
            for end in ends where end >= 0 { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            return result
        }
        guard result == 0 else { throw FileError(errno: errno, path: "a pipe", operation: "open") }
        (reading, writing) = (ends[0], ends[1])
    }

    /// Closes the end to write to, so that the other one can come to its end.
    func closeWriting() {
        guard isWritable else { return }
        isWritable = false
        close(writing)
    }

    deinit {
        closeWriting()
        close(reading)
    }
}
