import Evals
import Results

/// Measured numbers of answers: milliseconds or tokens, 0 or more each.
///
/// Only percentiles need all the values; every other statistic is kept as a running number.
struct MeasureTally: Sendable {
    private let statistic: GateMetric.Statistic
    private var sum = CompensatedSum()
    private var least = Double.infinity
    private var most = -Double.infinity
    private var values: [Double] = []
    /// How many numbers there are.
    private(set) var count = 0

    /// Creates an empty tally for one statistic.
    init(_ statistic: GateMetric.Statistic) { self.statistic = statistic }

    /// Adds a number.
    mutating func add(_ value: Double) {
        count += 1
        sum.add(value)
        least = min(least, value)
        most = max(most, value)
        if case .percentile = statistic { values.append(value) }
    }

    /// The statistic; nil without numbers.
    var value: Double? { count == 0 ? nil : value(adding: 0, atTop: false) }

    /// What the statistic would be with so many more numbers, all 0 or all larger than any bound.
    func value(adding extra: Int, atTop: Bool) -> Double {
        let total = count + extra
        let fill = atTop ? Double.infinity : 0
        switch statistic {
        case .mean: return extra > 0 && atTop ? fill : sum.value / Double(max(1, total))
        case .sum: return extra > 0 && atTop ? fill : sum.value
        case .maximum: return extra > 0 ? max(most, fill) : most
        case .minimum: return extra > 0 ? min(least, fill) : least
        case .percentile(let percent):
            let sorted = values.sorted()
            let filled = [Double](repeating: fill, count: extra)
            return NearestRank.percentile(percent, of: atTop ? sorted + filled : filled + sorted) ?? 0
        }
    }
}
