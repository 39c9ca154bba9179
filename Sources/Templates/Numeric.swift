import JSON

/// A number as Python sees it.
enum Numeric {
    /// A whole number.
    case integer(Int64)
    /// A decimal.
    case double(Double)

    /// The number in a value, booleans counting as 0 and 1; nil for other values and for whole numbers beyond 64
    /// bits.
    init?(_ value: JSONValue) {
        switch value {
        case .bool(let bool): self = .integer(bool ? 1 : 0)
        case .number(let number):
            if number.isWrittenAsInteger {
                guard let integer = number.integer else { return nil }
                self = .integer(Int64(integer))
            } else {
                self = .double(number.double)
            }
        case .null, .string, .array, .object: return nil
        }
    }

    /// The number as a double.
    var double: Double {
        switch self {
        case .integer(let value): Double(value)
        case .double(let value): value
        }
    }
}
