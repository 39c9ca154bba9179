#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Folders made where they are missing.
enum FolderCreation {
    /// Creates a folder and those above it; one that is there already is fine.
    static func create(_ absolute: String, shown: String) throws(FileError) {
        var path = ""
        for part in absolute.split(separator: "/") {
            path += "/" + part
            guard mkdir(path, 0o755) != 0 else { continue }
            let code = errno
            // A folder above may be unwritable, or on a read-only disk, and still be there.
            guard code != EEXIST, RealPath.status(path) == nil else { continue }
            throw FileError(errno: code, path: shown, operation: "create the folder for")
        }
    }
}
