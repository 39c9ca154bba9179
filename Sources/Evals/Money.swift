public import JSON

/// An amount in US dollars, exact to a millionth of a millionth; sums do not depend on their order.
public struct Money: Sendable, Hashable, Comparable {
    /// Units of 10⁻¹² USD.
    public let picoUSD: Int64

    /// Creates an amount from units of 10⁻¹² USD.
    public init(picoUSD: Int64) { self.picoUSD = picoUSD }

    /// Nothing.
    public static let zero = Money(picoUSD: 0)

    /// Reads an amount in dollars, exactly; nil when it has more than 12 decimals or is beyond ±9 million.
    public init?(usd number: JSONNumber) {
        let decimal = number.decimal
        let shift = decimal.exponent + 12
        guard shift >= 0, decimal.digits.count + shift <= 18 else { return nil }
        var value: Int64 = 0
        for digit in decimal.digits { value = value * 10 + Int64(digit) }
        for _ in 0..<(decimal.digits.isEmpty ? 0 : shift) { value *= 10 }
        picoUSD = decimal.isNegative ? -value : value
    }

    /// The sum, held at the largest amount when it would be larger.
    public static func + (left: Money, right: Money) -> Money {
        let (sum, overflowed) = left.picoUSD.addingReportingOverflow(right.picoUSD)
        return Money(picoUSD: overflowed ? (left.picoUSD > 0 ? .max : .min) : sum)
    }

    /// Orders by amount.
    public static func < (left: Money, right: Money) -> Bool { left.picoUSD < right.picoUSD }

    /// The amount in dollars as the nearest double.
    public var usd: Double { Double(picoUSD) / 1e12 }

    /// The amount in dollars as an exact JSON number without trailing zeros.
    public var json: JSONValue { JSONNumber(text: text).map { .number($0) } ?? .null }

    /// The amount in dollars in exact plain digits, without trailing zeros and exponent.
    public var text: String {
        let magnitude = picoUSD.magnitude
        let whole = magnitude / 1_000_000_000_000
        var fraction = String(magnitude % 1_000_000_000_000)
        fraction = String(repeating: "0", count: 12 - fraction.count) + fraction
        while fraction.last == "0" { fraction.removeLast() }
        return (picoUSD < 0 ? "-" : "") + "\(whole)" + (fraction.isEmpty ? "" : "." + fraction)
    }
}
