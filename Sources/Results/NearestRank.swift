#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Percentiles by nearest rank: always one of the values, never an interpolation.
public enum NearestRank {
    /// The smallest value that at least `percent` of all values do not exceed; nil without values.
    ///
    /// `percent` is above 0 and up to 100; `sorted` ascends.
    public static func percentile(_ percent: Double, of sorted: [Double]) -> Double? {
        guard !sorted.isEmpty else { return nil }
        let rank = index(percent, count: sorted.count)
        return sorted[rank - 1]
    }

    /// The fewest values with which a percentile is more than a guess, for example 59 for p95.
    ///
    /// The smallest n with 1 − (percent / 100)ⁿ ≥ 0.95: then the largest value is, with 95 % confidence, not below
    /// the true percentile. Nil for p100, which no number of values proves.
    public static func countForConfidence(_ percent: Double) -> Int? {
        guard percent > 0, percent < 100 else { return nil }
        let count = (log(0.05) / log(percent / 100)).rounded(.up)
        return Int(exactly: max(1, count))
    }

    /// The rank, from 1, of a percentile among `count` values.
    static func index(_ percent: Double, count: Int) -> Int {
        // Rounded first: 0.95 · 20 is 19.000000000000004 in doubles when taken the other way round.
        let exact = (percent * Double(count) / 100 * 1e9).rounded() / 1e9
        return max(1, min(count, Int(exact.rounded(.up))))
    }
}
