import JSON

/// Reads a number as the expression language writes it: `12`, `1_000`, `0x1F`, `1.5`, `2e3`.
struct NumberLiteral {
    /// The offset of the first byte after the number, once it was read.
    private(set) var end: Int
    private let bytes: [UInt8]
    private let afterDot: Bool

    /// Prepares to read at an offset; after a dot (`a.0.b`) only whole numbers are meant.
    init(_ bytes: [UInt8], from start: Int, afterDot: Bool) {
        self.bytes = bytes
        self.afterDot = afterDot
        end = start
    }

    /// The number; nil when the digits are none.
    mutating func read() -> JSONNumber? {
        if byte(0) == UInt8(ascii: "0"), let radix = radix(byte(1)) {
            end += 2
            guard let value = Int64(digits { $0.hexDigitValue.map { $0 < radix } ?? false }, radix: radix)
            else {
                return nil
            }
            return JSONNumber(value)
        }
        let whole = digits(\.isNumber)
        var fraction = ""
        var exponent = ""
        if !afterDot {
            if byte(0) == UInt8(ascii: "."), isDigit(byte(1)) {
                end += 1
                fraction = digits(\.isNumber)
            }
            if let mark = byte(0), mark | 0x20 == UInt8(ascii: "e") {
                let isSigned = byte(1) == UInt8(ascii: "+") || byte(1) == UInt8(ascii: "-")
                if isDigit(byte(isSigned ? 2 : 1)) {
                    let sign = byte(1) == UInt8(ascii: "-") ? "-" : ""
                    end += isSigned ? 2 : 1
                    exponent = sign + digits(\.isNumber)
                }
            }
        }
        if fraction.isEmpty, exponent.isEmpty {
            guard whole.utf8.first != UInt8(ascii: "0") || whole.utf8.allSatisfy({ $0 == UInt8(ascii: "0") })
            else { return nil }
            return whole.utf8.first == UInt8(ascii: "0") ? JSONNumber(0) : JSONNumber(text: whole)
        }
        guard
            let value = Double(
                "\(whole).\(fraction.isEmpty ? "0" : fraction)e\(exponent.isEmpty ? "0" : exponent)")
        else { return nil }
        return JSONNumber(value)
    }

    private func byte(_ distance: Int) -> UInt8? {
        end + distance < bytes.count ? bytes[end + distance] : nil
    }

    private func isDigit(_ byte: UInt8?) -> Bool {
        byte.map { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") } ?? false
    }

    private func radix(_ letter: UInt8?) -> Int? {
        switch letter.map({ $0 | 0x20 }) {
        case UInt8(ascii: "x"): 16
        case UInt8(ascii: "o"): 8
        case UInt8(ascii: "b"): 2
        default: nil
        }
    }

    /// The digits that follow, single underscores between them left out.
    private mutating func digits(_ isWanted: (Character) -> Bool) -> String {
        var text = ""
        while let next = byte(0) {
            if next == UInt8(ascii: "_") {
                guard let after = byte(1), after < 0x80, isWanted(Character(Unicode.Scalar(after))) else {
                    break
                }
                end += 1
                continue
            }
            guard next < 0x80, isWanted(Character(Unicode.Scalar(next))) else { break }
            text.unicodeScalars.append(Unicode.Scalar(next))
            end += 1
        }
        return text
    }
}
