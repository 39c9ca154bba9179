/// How often an interval made this way holds the true value: above 0 and below 1.
public struct ConfidenceLevel: Sendable, Hashable {
    /// 0.95.
    public static let ninetyFivePercent = ConfidenceLevel(checked: 0.95)

    /// The level, 0.95 for 95 %.
    public let value: Double

    /// Creates a level; nil when the value is not above 0 and below 1.
    public init?(_ value: Double) {
        guard value > 0, value < 1 else { return nil }
        self.init(checked: value)
    }

    private init(checked value: Double) { self.value = value }

    /// α/2, what a two-sided interval leaves out on each side.
    var tail: Double { (1 - value) / 2 }
    /// Φ⁻¹(1 − α/2), how many standard errors a two-sided normal interval reaches.
    var standardErrors: Double { -StandardNormal.quantile(tail) }
}
