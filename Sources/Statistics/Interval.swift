/// A range of values that the data are compatible with.
public struct Interval: Sendable, Hashable {
    /// The lower end.
    public var lower: Double
    /// The upper end.
    public var upper: Double

    /// Creates an interval from its ends.
    public init(lower: Double, upper: Double) {
        self.lower = lower
        self.upper = upper
    }

    /// The interval cut to [0, 1], the range of a proportion.
    public var clippedToUnit: Interval { Interval(lower: lower.clippedToUnit, upper: upper.clippedToUnit) }
}

extension Double {
    /// The number, or the end of [0, 1] that it lies beyond.
    var clippedToUnit: Double { Swift.min(1, Swift.max(0, self)) }
}
