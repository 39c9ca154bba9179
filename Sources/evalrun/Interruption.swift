import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Whether the user or the CI system wants the run to end: the first signal is a request, another one a second later
/// ends at once.
///
/// Wrappers such as `timeout` and `make` pass a signal on that the terminal has sent already, so that two of them
/// within a second are one wish.
enum Interruption {
    private static let flag = Atomic<Bool>(false)
    /// When the first signal came, in milliseconds of the monotonic clock.
    private static let first = Atomic<Int>(0)
    private static let signals = [SIGINT, SIGTERM, SIGHUP]

    /// Lets a closed pipe and a file that may not grow be errors of the write, instead of the program's end.
    static func ignoreWriteSignals() {
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
    }

    /// Begins to listen for SIGINT, SIGTERM and SIGHUP; from here on the run itself must ask `isRequested`.
    static func listen() {
        // The handler below may only touch what is initialized already.
        _ = flag.load(ordering: .relaxed)
        _ = first.load(ordering: .relaxed)
        for number in signals {
            signal(number) { number in
                var time = timespec()
                clock_gettime(CLOCK_MONOTONIC, &time)
                let now = time.tv_sec * 1000 + time.tv_nsec / 1_000_000
                if !Interruption.flag.exchange(true, ordering: .relaxed) {
                    Interruption.first.store(now, ordering: .relaxed)
                } else if now - Interruption.first.load(ordering: .relaxed) > 1000 {
                    signal(number, SIG_DFL)
                    raise(number)
                }
            }
        }
    }

    /// Lets the signals end the program again, as while it waits for an answer of the user.
    static func stopListening() {
        for number in signals { signal(number, SIG_DFL) }
    }

    /// Waits until the run is to end; throws when the task is cancelled.
    static func requested() async throws {
        while !isRequested {
            // A signal handler can't do more than set a flag.
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// True after the first signal.
    static var isRequested: Bool { flag.load(ordering: .relaxed) }
}
