#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A new file with a name that nothing else has, open for reading and writing.
struct TemporaryFile: ~Copyable {
    /// The open file.
    let file: FileDescriptor
    /// Its absolute path.
    let path: String

    /// The folder for temporary files: `TMPDIR`, else `/tmp`.
    static var folder: String {
        if let value = getenv("TMPDIR"), value.pointee != 0 { return String(cString: value) }
        return "/tmp"
    }

    /// Creates a hidden file.
    init(in folder: String, mode: mode_t, shown: String? = nil) throws(FileError) {
        for _ in 0..<100 {
            let path = "\(folder)/.evalrun-\(String(UInt64.random(in: 0 ... .max), radix: 36)).tmp"
            let raw = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
            if raw >= 0 {
                file = FileDescriptor(owning: raw)
                self.path = path
                return
            }
            guard errno == EEXIST || errno == EINTR else { break }
        }
        throw FileError(errno: errno, path: shown ?? folder, operation: "write")
    }

    /// Creates a file that has no name any more, and vanishes when it is closed.
    static func unnamed(in folder: String) throws(FileError) -> FileDescriptor {
        let temporary = try TemporaryFile(in: folder, mode: 0o600)
        unlink(temporary.path)
        return temporary.file
    }
}
