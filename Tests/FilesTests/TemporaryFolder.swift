import Files

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A folder that vanishes with the test.
final class TemporaryFolder {
    /// The absolute path, without links.
    let path: String

    init() throws {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/files-tests-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil, let real = realpath(template, nil) else {
            throw FileError(
                .system, path: parent, operation: "write", reason: String(cString: strerror(errno)))
        }
        path = String(cString: real)
        free(real)
    }

    deinit {
        run(["/bin/rm", "-rf", path])
    }

    /// Writes a file and the folders above it.
    func write(_ text: String, to name: String) throws {
        try WholeFile.write(Array(text.utf8), to: path + "/" + name, makingFolders: true)
    }

    /// Makes a symbolic link.
    func link(_ name: String, to target: String) {
        symlink(target, path + "/" + name)
    }

    /// The names in the folder, hidden ones too.
    func names() -> [String] {
        guard let directory = opendir(path) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            names.append(
                withUnsafeBytes(of: &entry.pointee.d_name) {
                    String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
                })
        }
        return names.filter { $0 != "." && $0 != ".." }.sorted()
    }

    /// Runs git in the folder; false when it fails or is missing.
    @discardableResult
    func git(_ words: String...) -> Bool {
        let identity = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"]
        return run(["git", "-C", path] + identity + words)
    }

    @discardableResult
    private func run(_ words: [String]) -> Bool {
        let arguments = words.map { strdup($0) } + [nil]
        defer { for word in arguments { free(word) } }
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
        #else
            var actions = posix_spawn_file_actions_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        var child: pid_t = 0
        guard posix_spawnp(&child, words[0], &actions, nil, arguments, environ) == 0 else { return false }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        return status == 0
    }
}
