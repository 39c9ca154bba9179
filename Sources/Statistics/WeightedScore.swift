/// A judge's score on a scale of integers, weighted by how likely each was at the place of the score.
///
/// G-Eval (Liu et al. 2023): Σ s·p / Σ p. Finer than the one score that was written.
public struct WeightedScore: Sendable, Hashable {
    /// The weighted score, on the scale.
    public let value: Double
    /// (score − min)/(max − min), from 0 to 1.
    public let normalized: Double

    /// Creates a score from the likeliest tokens at its place, with their natural log probabilities.
    ///
    /// Tokens less likely than 1 % are dropped, and those that are not digits alone or not on the scale. Nil when
    /// none is left, or the scale is a single score.
    public init?(tokens: some Sequence<(token: String, logProbability: Double)>, scale: ClosedRange<Int>) {
        var scores: [(score: Double, logProbability: Double)] = []
        for (token, logProbability) in tokens where logProbability >= logarithm(0.01) {
            guard token.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let score = Int(token),
                scale.contains(score)
            else { continue }
            // A probability is at most 1, whatever an API rounds it to.
            scores.append((Double(score), min(0, logProbability)))
        }
        // Relative to the likeliest, so that one score alone is exactly itself: it may have to reach the maximum.
        let largest = scores.reduce(-.infinity) { max($0, $1.logProbability) }
        var weights = 0.0
        var sum = 0.0
        for (score, logProbability) in scores {
            let weight = exponential(logProbability - largest)
            weights += weight
            sum += weight * score
        }
        let (lowest, highest) = (Double(scale.lowerBound), Double(scale.upperBound))
        guard weights > 0, lowest < highest else { return nil }
        // Rounding must not push a score off its scale.
        value = min(highest, max(lowest, sum / weights))
        normalized = (value - lowest) / (highest - lowest)
    }
}
