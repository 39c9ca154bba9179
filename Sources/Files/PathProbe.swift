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
}
