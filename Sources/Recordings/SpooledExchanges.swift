import Files

/// The new exchanges of one file, by case and sample; their bytes wait on disk.
struct SpooledExchanges: Sendable {
    private(set) var cases: [String: [Int: [Spool.Range]]] = [:]
    /// How many there are.
    private(set) var count = 0

    /// Adds one.
    mutating func add(_ range: Spool.Range, case id: String, sample: Int) {
        cases[id, default: [:]][sample, default: []].append(range)
        count += 1
    }
}
