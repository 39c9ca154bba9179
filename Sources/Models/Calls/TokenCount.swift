import JSON

/// Counts of tokens, as providers tell them.
enum TokenCount {
    /// 10^12: what is above is no count, and recordings refuse it.
    static let largest = 1_000_000_000_000

    /// The sum of counts, from 0 to `largest`; what is no whole number counts as 0.
    static func sum(_ counts: JSONValue?...) -> Int {
        min(largest, counts.reduce(0) { $0 + min(max(0, $1?.integer ?? 0), largest) })
    }
}
