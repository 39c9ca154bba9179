/// The length of the longest common subsequence of words with a reference, 64 words of the reference at a time.
///
/// The algorithm with bit vectors of Hyyrö (2004): words of the answer that the reference lacks cost nothing, each
/// other one costs a step for every 64 words of the reference.
struct CommonSubsequence: Sendable {
    /// The longest reference, in words: its masks then take at most 32 MiB.
    static let longestReference = 16_384
    /// The most steps of one comparison: a few seconds.
    static let mostSteps = 1 << 31

    /// How many words the reference has.
    let length: Int
    private let blocks: Int
    private let numbers: [String: Int]
    /// For each different word, `blocks` bit masks of where it stands.
    private let masks: [UInt64]

    /// Prepares a reference of at most `longestReference` words.
    init(_ words: [String]) {
        length = words.count
        let blocks = (words.count + 63) / 64
        var numbers: [String: Int] = [:]
        var masks: [UInt64] = []
        for (index, word) in words.enumerated() {
            let number = numbers[word] ?? numbers.count
            if number == numbers.count {
                numbers[word] = number
                masks.append(contentsOf: repeatElement(0, count: blocks))
            }
            masks[number * blocks + index / 64] |= 1 << UInt64(index % 64)
        }
        self.blocks = blocks
        self.numbers = numbers
        self.masks = masks
    }

    /// The length, and how many words the answer has; nil when it would take too many steps.
    func length(with answer: String, rule: Words) -> (common: Int, words: Int)? {
        var state = [UInt64](repeating: .max, count: blocks)
        var words = 0
        var steps = 0
        rule.scan(
            answer,
            while: { word in
                words += 1
                guard let number = numbers[word] else { return true }
                steps += blocks
                guard steps <= Self.mostSteps else { return false }
                var carry: UInt64 = 0
                for block in 0..<blocks {
                    let old = state[block]
                    let matched = old & masks[number * blocks + block]
                    let (sum, first) = old.addingReportingOverflow(matched)
                    let (total, second) = sum.addingReportingOverflow(carry)
                    carry = first || second ? 1 : 0
                    state[block] = total | (old & ~matched)
                }
                return true
            })
        guard steps <= Self.mostSteps else { return nil }
        var common = 0
        for block in 0..<blocks {
            let used = min(64, length - block * 64)
            let mask: UInt64 = used == 64 ? .max : (1 << UInt64(used)) - 1
            common += (~state[block] & mask).nonzeroBitCount
        }
        return (common, words)
    }
}
