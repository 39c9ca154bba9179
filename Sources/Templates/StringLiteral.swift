import Diagnostics

/// Reads a quoted text with Python's escapes.
struct StringLiteral {
    /// The offset of the first byte after the closing quote, once it was read.
    private(set) var end: Int
    private let source: TemplateSource
    private let start: Int

    /// Prepares to read at the opening quote.
    init(_ source: TemplateSource, from start: Int) {
        self.source = source
        self.start = start
        end = start + 1
    }

    /// The text between the quotes; an unknown escape stays as it is written.
    mutating func read() throws(DiagnosticError) -> String {
        let quote = source.bytes[start]
        var units: [UInt8] = []
        while end < source.bytes.count {
            let byte = source.bytes[end]
            end += 1
            if byte == quote { return String(decoding: units, as: UTF8.self) }
            if byte == UInt8(ascii: "\\") {
                try escape(into: &units)
            } else {
                units.append(byte)
            }
        }
        throw DiagnosticError(
            source.diagnostic(
                "template-unclosed", "the text in quotes is never closed", at: start,
                hint: "end it with \(Character(Unicode.Scalar(quote)))"))
    }

    private mutating func escape(into units: inout [UInt8]) throws(DiagnosticError) {
        guard end < source.bytes.count else { return }
        let letter = source.bytes[end]
        end += 1
        switch letter {
        case UInt8(ascii: "n"): units.append(0x0A)
        case UInt8(ascii: "t"): units.append(0x09)
        case UInt8(ascii: "r"): units.append(0x0D)
        case UInt8(ascii: "a"): units.append(0x07)
        case UInt8(ascii: "b"): units.append(0x08)
        case UInt8(ascii: "f"): units.append(0x0C)
        case UInt8(ascii: "v"): units.append(0x0B)
        case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): units.append(letter)
        case 0x0A: break
        case UInt8(ascii: "x"): try append(try code(digits: 2...2, radix: 16), to: &units)
        case UInt8(ascii: "u"): try append(try code(digits: 4...4, radix: 16), to: &units)
        case UInt8(ascii: "U"): try append(try code(digits: 8...8, radix: 16), to: &units)
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            end -= 1
            try append(try code(digits: 1...3, radix: 8), to: &units)
        default: units.append(contentsOf: [UInt8(ascii: "\\"), letter])
        }
    }

    private mutating func code(digits: ClosedRange<Int>, radix: UInt32) throws(DiagnosticError) -> UInt32 {
        var value: UInt32 = 0
        var count = 0
        while count < digits.upperBound, end < source.bytes.count, source.bytes[end] < 0x80,
            let digit = Character(Unicode.Scalar(source.bytes[end])).hexDigitValue, digit < radix
        {
            value = value &* radix &+ UInt32(digit)
            count += 1
            end += 1
        }
        guard digits.contains(count) else { throw badEscape() }
        return value
    }

    private func append(_ code: UInt32, to units: inout [UInt8]) throws(DiagnosticError) {
        guard let scalar = Unicode.Scalar(code) else { throw badEscape() }
        units.append(contentsOf: Array(String(scalar).utf8))
    }

    private func badEscape() -> DiagnosticError {
        DiagnosticError(
            source.diagnostic(
                "template-syntax", "the escape does not stand for a character", at: max(start, end - 1),
                hint: "write \\xHH, \\uHHHH or \\UHHHHHHHH; a backslash itself is \\\\"))
    }
}
