/// The claims of an answer and of its reference, counted by whether the other has them too.
public struct ClaimCounts: Sendable, Hashable {
    /// Claims of the answer that the reference supports.
    public let truePositives: Int
    /// Claims of the answer that it does not.
    public let falsePositives: Int
    /// Claims of the reference that the answer lacks.
    public let falseNegatives: Int

    /// Creates counts; nil when one is negative.
    public init?(truePositives: Int, falsePositives: Int, falseNegatives: Int) {
        guard truePositives >= 0, falsePositives >= 0, falseNegatives >= 0 else { return nil }
        self.truePositives = truePositives
        self.falsePositives = falsePositives
        self.falseNegatives = falseNegatives
    }

    /// TP/(TP + FP); 0 when the answer claims nothing.
    public var precision: Double { share(beside: falsePositives) }
    /// TP/(TP + FN); 0 when the reference claims nothing.
    public var recall: Double { share(beside: falseNegatives) }

    /// (1 + β²)·P·R/(β²·P + R): recall counts β times as much as precision; 0 when both are 0.
    ///
    /// Nil for a β that is negative, or whose square is not finite.
    public func fScore(beta: Double) -> Double? {
        let weight = beta * beta
        guard beta >= 0, weight.isFinite else { return nil }
        // Without a true positive both are 0, and with one neither is.
        guard truePositives > 0 else { return 0 }
        return (1 + weight) * precision * recall / (weight * precision + recall)
    }

    private func share(beside others: Int) -> Double {
        truePositives > 0 ? Double(truePositives) / (Double(truePositives) + Double(others)) : 0
    }
}
