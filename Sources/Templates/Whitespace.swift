/// The white space of Python's `str.isspace`, which Jinja's `-` and `trim` go by.
enum Whitespace {
    /// True for a white space character.
    static func contains(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09...0x0D, 0x1C...0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F,
            0x3000:
            true
        default: false
        }
    }

    /// True for a byte that is, or that may be part of, a white space character.
    static func mayBegin(_ byte: UInt8) -> Bool {
        (0x09...0x0D).contains(byte) || (0x1C...0x20).contains(byte) || byte >= 0x80
    }

    /// The text without white space at its start.
    static func trimmedStart(_ text: String) -> String {
        String(text.unicodeScalars.drop(while: contains))
    }

    /// The text without white space at its end.
    static func trimmedEnd(_ text: String) -> String {
        var scalars = text.unicodeScalars[...]
        while let last = scalars.last, contains(last) { scalars.removeLast() }
        return String(scalars)
    }

    /// The text without white space at both ends.
    static func trimmed(_ text: String) -> String { trimmedEnd(trimmedStart(text)) }

    /// The lines of a text as Python's `splitlines` cuts them; a final line break makes no further line.
    static func lines(of text: String) -> [String] {
        var lines: [String] = []
        var current = String.UnicodeScalarView()
        var isAfterReturn = false
        for scalar in text.unicodeScalars {
            if isAfterReturn, scalar == "\n" {
                isAfterReturn = false
                continue
            }
            isAfterReturn = scalar == "\r"
            switch scalar.value {
            case 0x0A...0x0D, 0x1C...0x1E, 0x85, 0x2028, 0x2029:
                lines.append(String(current))
                current = String.UnicodeScalarView()
            default: current.append(scalar)
            }
        }
        if !current.isEmpty { lines.append(String(current)) }
        return lines
    }

    /// The text with each CR LF and lone CR as LF, as Jinja reads templates.
    static func normalizingBreaks(_ text: String) -> String {
        guard text.utf8.contains(0x0D) else { return text }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var previous: UInt8 = 0
        for byte in text.utf8 {
            if byte == 0x0A, previous == 0x0D {
                // The CR before it has become this LF.
            } else {
                bytes.append(byte == 0x0D ? 0x0A : byte)
            }
            previous = byte
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
