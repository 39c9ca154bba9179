/// A JSON number that loses nothing: integers of any size and decimals keep all their digits.
public struct JSONNumber: Sendable {
    private enum Storage: Sendable {
        case integer(Int64)
        /// A finite double whose shortest decimal form is exactly the number that was written.
        case double(Double)
        /// A valid JSON number that neither of the others holds exactly.
        case literal(String)
    }

    private let storage: Storage

    private init(storage: Storage) { self.storage = storage }

    /// An integer.
    public init(_ value: some BinaryInteger) {
        if let small = Int64(exactly: value) {
            storage = .integer(small)
        } else {
            storage = .literal(String(value))
        }
    }

    /// A double; nil unless it is finite.
    public init?(_ value: Double) {
        guard value.isFinite else { return nil }
        storage = .double(value)
    }

    /// Reads the text of a number as RFC 8259 spells it; nil for any other text.
    public init?(text: String) {
        guard let decimal = JSONDecimal(text: text) else { return nil }
        self.init(checked: text, decimal: decimal)
    }

    /// Creates a number from text that is known to be a valid JSON number.
    init?(checked text: String) {
        if text.utf8.count < 19, let small = Int64(text),
            !(small == 0 && text.utf8.first == UInt8(ascii: "-"))
        {
            self.init(storage: .integer(small))
            return
        }
        guard let decimal = JSONDecimal(text: text) else { return nil }
        self.init(checked: text, decimal: decimal)
    }

    private init(checked text: String, decimal: JSONDecimal) {
        let isPlain = !text.utf8.contains { $0 == UInt8(ascii: ".") || $0 | 0x20 == UInt8(ascii: "e") }
        if isPlain, let small = Int64(text), small != 0 || text == "0" {
            storage = .integer(small)
        } else if let double = Double(text), double.isFinite, JSONDecimal(text: "\(double)") == decimal {
            storage = .double(double)
        } else {
            storage = .literal(text)
        }
    }

    /// The number as an integer, when it is one (`1.0` is) and fits.
    public var integer: Int? {
        switch storage {
        case .integer(let value): Int(exactly: value)
        // Beyond 2^53 the double is not the number that was written.
        case .double(let value):
            value.magnitude <= 9_007_199_254_740_992
                ? Int(exactly: value) : decimal.integer.flatMap { Int(exactly: $0) }
        case .literal: decimal.integer.flatMap { Int(exactly: $0) }
        }
    }

    /// True for a whole number of any size; `1.0` is one.
    public var isInteger: Bool {
        switch storage {
        case .integer: true
        case .double(let value): value.rounded(.towardZero) == value
        case .literal: decimal.exponent >= 0
        }
    }

    /// True when the number was written without a fraction and exponent.
    public var isWrittenAsInteger: Bool {
        switch storage {
        case .integer: true
        case .double: false
        case .literal(let text):
            !text.utf8.contains { $0 == UInt8(ascii: ".") || $0 | 0x20 == UInt8(ascii: "e") }
        }
    }

    /// The nearest double; infinite beyond the range.
    public var double: Double {
        switch storage {
        case .integer(let value): Double(value)
        case .double(let value): value
        case .literal(let text): Double(text) ?? .nan
        }
    }

    /// The exact value as digits and a power of ten.
    public var decimal: JSONDecimal {
        JSONDecimal(text: text) ?? JSONDecimal.zero
    }

    /// The number as JSON text: integers as digits, doubles in their shortest exact form.
    public var text: String {
        switch storage {
        case .integer(let value): "\(value)"
        case .double(let value): "\(value)"
        case .literal(let text): text
        }
    }
}

extension JSONNumber: Hashable, Comparable {
    /// Equal when the values are: `1`, `1.0` and `10e-1` are the same.
    public static func == (left: JSONNumber, right: JSONNumber) -> Bool {
        switch (left.storage, right.storage) {
        case (.integer(let first), .integer(let second)): first == second
        case (.double(let first), .double(let second)): first == second
        default: left.decimal == right.decimal
        }
    }

    /// Orders by exact value.
    public static func < (left: JSONNumber, right: JSONNumber) -> Bool {
        switch (left.storage, right.storage) {
        case (.integer(let first), .integer(let second)): first < second
        case (.double(let first), .double(let second)): first < second
        default: left.decimal < right.decimal
        }
    }

    /// Hashes the nearest double, which equal numbers share.
    public func hash(into hasher: inout Hasher) {
        let value = double
        hasher.combine(value == 0 ? 0 : value)
    }
}
