import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// One call of git, without a shell, with nothing of the environment that could be a secret.
struct GitCommand {
    /// Where git runs.
    let folder: String

    /// What a call gave.
    struct Result {
        /// The exit status; -1 after a signal.
        var status: Int32
        /// Standard output, up to the limit.
        var output: [UInt8]
        /// The beginning of standard error, without the line feed at the end.
        var message: String
        /// True when there was more output than the limit; git was stopped then.
        var isCut: Bool
    }

    /// Runs git; `into` takes standard output in place of the result, and `index` is used in place of the project's index.
    func run(
        _ arguments: [String], limit: Int = 256 << 20, into sink: Int32? = nil, index: String? = nil
    ) throws(FileError) -> Result {
        guard !arguments.contains(where: { $0.utf8.contains(0) }) else {
            throw failure("an argument contains NUL")
        }
        let output = try Pipe()
        let errors = try Pipe()
        let words =
            ["git", "--no-pager", "--no-optional-locks", "--literal-pathspecs", "-C", folder]
            + ["-c", "core.fsmonitor=false", "-c", "core.quotePath=false"]
            // Files of a commit may look like a repository of their own, with settings that run programs.
            + ["-c", "safe.bareRepository=explicit"] + arguments
        let child = try spawn(words, output: sink ?? output.writing, errors: errors.writing, index: index)
        output.closeWriting()
        errors.closeWriting()
        var result = Result(status: -1, output: [], message: "", isCut: false)
        var message: [UInt8] = []
        let trouble = drain(output, errors, limit: limit, into: &result, message: &message)
        // Nobody reads what it still writes: it would wait for ever.
        if result.isCut || trouble != 0 { kill(child, SIGKILL) }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 {
            guard errno == EINTR else { throw failure(String(cString: strerror(errno))) }
        }
        guard trouble == 0 else { throw failure("its output can't be read: \(Self.words(trouble))") }
        // WIFEXITED and WEXITSTATUS are macros that Swift does not see.
        if status & 0x7F == 0 { result.status = (status >> 8) & 0xFF }
        while message.last == 0x0A { message.removeLast() }
        result.message = String(decoding: message, as: UTF8.self)
        return result
    }

    /// Runs git and fails with its message unless it succeeds.
    func succeed(_ arguments: [String], limit: Int = 256 << 20) throws(FileError) -> [UInt8] {
        let result = try run(arguments, limit: limit)
        guard result.status == 0, !result.isCut else {
            throw failure(result.isCut ? "git's answer is too large" : result.message)
        }
        return result.output
    }

    /// An error of git.
    func failure(_ reason: String) -> FileError {
        var reason = reason
        for prefix in ["fatal: ", "error: "] where reason.hasPrefix(prefix) {
            reason.removeFirst(prefix.count)
        }
        return FileError(
            .git, path: folder, operation: "use git in", reason: reason.isEmpty ? "git failed" : reason)
    }

    private static func words(_ code: Int32) -> String { String(cString: strerror(code)) }

    /// Reads both pipes to their end or to the limit; returns the code of the system's error, or 0.
    private func drain(
        _ output: Pipe, _ errors: Pipe, limit: Int, into result: inout Result,
        message: inout [UInt8]
    ) -> Int32 {
        var waiting = [
            pollfd(fd: output.reading, events: Int16(POLLIN), revents: 0),
            pollfd(fd: errors.reading, events: Int16(POLLIN), revents: 0),
        ]
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while waiting.contains(where: { $0.fd >= 0 }) {
            if poll(&waiting, nfds_t(waiting.count), -1) < 0 {
                guard errno == EINTR else { return errno }
                continue
            }
            for index in waiting.indices where waiting[index].fd >= 0 && waiting[index].revents != 0 {
                let count = read(waiting[index].fd, &buffer, buffer.count)
                if count < 0 {
                    guard errno == EINTR else { return errno }
                    continue
                }
                guard count > 0 else {
                    waiting[index].fd = -1
                    continue
                }
                if index == 1 {
                    if message.count < 4096 { message += buffer[..<min(count, 4096)] }
                } else {
                    result.output += buffer[..<count]
                    if result.output.count > limit {
                        result.isCut = true
                        return 0
                    }
                }
            }
        }
        return 0
    }

    private func spawn(
        _ words: [String], output: Int32, errors: Int32, index: String?
    ) throws(FileError) -> pid_t {
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
        #else
            var actions = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
        #endif
        guard posix_spawn_file_actions_init(&actions) == 0 else {
            throw failure("there is not enough memory")
        }
        defer { posix_spawn_file_actions_destroy(&actions) }
        guard posix_spawnattr_init(&attributes) == 0 else { throw failure("there is not enough memory") }
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        guard sigemptyset(&signals) == 0, sigaddset(&signals, SIGPIPE) == 0 else {
            throw failure(Self.words(errno))
        }
        for code in [
            posix_spawnattr_setsigdefault(&attributes, &signals),
            posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF)),
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0),
            posix_spawn_file_actions_adddup2(&actions, output, 1),
            posix_spawn_file_actions_adddup2(&actions, errors, 2),
        ] where code != 0 {
            throw failure(Self.words(code))
        }
        let arguments = words.map { strdup($0) } + [nil]
        let variables = Self.environment() + (index.map { ["GIT_INDEX_FILE=\($0)"] } ?? [])
        let environment = variables.map { strdup($0) } + [nil]
        defer { for word in arguments + environment { free(word) } }
        // A nil before the last would cut the command short.
        guard !arguments.dropLast().contains(nil), !environment.dropLast().contains(nil) else {
            throw failure("there is not enough memory")
        }
        var child: pid_t = 0
        let code = Pipe.spawning.withLock { _ in
            posix_spawnp(&child, "git", &actions, &attributes, arguments, environment)
        }
        guard code == 0 else {
            throw failure(code == ENOENT ? "git is not installed" : Self.words(code))
        }
        return child
    }

    /// Only what git needs: keys of providers are in the environment too.
    private static func environment() -> [String] {
        let kept = [
            "PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "XDG_CONFIG_HOME", "GIT_CONFIG_GLOBAL",
            "GIT_CONFIG_SYSTEM",
            "GIT_CONFIG_NOSYSTEM", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES",
            "GIT_CEILING_DIRECTORIES",
        ]
        let inherited = kept.compactMap { name in getenv(name).map { "\(name)=\(String(cString: $0))" } }
        return inherited + [
            "LC_ALL=C", "GIT_NO_LAZY_FETCH=1", "GIT_TERMINAL_PROMPT=0", "GIT_OPTIONAL_LOCKS=0",
        ]
    }
}
