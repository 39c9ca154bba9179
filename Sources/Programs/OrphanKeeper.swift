import CProcess

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What programs leave behind although they were ended with all that was known of them: processes that began a session
/// of their own and whose parents are gone.
///
/// On Linux they become children of this process, and are killed at the end. For a program's own use alone, since it
/// regards every child of this process as left behind.
public enum OrphanKeeper {
    /// From here on, what is left behind becomes a child of this process.
    public static func adopt() {
        #if os(Linux)
            _ = evalrun_adopt_orphans()
        #endif
    }

    /// Kills all children of this process and their descendants; no program may be running.
    public static func killAll() {
        #if os(Linux)
            ProcessFamily(leader: getpid()).killDescendants()
            while waitpid(-1, nil, WNOHANG) > 0 {}
        #endif
    }
}
