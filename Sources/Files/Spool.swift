import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Records kept on disk until they are needed, in a temporary file without a name that vanishes with the spool.
public final class Spool: Sendable {
    /// Where a record is.
    public struct Range: Sendable, Hashable {
        /// The first byte.
        public let offset: Int
        /// How many bytes.
        public let count: Int

        /// Names a record, or a part of one.
        public init(offset: Int, count: Int) {
            self.offset = offset
            self.count = count
        }
    }

    /// The open file; a class, since the descriptor has one owner and may be missing.
    private final class Storage: Sendable {
        let descriptor: FileDescriptor

        init(_ descriptor: consuming FileDescriptor) { self.descriptor = descriptor }
    }

    private struct State {
        var end = 0
        /// Records that the disk had no room for, by offset.
        var kept: [Int: [UInt8]] = [:]
        var isDiskUsable: Bool
    }

    private static let shown = "temporary file"
    private let file: Storage?
    private let state: Mutex<State>

    /// Creates an empty spool in a folder, normally that of `TMPDIR`, else in `/tmp` or `/var/tmp`.
    ///
    /// Where no temporary file can be made, and once the disk is full, records are kept in memory: results that
    /// are there already must not be lost to a full disk.
    public init(in folder: String? = nil) {
        var found: Storage?
        for place in [folder ?? TemporaryFile.folder, "/tmp", "/var/tmp"] where found == nil {
            do throws(FileError) { found = Storage(try TemporaryFile.unnamed(in: place)) } catch { continue }
        }
        file = found
        state = Mutex(State(isDiskUsable: found != nil))
    }

    /// Keeps a record; may be called from any thread.
    public func append(_ bytes: [UInt8]) -> Range {
        let (offset, isDiskUsable) = state.withLock { state in
            defer { state.end += bytes.count }
            return (state.end, state.isDiskUsable)
        }
        if !isDiskUsable || !write(bytes, at: offset) {
            state.withLock { state in
                state.isDiskUsable = false
                state.kept[offset] = bytes
            }
        }
        return Range(offset: offset, count: bytes.count)
    }

    private func write(_ bytes: [UInt8], at offset: Int) -> Bool {
        guard let file else { return false }
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                pwrite(
                    file.descriptor.raw, buffer.baseAddress.map { $0 + done }, buffer.count - done,
                    off_t(offset + done))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            done += count
        }
        return true
    }

    /// Reads a record back; may be called from any thread.
    public func read(_ range: Range) throws(FileError) -> [UInt8] {
        if let kept = state.withLock({ $0.kept[range.offset] }), kept.count == range.count { return kept }
        guard let file else { throw FileError(errno: EBADF, path: Self.shown, operation: "read") }
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: range.count) { buffer, filled in
            while filled < range.count {
                let count = pread(
                    file.descriptor.raw, buffer.baseAddress.map { $0 + filled }, range.count - filled,
                    off_t(range.offset + filled))
                if count < 0, errno == EINTR { continue }
                guard count > 0 else {
                    failure = count < 0 ? errno : EIO
                    return
                }
                filled += count
            }
        }
        guard failure == 0 else { throw FileError(errno: failure, path: Self.shown, operation: "read") }
        return bytes
    }
}
