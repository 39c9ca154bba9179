/// How often each category of a person met each category of a judge.
public struct ConfusionMatrix: Sendable, Hashable {
    /// The counts: a row for each category of the person, a column for each of the judge, in the same order.
    public let counts: [[Int]]
    /// How many items were labeled by both.
    public let total: Int

    /// Creates a matrix; nil when it is empty or not square, or when a count is negative.
    ///
    /// Nil also when the counts add up to more than an integer holds.
    public init?(_ counts: [[Int]]) {
        guard !counts.isEmpty else { return nil }
        var total = 0
        for row in counts {
            guard row.count == counts.count else { return nil }
            for count in row {
                let (sum, overflows) = total.addingReportingOverflow(count)
                guard count >= 0, !overflows else { return nil }
                total = sum
            }
        }
        self.counts = counts
        self.total = total
    }

    /// How many categories there are, k.
    public var categories: Int { counts.count }

    /// The items on which both agree, among all; nil without items.
    public var agreement: Proportion? {
        Proportion(successes: counts.indices.reduce(0) { $0 + counts[$1][$1] }, of: total)
    }

    /// How often the person says this category, among all items: the base rate; nil without items.
    ///
    /// Show it beside every measure of agreement: where nearly all items are of one category, κ is near 0 even for
    /// a good judge.
    public func baseRate(of category: Int) -> Proportion? {
        guard counts.indices.contains(category) else { return nil }
        return Proportion(successes: humanTotal(category), of: total)
    }

    /// How often the judge says this category where the person does; nil where the person never does.
    public func sensitivity(to category: Int) -> Proportion? {
        guard counts.indices.contains(category) else { return nil }
        return Proportion(successes: counts[category][category], of: humanTotal(category))
    }

    /// How often the judge does not say this category where the person does not; nil where the person always does.
    public func specificity(to category: Int) -> Proportion? {
        guard counts.indices.contains(category) else { return nil }
        let others = total - humanTotal(category)
        let falseAlarms = judgeTotal(category) - counts[category][category]
        return Proportion(successes: others - falseAlarms, of: others)
    }

    /// The items that the person puts in a category: the sum of its row.
    func humanTotal(_ category: Int) -> Int { counts[category].reduce(0, +) }

    /// The items that the judge puts in a category: the sum of its column.
    func judgeTotal(_ category: Int) -> Int { counts.reduce(0) { $0 + $1[category] } }
}
