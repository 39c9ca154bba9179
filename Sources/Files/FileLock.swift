#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A lock that one process at a time holds; the system lets go of it when that process ends, however it ends.
///
/// The file stays, and holds the number of the process that took the lock last.
public final class FileLock: Sendable {
    private let file: FileDescriptor

    /// Takes the lock without waiting; nil when someone else holds it, this process included.
    ///
    /// - Parameters:
    ///   - path: absolute; the file is made, and with `makingFolders` the folders above it.
    ///   - shown: the name for messages.
    public init?(taking path: String, shown: String, makingFolders: Bool = false) throws(FileError) {
        if makingFolders { try FolderCreation.create(FolderSync.folder(of: path), shown: shown) }
        file = try FileDescriptor(
            opening: path, flags: O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, mode: 0o644,
            shown: shown, operation: "write")
        while flock(file.raw, LOCK_EX | LOCK_NB) != 0 {
            if errno == EINTR { continue }
            guard errno == EWOULDBLOCK else {
                throw FileError(errno: errno, path: shown, operation: "lock")
            }
            return nil
        }
        // Who holds it is a courtesy to whoever asks; the lock itself does not depend on it.
        if ftruncate(file.raw, 0) == 0 { try? file.write(Array("\(getpid())\n".utf8), shown: shown) }
    }

    /// The number of the process that holds a lock, as far as the file says.
    public static func holder(of path: String) -> Int? {
        guard let file = try? FileDescriptor.regular(path, shown: path),
            let bytes = try? file.read(upTo: 20, shown: path)
        else { return nil }
        return Int(String(decoding: bytes.prefix { $0 != 0x0A }, as: UTF8.self))
    }
}
