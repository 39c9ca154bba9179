import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A process that leads a session of its own: ends it with all that it started.
///
/// Until `release` the process is at most a zombie, so that its number can't be that of a stranger.
final class ProcessHandle: Sendable {
    private struct State {
        var process: pid_t?
        var wasKilled = false
    }

    private let state: Mutex<State>

    /// Takes note of a running process.
    init(_ process: pid_t) { state = Mutex(State(process: process)) }

    /// Kills the process, its group, and what else descends from it.
    func kill() {
        state.withLock { state in
            guard let process = state.process else { return }
            state.wasKilled = true
            ProcessFamily(leader: process).kill()
        }
    }

    /// True when `kill` was called while the process may have run.
    var wasKilled: Bool { state.withLock(\.wasKilled) }

    /// Kills what is left, and forgets the process; it may be reaped from here on.
    func release() {
        state.withLock { state in
            guard let process = state.process else { return }
            ProcessFamily(leader: process).kill()
            state.process = nil
        }
    }

    /// True when the process has ended; it is not reaped.
    var hasExited: Bool {
        state.withLock { state in
            guard let process = state.process else { return true }
            var info = siginfo_t()
            while waitid(P_PID, id_t(process), &info, WEXITED | WNOHANG | WNOWAIT) != 0 {
                guard errno == EINTR else { return true }
            }
            return info.si_signo == SIGCHLD
        }
    }

    /// Waits until the process has ended, at most so long; false when it has not, or when the task is canceled.
    func waitForExit(atMost limit: Duration) async -> Bool {
        let end = ContinuousClock.now + limit
        var pause = Duration.microseconds(200)
        while !hasExited {
            guard ContinuousClock.now < end, (try? await Task.sleep(for: pause)) != nil else {
                return hasExited
            }
            pause = min(pause * 2, .milliseconds(20))
        }
        return true
    }
}
