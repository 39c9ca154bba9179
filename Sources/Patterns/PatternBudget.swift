#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What one search may cost before it is given up.
struct PatternBudget: Sendable {
    /// Steps of backtracking in one call of the engine.
    var steps: UInt32 = 4_000_000
    /// Memory for backtracking without compiled code, in KiB.
    var heap: UInt32 = 64 * 1024
    /// Steps of all calls over places of a text where one call's steps did not suffice, each call counted in full.
    ///
    /// This decides, as it is the same on every machine.
    var hardSteps = 2_000_000_000
    /// Processor time of the thread, in nanoseconds: a backstop far behind the steps.
    var time: UInt64 = 10_000_000_000
    /// Characters that one call may look at, as each start may read the whole text without a step.
    var scanned = 1 << 26
}

/// The processor time that a search has used up.
struct PatternStopwatch {
    private let begin = PatternStopwatch.now()

    /// Nanoseconds since this value was made.
    var elapsed: UInt64 { Self.now() &- begin }

    private static func now() -> UInt64 {
        var time = timespec()
        guard clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) == 0 else { return 0 }
        return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
    }
}
