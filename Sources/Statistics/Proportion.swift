/// Successes among independent trials.
public struct Proportion: Sendable, Hashable {
    /// How many trials succeeded, k.
    public let successes: Int
    /// How many trials there were, n: 1 or more.
    public let trials: Int

    /// Creates a proportion; nil when there is no trial, or the successes are not from 0 to the trials.
    public init?(successes: Int, of trials: Int) {
        guard trials > 0, (0...trials).contains(successes) else { return nil }
        self.successes = successes
        self.trials = trials
    }

    /// k/n.
    public var rate: Double { Double(successes) / Double(trials) }

    /// The score interval of Wilson (1927), which keeps its level on average.
    ///
    /// Center (p + z²/2n)/(1 + z²/n), half-width z·√(p(1 − p)/n + z²/4n²)/(1 + z²/n).
    public func wilsonInterval(_ level: ConfidenceLevel) -> Interval {
        let n = Double(trials)
        let z = level.standardErrors
        let scale = 1 + z * z / n
        let center = (rate + z * z / (2 * n)) / scale
        let reach = z * (rate * (1 - rate) / n + z * z / (4 * n * n)).squareRoot() / scale
        return Interval(
            lower: successes == 0 ? 0 : max(0, center - reach),
            upper: successes == trials ? 1 : min(1, center + reach))
    }

    /// 1 − (1 − c)^(1/n): below this the rate of failure lies when none of n trials failed; nil without trials.
    ///
    /// One-sided, and exact: 30 trials without a failure prove less than 9.5 % at 95 % confidence.
    public static func upperBound(afterNoneOf trials: Int, _ level: ConfidenceLevel) -> Double? {
        guard trials > 0 else { return nil }
        return -exponentialMinusOne(logarithm(1 - level.value) / Double(trials))
    }
}
