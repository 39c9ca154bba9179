/// How far several samples of one question give the same answer.
public struct SelfAgreement: Sendable, Hashable {
    /// Σ x(x − 1)/(n(n − 1)): how likely two samples give the same answer, without bias; nil for one sample.
    public let agreement: Double?
    /// The share of the most frequent answer.
    public let modalShare: Double

    /// Creates it from how often each answer was given; nil without a sample or with a negative count.
    public init?(answerCounts: [Int]) {
        let counts = answerCounts.map(Double.init)
        let samples = counts.reduce(0, +)
        guard samples > 0, let largest = counts.max(), counts.allSatisfy({ $0 >= 0 }) else { return nil }
        let pairs = counts.reduce(0) { $0 + $1 * ($1 - 1) }
        agreement = samples > 1 ? pairs / (samples * (samples - 1)) : nil
        modalShare = largest / samples
    }
}
