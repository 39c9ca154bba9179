/// Agreement of several verdicts on each item beyond chance, when every item has the same number of them.
///
/// Fleiss (1971): κ = (p̄ − pₑ)/(1 − pₑ).
public struct FleissKappa: Sendable, Hashable {
    /// p̄, the share of agreeing pairs of verdicts on one item, averaged over the items.
    public let agreement: Double
    /// pₑ = Σ pⱼ², the share of agreeing pairs when verdicts are dealt at random.
    public let chanceAgreement: Double
    /// κ; nil when all verdicts are of one category, where chance alone agrees always.
    public let kappa: Double?

    /// Creates κ from a row of counts, one for each category, for each item.
    ///
    /// Nil without items, when rows differ in length or in the number of verdicts, when an item has fewer than two
    /// verdicts, or when a count is negative.
    public init?(countsByItem: [[Int]]) {
        guard let first = countsByItem.first else { return nil }
        let verdicts = first.reduce(0) { $0 + Double($1) }
        guard verdicts >= 2 else { return nil }
        var pairs = 0.0
        var totals = [Double](repeating: 0, count: first.count)
        for row in countsByItem {
            let counts = row.map(Double.init)
            guard counts.count == totals.count, counts.allSatisfy({ $0 >= 0 }),
                counts.reduce(0, +) == verdicts
            else { return nil }
            for (category, count) in counts.enumerated() {
                pairs += count * (count - 1)
                totals[category] += count
            }
        }
        let all = verdicts * Double(countsByItem.count)
        agreement = pairs / (all * (verdicts - 1))
        chanceAgreement = totals.reduce(0) { $0 + $1 * $1 } / (all * all)
        kappa = chanceAgreement < 1 ? (agreement - chanceAgreement) / (1 - chanceAgreement) : nil
    }
}
