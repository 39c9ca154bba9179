/// A sum of doubles that does not drift: ten times 0.9 is 9, so that a mean meets the bound it equals.
///
/// Neumaier's variant of Kahan's algorithm.
struct CompensatedSum: Sendable {
    private var sum = 0.0
    private var compensation = 0.0

    /// The sum so far.
    var value: Double { sum + compensation }

    /// Adds a number.
    mutating func add(_ number: Double) {
        let total = sum + number
        compensation += abs(sum) >= abs(number) ? (sum - total) + number : (number - total) + sum
        sum = total
    }
}
