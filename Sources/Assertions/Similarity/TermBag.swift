/// How often each of the terms of a text stands in it.
struct TermBag<Term: Hashable & Sendable>: Sendable {
    /// The most different terms that are counted, so that memory stays bounded.
    static var mostTerms: Int { 1_000_000 }

    /// Each term's count.
    private(set) var counts: [Term: Int] = [:]
    /// The sum of all counts.
    private(set) var total = 0
    /// True when there are more different terms than are counted; the counts then mean nothing.
    private(set) var isTooLarge = false

    /// Counts a term; false when there are too many.
    mutating func add(_ term: Term) -> Bool {
        counts[term, default: 0] += 1
        total += 1
        if counts.count > Self.mostTerms { isTooLarge = true }
        return !isTooLarge
    }

    /// How many different terms two bags share, over how many there are in both together; 0 for empty bags.
    func jaccard(_ other: TermBag) -> Double {
        let common = smaller(other) { $0 > 0 && $1 > 0 ? 1 : 0 }
        let all = counts.count + other.counts.count - Int(common)
        return all == 0 ? 0 : common / Double(all)
    }

    /// The harmonic mean of what share of each bag is in the other, each term counted as often as it stands there.
    func dice(_ other: TermBag) -> Double {
        let sum = total + other.total
        return sum == 0 ? 0 : 2 * smaller(other) { Double(min($0, $1)) } / Double(sum)
    }

    /// The cosine of the angle between the counts as vectors.
    func cosine(_ other: TermBag) -> Double {
        guard total > 0, other.total > 0 else { return 0 }
        let product = smaller(other) { Double($0) * Double($1) }
        return min(1, product / (squaredLength * other.squaredLength).squareRoot())
    }

    private var squaredLength: Double { counts.values.reduce(0) { $0 + Double($1) * Double($1) } }

    /// The sum over the terms that both may have; sums of whole numbers are exact in any order.
    private func smaller(_ other: TermBag, _ part: (Int, Int) -> Double) -> Double {
        let (few, many) = counts.count <= other.counts.count ? (self, other) : (other, self)
        return few.counts.reduce(0) { $0 + part($1.value, many.counts[$1.key] ?? 0) }
    }
}
