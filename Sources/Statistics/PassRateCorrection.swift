/// What a judge's pass rate says about the true one, given how the judge did on labeled items.
public enum PassRateCorrection: Sendable, Hashable {
    /// The rate could be corrected.
    case corrected(CorrectedPassRate)
    /// The judge is hardly better than a coin: its Youden index, sensitivity + specificity − 1, is 0.1 or less.
    case refused(youden: Double)

    /// Corrects a judge's pass rate (Rogan and Gladen 1978): π = (p + Sp − 1)/(Se + Sp − 1).
    ///
    /// Sensitivity and specificity are of the verdict "pass", measured on labeled items that are not among those of
    /// the pass rate. By the delta method over three independent binomials,
    /// Var = [p(1 − p)/n + π²·Se(1 − Se)/n₊ + (1 − π)²·Sp(1 − Sp)/n₋]/(Se + Sp − 1)².
    public static func roganGladen(
        passRate: Proportion, sensitivity: Proportion, specificity: Proportion
    ) -> PassRateCorrection {
        let youden = sensitivity.rate + specificity.rate - 1
        // Rounded, so that 0.9 + 0.2 − 1, which is 0.1 and a bit in doubles, is refused too.
        guard (youden * 1e12).rounded() / 1e12 > 0.1 else { return .refused(youden: youden) }
        let corrected = (passRate.rate + specificity.rate - 1) / youden
        let variance =
            passRate.sampleVariance + corrected * corrected * sensitivity.sampleVariance
            + (1 - corrected) * (1 - corrected) * specificity.sampleVariance
        return .corrected(
            CorrectedPassRate(
                raw: Estimate(
                    value: passRate.rate, standardError: passRate.sampleVariance.squareRoot()),
                corrected: Estimate(value: corrected, standardError: variance.squareRoot() / youden),
                youden: youden))
    }
}

/// A judge's pass rate and the true one behind it.
public struct CorrectedPassRate: Sendable, Hashable {
    /// The judge's rate, with the standard error that ignores the judge's mistakes.
    public let raw: Estimate
    /// The true rate, which can lie outside [0, 1], with a standard error that knows of the judge's mistakes.
    public let corrected: Estimate
    /// Sensitivity + specificity − 1: 1 for a perfect judge, 0 for a coin.
    public let youden: Double

    /// The true rate, cut to [0, 1].
    public var clipped: Double { corrected.value.clippedToUnit }

    /// The interval around the uncut true rate, then cut to [0, 1].
    public func interval(_ level: ConfidenceLevel) -> Interval { corrected.interval(level).clippedToUnit }
}

extension Proportion {
    /// p(1 − p)/n.
    fileprivate var sampleVariance: Double { rate * (1 - rate) / Double(trials) }
}
