/// Integers of the core schema, of any size.
enum YAMLInteger {
    /// The longest hexadecimal or octal number, in digits; what is longer is taken as text.
    static let longest = 1000

    /// An integer from decimal digits; leading zeros don't count.
    static func decimal(_ bytes: UnsafeBufferPointer<UInt8>, negative: Bool) -> YAMLCore {
        var start = 0
        while start < bytes.count - 1, bytes[start] == UInt8(ascii: "0") { start += 1 }
        let text = (negative ? "-" : "") + String(decoding: bytes[start...], as: UTF8.self)
        if let value = Int64(text) { return .integer(value) }
        return .bigInteger(text)
    }

    /// An integer from the digits after `0x` or `0o`; a string when one is no digit.
    static func resolve(_ digits: UnsafeBufferPointer<UInt8>, radix: Int) -> YAMLCore {
        guard digits.count <= longest else { return .string }
        // Decimal digits, lowest first: schoolbook conversion, bounded by `longest`.
        var decimal = [0]
        for byte in digits {
            guard let digit = value(of: byte), digit < radix else { return .string }
            var carry = digit
            for index in decimal.indices {
                let value = decimal[index] * radix + carry
                decimal[index] = value % 10
                carry = value / 10
            }
            while carry > 0 {
                decimal.append(carry % 10)
                carry /= 10
            }
        }
        let ascii = decimal.reversed().map { UInt8(ascii: "0") + UInt8($0) }
        return ascii.withUnsafeBufferPointer { Self.decimal($0, negative: false) }
    }

    private static func value(of byte: UInt8) -> Int? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): Int(byte - UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): Int(byte - UInt8(ascii: "A")) + 10
        default: nil
        }
    }
}
