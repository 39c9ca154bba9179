/// The mean of what people would say, from a few human labels and many of a judge.
///
/// Prediction-powered inference (Angelopoulos et al. 2023): θ(λ) = λ·mean(judge only) + mean(human − λ·judge), with
/// Var = λ²·Var(judge only)/N + Var(human − λ·judge)/n. With few labels it can be worse than the labels alone, so
/// both are here to be shown.
public struct PredictionPoweredMean: Sendable, Hashable {
    /// The human labels alone.
    public let humanOnly: Estimate
    /// The estimate with λ = 1, which trusts the judge fully.
    public let untuned: Estimate
    /// λ = cov(human, judge)/((1 + n/N)·Var(judge over all n + N)), cut to [0, 1]; nil when the judge never varies.
    public let lambda: Double?
    /// The estimate with that λ (PPI++, 2023); nil when there is none.
    public let tuned: Estimate?

    /// Creates the estimates from people's scores, the judge's of the same items, and the judge's of other items.
    ///
    /// Nil when the first two differ in length, when there are fewer than two items of either sort, or when a score
    /// is not finite.
    public init?(human: [Double], judgeOnHuman: [Double], judgeOnly: [Double]) {
        let judge = judgeOnHuman + judgeOnly
        guard human.count == judgeOnHuman.count, human.count > 1, judgeOnly.count > 1,
            human.allSatisfy(\.isFinite), judge.allSatisfy(\.isFinite)
        else { return nil }
        func estimate(_ lambda: Double) -> Estimate {
            let corrections = zip(human, judgeOnHuman).map { $0 - lambda * $1 }
            let variance =
                lambda * lambda * covariance(judgeOnly, judgeOnly) / Double(judgeOnly.count)
                + covariance(corrections, corrections) / Double(human.count)
            return Estimate(
                value: lambda * mean(judgeOnly) + mean(corrections), standardError: variance.squareRoot())
        }
        humanOnly = estimate(0)
        untuned = estimate(1)
        // Compared, not computed: rounding gives equal scores a tiny variance.
        if judge.contains(where: { $0 != judge[0] }) {
            let ratio = Double(human.count) / Double(judgeOnly.count)
            let tuning = covariance(human, judgeOnHuman) / ((1 + ratio) * covariance(judge, judge))
            lambda = tuning.clippedToUnit
            tuned = estimate(tuning.clippedToUnit)
        } else {
            lambda = nil
            tuned = nil
        }
    }
}

private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

/// Of two lists of the same length, two or more, divided by n − 1; of a list with itself: its variance.
private func covariance(_ left: [Double], _ right: [Double]) -> Double {
    let (leftMean, rightMean) = (mean(left), mean(right))
    return zip(left, right).reduce(0) { $0 + ($1.0 - leftMean) * ($1.1 - rightMean) } / Double(left.count - 1)
}
