#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What can be told about a path without opening it.
public enum PathProbe {
    /// Whether anything stands at a path, absolute or relative to the current folder: a file, a folder, or a link
    /// even when it leads nowhere.
    ///
    /// What can't be told, as below a folder that may not be entered, counts as there: it must not be overwritten.
    public static func exists(_ path: String) -> Bool {
        guard !path.utf8.contains(0) else { return false }
        var status = stat()
        guard lstat(path, &status) != 0 else { return true }
        return errno != ENOENT && errno != ENOTDIR
    }

    /// When a file was changed last, in nanoseconds since 1970; nil when there is none.
    public static func modificationTime(_ path: String) -> Int64? {
        guard !path.utf8.contains(0), let status = RealPath.status(path) else { return nil }
        #if canImport(Darwin)
            let time = status.st_mtimespec
        #else
            let time = status.st_mtim
        #endif
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
