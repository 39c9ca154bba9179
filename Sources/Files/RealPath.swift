#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Absolute paths without symbolic links.
enum RealPath {
    /// The path with all links resolved; an error when it does not exist.
    static func of(_ path: String, shown: String) throws(FileError) -> String {
        guard !path.utf8.contains(0) else {
            throw FileError(.missing, path: shown, operation: "read", reason: "a path can't contain NUL")
        }
        guard let resolved = realpath(path, nil) else {
            throw FileError(errno: errno, path: shown, operation: "read")
        }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// The same for a path whose last parts may not exist yet: the existing part resolved, the rest appended.
    ///
    /// A dangling link counts as what it points to.
    static func ofWritable(_ path: String, shown: String) throws(FileError) -> String {
        var head = path
        var tail: [String] = []
        var links = 0
        while true {
            do {
                let resolved = try of(head.isEmpty ? "/" : head, shown: shown)
                return ([resolved == "/" ? "" : resolved] + tail.reversed()).joined(separator: "/")
            } catch {
                guard error.kind == .missing, let slash = head.lastIndex(of: "/") else { throw error }
                let folder = String(head[..<slash])
                if let target = link(head) {
                    links += 1
                    guard links <= 40 else { throw FileError(errno: ELOOP, path: shown, operation: "write") }
                    head = target.hasPrefix("/") ? target : folder + "/" + target
                } else {
                    tail.append(String(head[head.index(after: slash)...]))
                    head = folder
                }
            }
        }
    }

    /// What a symbolic link says; nil for anything else.
    static func link(_ path: String) -> String? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink(path, &buffer, buffer.count)
        guard count > 0 else { return nil }
        return String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Whether the name is taken, links not followed.
    static func isOccupied(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    /// What `stat` says, links followed; nil when there is nothing.
    static func status(_ path: String) -> stat? {
        var status = stat()
        return stat(path, &status) == 0 ? status : nil
    }

    /// An absolute path from one that may be relative to the current folder.
    static func absolute(_ path: String, shown: String) throws(FileError) -> String {
        if path.hasPrefix("/") { return path }
        guard let current = getcwd(nil, 0) else {
            throw FileError(errno: errno, path: shown, operation: "read")
        }
        defer { free(current) }
        return String(cString: current) + "/" + path
    }
}
