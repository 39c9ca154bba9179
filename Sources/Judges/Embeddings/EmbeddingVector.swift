import JSON

/// The embedding of a text: a direction, which texts of like meaning share.
struct EmbeddingVector: Sendable, Hashable {
    /// The numbers, at least one, all finite, not all zero, held to at most 1 so that no product overflows.
    private let numbers: [Double]
    /// The Euclidean length of `numbers`.
    private let length: Double

    /// What is wrong with a list of numbers that is no embedding.
    struct Mistake: Error, Hashable {
        /// What is wrong, without a full stop.
        let message: String
    }

    /// Reads a list of numbers.
    init(_ value: JSONValue) throws(Mistake) {
        guard let elements = value.array, !elements.isEmpty else {
            throw Mistake(message: "the answer is not a list of numbers")
        }
        let numbers = elements.compactMap(\.double)
        guard numbers.count == elements.count, numbers.allSatisfy(\.isFinite) else {
            throw Mistake(message: "the list has something in it that is not a finite number")
        }
        let largest = numbers.reduce(0) { max($0, abs($1)) }
        guard largest > 0 else { throw Mistake(message: "all numbers are 0, which is no direction") }
        self.numbers = numbers.map { $0 / largest }
        length = self.numbers.reduce(0) { $0 + $1 * $1 }.squareRoot()
    }

    /// How many numbers it has.
    var dimension: Int { numbers.count }

    /// The cosine of the angle to another embedding of the same dimension, from −1 to 1; nil for another dimension.
    func cosine(to other: EmbeddingVector) -> Double? {
        guard dimension == other.dimension else { return nil }
        let product = zip(numbers, other.numbers).reduce(0) { $0 + $1.0 * $1.1 }
        return min(1, max(-1, product / length / other.length))
    }
}
