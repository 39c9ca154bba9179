/// The canonical bytes of a JSON value (RFC 8785, but integers keep all their digits): equal values give equal
/// bytes.
public enum CanonicalJSON {
    /// The value without white space, keys sorted by UTF-16 code units, numbers in one spelling.
    public static func bytes(of value: JSONValue) -> [UInt8] {
        var output: [UInt8] = []
        write(value, to: &output)
        return output
    }

    private static func write(_ value: JSONValue, to output: inout [UInt8]) {
        switch value {
        case .number(let number): output.append(contentsOf: text(of: number).utf8)
        case .array(let elements):
            output.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                write(element, to: &output)
            }
            output.append(UInt8(ascii: "]"))
        case .object(let members):
            output.append(UInt8(ascii: "{"))
            let sorted = members.sorted { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }
            for (index, member) in sorted.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                JSONWriter.writeString(member.key, to: &output)
                output.append(UInt8(ascii: ":"))
                write(member.value, to: &output)
            }
            output.append(UInt8(ascii: "}"))
        case .null, .bool, .string: JSONWriter.compact.write(value, to: &output)
        }
    }

    /// ECMAScript's `Number::toString` (the spelling RFC 8785 demands) of an exact decimal: plain digits from
    /// 1e-6 up to 1e21, else an exponent; no digit is ever dropped.
    static func text(of number: JSONNumber) -> String {
        let decimal = number.decimal
        guard !decimal.digits.isEmpty else { return "0" }
        let sign = decimal.isNegative ? "-" : ""
        let digits = String(decoding: decimal.digits.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
        let count = decimal.digits.count
        // The value is 0.DIGITS × 10^point.
        let point = count + decimal.exponent
        if decimal.exponent >= 0, point <= 21 {
            return sign + digits + String(repeating: "0", count: decimal.exponent)
        }
        if point > 0, point <= 21 { return sign + digits.prefix(point) + "." + digits.dropFirst(point) }
        if point > -6, point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
        let power = point - 1
        let mantissa = count == 1 ? digits : digits.prefix(1) + "." + digits.dropFirst()
        return sign + mantissa + "e" + (power < 0 ? "-" : "+") + String(power.magnitude)
    }
}
