/// What a scalar stands for in the core schema of YAML 1.2 (specification 1.2.2, section 10.3.2).
///
/// `no`, `on`, `yes` are strings, `012` is 12, `0o17` is 15.
public enum YAMLCore: Sendable, Hashable {
    /// `null`, `Null`, `NULL`, `~` or nothing.
    case null
    /// `true`, `True`, `TRUE` or the same of false.
    case bool(Bool)
    /// An integer that fits into 64 bits.
    case integer(Int64)
    /// A larger integer: decimal digits without leading zeros, `-` before them when negative.
    case bigInteger(String)
    /// A finite number with a point or an exponent, and its spelling.
    case double(Double, literal: String)
    /// Anything else, and all that is quoted.
    case string

    /// Resolves a plain scalar; nil stands for a number that is infinite or not a number.
    static func resolve(plain text: String) -> YAMLCore? {
        var text = text
        return text.withUTF8 { resolve(bytes: $0) }
    }

    private static func resolve(bytes: UnsafeBufferPointer<UInt8>) -> YAMLCore? {
        guard let first = bytes.first else { return .null }
        switch first {
        case UInt8(ascii: "~"):
            return bytes.count == 1 ? .null : .string
        case UInt8(ascii: "n"), UInt8(ascii: "N"):
            return matches(bytes, "null", "Null", "NULL") ? .null : .string
        case UInt8(ascii: "t"), UInt8(ascii: "T"):
            return matches(bytes, "true", "True", "TRUE") ? .bool(true) : .string
        case UInt8(ascii: "f"), UInt8(ascii: "F"):
            return matches(bytes, "false", "False", "FALSE") ? .bool(false) : .string
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            return number(bytes)
        default:
            return .string
        }
    }

    private static func matches(_ bytes: UnsafeBufferPointer<UInt8>, _ words: StaticString...) -> Bool {
        words.contains { word in
            word.utf8CodeUnitCount == bytes.count
                && word.withUTF8Buffer { $0.elementsEqual(bytes) }
        }
    }

    private static func number(_ bytes: UnsafeBufferPointer<UInt8>) -> YAMLCore? {
        if bytes.count > 2, bytes[0] == UInt8(ascii: "0") {
            let digits = UnsafeBufferPointer(rebasing: bytes[2...])
            if bytes[1] == UInt8(ascii: "x") { return YAMLInteger.resolve(digits, radix: 16) }
            if bytes[1] == UInt8(ascii: "o") { return YAMLInteger.resolve(digits, radix: 8) }
        }
        var position = 0
        let negative = bytes[0] == UInt8(ascii: "-")
        if negative || bytes[0] == UInt8(ascii: "+") { position = 1 }
        let unsigned = UnsafeBufferPointer(rebasing: bytes[position...])
        if matches(unsigned, ".inf", ".Inf", ".INF") { return nil }
        if position == 0, matches(bytes, ".nan", ".NaN", ".NAN") { return nil }

        func skipDigits() -> Int {
            let start = position
            while position < bytes.count, isDigit(bytes[position]) { position += 1 }
            return position - start
        }
        let whole = skipDigits()
        if whole > 0, position == bytes.count {
            return YAMLInteger.decimal(unsigned, negative: negative)
        }
        var fraction = 0
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            position += 1
            fraction = skipDigits()
        }
        guard whole + fraction > 0 else { return .string }
        if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
            position += 1
            if position < bytes.count,
                bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-")
            {
                position += 1
            }
            guard skipDigits() > 0 else { return .string }
        }
        guard position == bytes.count else { return .string }
        let literal = String(decoding: bytes, as: UTF8.self)
        guard let value = Double(parsable(literal)) else { return .string }
        return value.isFinite ? .double(value, literal: literal) : nil
    }

    /// The spelling with the digits that YAML lets one leave out around the point.
    private static func parsable(_ literal: String) -> String {
        var result = ""
        var previous: Unicode.Scalar = " "
        var afterPoint = false
        for scalar in literal.unicodeScalars {
            if afterPoint, !("0"..."9").contains(scalar) { result += "0" }
            if scalar == ".", !("0"..."9").contains(previous) { result += "0" }
            result.unicodeScalars.append(scalar)
            afterPoint = scalar == "."
            previous = scalar
        }
        return afterPoint ? result + "0" : result
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }
}
