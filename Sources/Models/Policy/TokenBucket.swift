/// A budget that fills evenly and may fall into debt.
///
/// An amount is granted as soon as the bucket holds it, or is full; what is larger than a full bucket leaves a debt,
/// which has to be filled up before anything else is granted. So a large amount needs no larger bucket and never
/// waits for ever, and in any span of `t` seconds at most `rate × t` plus the larger of the burst and the largest
/// single amount is granted.
struct TokenBucket: Sendable, Hashable {
    /// What flows in per second.
    let rate: Double
    /// What a full bucket holds.
    let burst: Double
    /// What is there; negative for a debt.
    private(set) var level: Double
    private var updated: Double

    /// Creates a full bucket for a quota per minute.
    ///
    /// It holds a second's worth, and one at least.
    init(perMinute quota: Int, now: Double) {
        rate = Double(quota) / 60
        burst = max(1, rate)
        level = burst
        updated = now
    }

    /// Lets in what has flowed until `now`; a clock that goes back changes nothing.
    mutating func refill(now: Double) {
        guard now > updated else { return }
        level = min(burst, level + (now - updated) * rate)
        updated = now
    }

    /// Seconds until an amount is granted, counted from the last refill; 0: at once.
    func wait(for amount: Double) -> Double {
        let missing = min(amount, burst) - level
        // Rounding must not make a caller that waited as told wait again: a microsecond's worth is given away.
        return missing <= rate * 1e-6 ? 0 : missing / rate
    }

    /// Takes out an amount, or puts back a negative one.
    ///
    /// A debt is never larger than a minute's worth: no provider grants more, whatever is claimed to be used.
    mutating func take(_ amount: Double) {
        level = max(-60 * rate, min(burst, level - amount))
    }
}
