import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Whether the user or the CI system wants the run to end: the first signal is a request, the second ends at once.
enum Interruption {
    private static let flag = Atomic<Bool>(false)

    /// Lets a closed pipe and a file that may not grow be errors of the write, instead of the program's end.
    static func ignoreWriteSignals() {
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
    }

    /// Begins to listen for SIGINT and SIGTERM; from here on the run itself must ask `isRequested`.
    static func listen() {
        // The handler below may only touch what is initialized already.
        _ = flag.load(ordering: .relaxed)
        for number in [SIGINT, SIGTERM] {
            signal(number) { number in
                Interruption.flag.store(true, ordering: .relaxed)
                signal(number, SIG_DFL)
            }
        }
    }

    /// Lets the signals end the program again, as while it waits for an answer of the user.
    static func stopListening() {
        for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
    }

    /// True after the first signal.
    static var isRequested: Bool { flag.load(ordering: .relaxed) }
}
