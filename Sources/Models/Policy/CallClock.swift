#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The time, as calls to providers see it; a parameter, so that tests need not wait.
public protocol CallClock: Sendable {
    /// Seconds of a clock that never goes back and counts from any moment.
    func now() -> Double
    /// Seconds since 1970, as the system believes; may jump.
    func wallTime() -> Double
    /// Returns when `now()` has reached a time, at once when it has already; throws when the task is cancelled.
    func sleep(until: Double) async throws
}

/// The clock of the system.
public struct SystemCallClock: CallClock {
    private let start: ContinuousClock.Instant

    /// Creates a clock that counts from now.
    public init() { start = .now }

    /// Seconds since the clock was created; a machine that sleeps counts them too.
    public func now() -> Double { start.duration(to: .now) / .seconds(1) }

    /// Seconds since 1970, as the system believes.
    public func wallTime() -> Double {
        var time = timespec()
        guard clock_gettime(CLOCK_REALTIME, &time) == 0 else { return 0 }
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// Sleeps until a time; throws `CancellationError` when the task is cancelled.
    public func sleep(until: Double) async throws {
        // A `Duration` can't hold everything that a `Double` can.
        let seconds = until.isNaN ? 0 : min(max(until, 0), 1e9)
        try await ContinuousClock().sleep(
            until: start.advanced(by: .seconds(seconds)), tolerance: .milliseconds(1))
    }
}
