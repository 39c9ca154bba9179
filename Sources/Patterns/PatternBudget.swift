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
    var hardSteps = 2_000_000_000
    /// Processor time of the thread, in nanoseconds, for a text of no length.
    ///
    /// Reading ahead costs no steps, so that only time bounds a pattern that reads the rest of the text at every place.
    var time: UInt64 = 50_000_000
    /// What each byte of the text adds to the processor time, in nanoseconds: several times what a plain search needs.
    var timePerByte: UInt64 = 20
    /// Bytes that one call may look at, as each start may read the whole text without a step: some 25 ms.
    var scanned = 1 << 28

    /// The processor time for a text of so many bytes, in nanoseconds.
    func time(forBytes count: Int) -> UInt64 {
        let (product, overflowed) = timePerByte.multipliedReportingOverflow(by: UInt64(count))
        let (sum, overflowedToo) = time.addingReportingOverflow(product)
        return overflowed || overflowedToo ? .max : sum
    }
}

/// The processor time that a search has used up.
struct PatternStopwatch {
    private let begin = PatternStopwatch.now(CLOCK_THREAD_CPUTIME_ID)
    private let beginOnTheWall = PatternStopwatch.now(CLOCK_MONOTONIC)

    /// Whether more nanoseconds of processor time have passed since this value was made.
    ///
    /// The clock on the wall, which is quicker to read, is never behind that of the processor.
    func exceeds(_ limit: UInt64) -> Bool {
        Self.now(CLOCK_MONOTONIC) &- beginOnTheWall > limit
            && Self.now(CLOCK_THREAD_CPUTIME_ID) &- begin > limit
    }

    private static func now(_ clock: clockid_t) -> UInt64 {
        var time = timespec()
        guard clock_gettime(clock, &time) == 0 else { return 0 }
        return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
    }
}
