/// The n-grams of one or several reference texts, and how often an answer has them.
///
/// An answer is read word by word, and n-grams that no reference has are only counted by their number: memory
/// grows with the references, time with the answer.
struct NGramIndex: Sendable {
    /// How often an answer has the n-grams of the references.
    struct Tally: Sendable {
        /// How many words the answer has.
        var words = 0
        /// For each n-gram of the index its count in the answer.
        var counts: [Int]
    }

    /// The longest n-grams.
    let longest: Int
    /// What a word is.
    let rule: Words
    /// How many words each reference has.
    private(set) var lengths: [Int] = []
    /// For each n-gram how many words it has.
    private(set) var orders: [Int] = []
    /// For each reference how often it has each n-gram; shorter where the last ones are not in it.
    private(set) var counts: [[Int]] = []
    private var firsts: [String: Int32] = [:]
    /// From an n-gram and the next word to the n-gram that is one word longer.
    private var nexts: [UInt64: Int32] = [:]

    /// Reads the references.
    init(_ references: [String], longest: Int, rule: Words.Rule) {
        self.longest = longest
        let words = Words(rule: rule)
        self.rule = words
        for reference in references {
            var counts = [Int](repeating: 0, count: orders.count)
            var open: [Int32] = []
            var length = 0
            words.forEach(of: reference) { word in
                length += 1
                let first = firsts[word] ?? add(order: 1, &counts)
                firsts[word] = first
                // The n-grams that end at this word, from those that end at the one before.
                var ending = [first]
                for gram in open.prefix(longest - 1) {
                    let key = Self.key(gram, first)
                    let next = nexts[key] ?? add(order: orders[Int(gram)] + 1, &counts)
                    nexts[key] = next
                    ending.append(next)
                }
                for gram in ending { counts[Int(gram)] += 1 }
                open = ending
            }
            lengths.append(length)
            self.counts.append(counts)
        }
    }

    private mutating func add(order: Int, _ counts: inout [Int]) -> Int32 {
        orders.append(order)
        counts.append(0)
        return Int32(truncatingIfNeeded: orders.count - 1)
    }

    private static func key(_ gram: Int32, _ word: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: gram)) << 32 | UInt64(UInt32(bitPattern: word))
    }

    /// Counts the n-grams of an answer.
    func tally(of answer: String) -> Tally {
        var tally = Tally(counts: [Int](repeating: 0, count: orders.count))
        var open: [Int32] = []
        rule.forEach(of: answer) { word in
            tally.words += 1
            guard let first = firsts[word] else {
                open.removeAll(keepingCapacity: true)
                return
            }
            // In place, from the longest: `open[k]` is the n-gram of k + 1 words, or -1.
            if open.count < longest { open.append(-1) }
            var index = open.count - 1
            while index > 0 {
                let before = open[index - 1]
                open[index] = before < 0 ? -1 : nexts[Self.key(before, first)] ?? -1
                index -= 1
            }
            open[0] = first
            for gram in open where gram >= 0 { tally.counts[Int(gram)] += 1 }
        }
        return tally
    }

    /// How often a reference has an n-gram.
    func count(of gram: Int, in reference: Int) -> Int {
        gram < counts[reference].count ? counts[reference][gram] : 0
    }

    /// How many n-grams of an order a text with so many words has.
    static func total(order: Int, words: Int) -> Int { max(0, words - order + 1) }
}
