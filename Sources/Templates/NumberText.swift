import JSON

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Numbers as Python prints them.
enum NumberText {
    /// The text of a number: whole numbers as digits, decimals as Python's `repr`.
    static func text(of number: JSONNumber) -> String {
        // What a double does not hold exactly keeps all its digits.
        guard !number.isWrittenAsInteger, number.double.isFinite, JSONNumber(number.double) == number else {
            return number.text
        }
        return text(of: number.double)
    }

    /// The shortest digits that stand for a double: plain from 1e-4 up to 1e16, else with an exponent.
    static func text(of value: Double) -> String {
        let written = "\(value)"
        let magnitude = value.magnitude
        // Swift's spelling is Python's, but for where it begins to write exponents.
        guard magnitude >= 0x1p53, magnitude < 1e16 else { return written }
        let parts = written.split(separator: "e", maxSplits: 1)
        guard parts.count == 2, let exponent = Int(parts[1]) else { return written }
        let mantissa = parts[0].split(separator: ".", maxSplits: 1)
        let fraction = mantissa.count == 2 ? String(mantissa[1]) : ""
        return mantissa[0] + fraction + String(repeating: "0", count: max(0, exponent - fraction.utf8.count))
            + ".0"
    }

    /// A double with so many digits after the point, rounded correctly from its exact value, halves to even.
    static func fixed(_ value: Double, digits: Int) -> String { printed(value, digits: digits, "%.*f") }

    /// A double as `1.234560e+02` with so many digits after the point.
    static func scientific(_ value: Double, digits: Int) -> String { printed(value, digits: digits, "%.*e") }

    private static func printed(_ value: Double, digits: Int, _ format: String) -> String {
        var buffer = [CChar](repeating: 0, count: 400 + digits)
        let count = withVaList([Int32(digits), value]) { vsnprintf(&buffer, buffer.count, format, $0) }
        guard count > 0, count < buffer.count else { return text(of: value) }
        return String(decoding: buffer[..<Int(count)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
