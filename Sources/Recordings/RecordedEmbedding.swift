import JSON

/// The numbers of a recorded embedding.
struct RecordedEmbedding: Hashable {
    /// The numbers, each divided by the largest, so that no square is too large or too small.
    private let numbers: [Double]

    /// Reads a list of finite numbers with a direction; nil for anything else.
    init?(_ content: String?) {
        guard let content, let list = (try? JSONParser(maximumDepth: 2).parse(content))?.array else {
            return nil
        }
        let numbers = list.compactMap(\.double)
        let largest = numbers.reduce(0) { max($0, abs($1)) }
        guard numbers.count == list.count, largest > 0, largest.isFinite else { return nil }
        self.numbers = numbers.map { $0 / largest }
    }

    /// Whether two embeddings say the same: their last digits differ from call to call, their direction hardly does.
    func isNear(_ other: RecordedEmbedding) -> Bool {
        guard numbers.count == other.numbers.count else { return false }
        func product(_ left: [Double], _ right: [Double]) -> Double {
            zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
        }
        let lengths = (product(numbers, numbers) * product(other.numbers, other.numbers)).squareRoot()
        return product(numbers, other.numbers) / lengths >= 0.999
    }
}
