/// An exact decimal: `digits × 10^exponent`, normalized so that equal values look equal.
public struct JSONDecimal: Sendable, Hashable {
    /// True below zero.
    public let isNegative: Bool
    /// The significant digits 0…9, most significant first, without leading or trailing zeros; empty for zero.
    public let digits: [UInt8]
    /// The power of ten of the last digit; 0 for zero.
    public let exponent: Int

    static let zero = JSONDecimal(isNegative: false, digits: [], exponent: 0)

    /// Exponents beyond this are refused; nothing meaningful is that large, and sums of them can't overflow.
    private static let exponentLimit = 1_000_000_000

    private init(isNegative: Bool, digits: [UInt8], exponent: Int) {
        self.isNegative = isNegative
        self.digits = digits
        self.exponent = exponent
    }

    /// Reads the text of a number as RFC 8259 spells it (`1E5` and Swift's `1e+20` included); nil otherwise.
    public init?(text: String) {
        var bytes = Array(text.utf8)[...]
        let negative = bytes.first == UInt8(ascii: "-")
        if negative { bytes.removeFirst() }
        let whole = bytes.prefix(while: Self.isDigit)
        guard !whole.isEmpty, whole.count == 1 || whole.first != UInt8(ascii: "0") else { return nil }
        bytes.removeFirst(whole.count)
        var fraction: ArraySlice<UInt8> = []
        if bytes.first == UInt8(ascii: ".") {
            bytes.removeFirst()
            fraction = bytes.prefix(while: Self.isDigit)
            guard !fraction.isEmpty else { return nil }
            bytes.removeFirst(fraction.count)
        }
        var power = 0
        if let mark = bytes.first, mark | 0x20 == UInt8(ascii: "e") {
            bytes.removeFirst()
            let isMinus = bytes.first == UInt8(ascii: "-")
            if isMinus || bytes.first == UInt8(ascii: "+") { bytes.removeFirst() }
            guard !bytes.isEmpty, bytes.allSatisfy(Self.isDigit) else { return nil }
            for digit in bytes {
                power = power * 10 + Int(digit - UInt8(ascii: "0"))
                guard power <= Self.exponentLimit else { return nil }
            }
            bytes.removeAll()
            if isMinus { power = -power }
        }
        guard bytes.isEmpty else { return nil }
        var digits = (whole + fraction).map { $0 - UInt8(ascii: "0") }
        var exponent = power - fraction.count
        while digits.last == 0 {
            digits.removeLast()
            exponent += 1
        }
        let leadingZeros = digits.prefix { $0 == 0 }.count
        digits.removeFirst(leadingZeros)
        self.init(
            isNegative: negative && !digits.isEmpty, digits: digits, exponent: digits.isEmpty ? 0 : exponent)
    }

    /// The value as an integer, when it is one and fits.
    public var integer: Int64? {
        guard exponent >= 0, digits.count + exponent <= 19 else { return nil }
        var value: Int64 = 0
        for digit in digits + [UInt8](repeating: 0, count: exponent) {
            let (product, overflowed) = value.multipliedReportingOverflow(by: 10)
            // Built downward, since the most negative integer has no positive twin.
            let (sum, overflowedToo) = product.subtractingReportingOverflow(Int64(digit))
            guard !overflowed, !overflowedToo else { return nil }
            value = sum
        }
        return isNegative ? value : (value == .min ? nil : -value)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }
}

extension JSONDecimal: Comparable {
    /// Orders by value.
    public static func < (left: JSONDecimal, right: JSONDecimal) -> Bool {
        if left.isNegative != right.isNegative { return left.isNegative }
        return left.isNegative ? magnitude(right, isBelow: left) : magnitude(left, isBelow: right)
    }

    private static func magnitude(_ left: JSONDecimal, isBelow right: JSONDecimal) -> Bool {
        if left.digits.isEmpty || right.digits.isEmpty { return left.digits.isEmpty && !right.digits.isEmpty }
        let leftSize = left.digits.count + left.exponent
        let rightSize = right.digits.count + right.exponent
        if leftSize != rightSize { return leftSize < rightSize }
        return left.digits.lexicographicallyPrecedes(right.digits)
    }
}
