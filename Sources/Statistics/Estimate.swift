/// An estimated value and how uncertain it is.
public struct Estimate: Sendable, Hashable {
    /// The value.
    public var value: Double
    /// The standard error of the value.
    ///
    /// 0 means that the sample shows no variation at all, not that the value is certain.
    public var standardError: Double

    /// Creates an estimate.
    public init(value: Double, standardError: Double) {
        self.value = value
        self.standardError = standardError
    }

    /// value ∓ z·SE, not clipped; good for samples that are not small.
    public func interval(_ level: ConfidenceLevel) -> Interval {
        let reach = level.standardErrors * standardError
        return Interval(lower: value - reach, upper: value + reach)
    }
}
