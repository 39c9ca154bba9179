#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Folders made where they are missing.
public enum FolderCreation {
    /// Creates a folder, absolute or relative to the current one, and those above it; an error when something else
    /// is there.
    public static func create(_ path: String) throws(FileError) {
        guard !path.isEmpty, !path.utf8.contains(0) else {
            throw FileError(.system, path: path, operation: "write", reason: "this is no path")
        }
        let absolute = try RealPath.absolute(path, shown: path)
        try create(absolute, shown: path)
        guard let status = RealPath.status(absolute), status.st_mode & S_IFMT == S_IFDIR else {
            throw FileError(.notAFile, path: path, operation: "write", reason: "it is no folder")
        }
    }

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
