/// Where the answers of a journal stand: some 40 bytes for each, whatever its texts.
struct JournalIndex: Sendable {
    /// The first 8 bytes of a key; what they find is compared in full afterwards.
    private var first: [UInt64: Int] = [:]
    /// The places of further answers with the same beginning of the key, which are rare.
    private var others: [UInt64: [Int]] = [:]
    /// The number of answers.
    private(set) var count = 0

    /// Notes an answer.
    mutating func add(_ prefix: UInt64, at offset: Int) {
        count += 1
        if first[prefix] == nil {
            first[prefix] = offset
        } else {
            others[prefix, default: []].append(offset)
        }
    }

    /// The places of the answers that may have a key, in the order in which they were noted.
    func offsets(of prefix: UInt64) -> [Int] {
        guard let offset = first[prefix] else { return [] }
        return [offset] + (others[prefix] ?? [])
    }
}
