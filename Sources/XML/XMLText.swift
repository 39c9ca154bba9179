/// Text made fit for XML 1.0: the one place that decides what becomes of characters XML cannot hold.
public enum XMLText {
    /// The text with everything removed or made visible that XML 1.0 forbids.
    ///
    /// Escape sequences of terminals (CSI, OSC, DCS, SOS, PM, APC and the short ones) are removed; other
    /// forbidden characters become visible text such as `\u{1b}`. Forbidden are, by production 2 of XML 1.0,
    /// C0 controls except TAB, LF and CR, and U+FFFE and U+FFFF.
    public static func legal(_ text: String) -> String {
        guard let first = firstForbidden(text) else { return text }
        let scalars = text.unicodeScalars
        var result = String(scalars[..<first])
        var index = first
        while index < scalars.endIndex {
            let scalar = scalars[index]
            let next = scalars.index(after: index)
            if scalar == "\u{1B}", let end = endOfSequence(in: scalars, after: next) {
                index = end
                continue
            }
            if isLegal(scalar) {
                result.unicodeScalars.append(scalar)
            } else {
                result += "\\u{" + String(scalar.value, radix: 16) + "}"
            }
            index = next
        }
        return result
    }

    /// Whether XML 1.0 can hold the character, as itself or as a reference.
    public static func isLegal(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x9, 0xA, 0xD, 0x20..<0xFFFE, 0x1_0000...0x10_FFFF: true
        default: false
        }
    }

    /// The place of the first forbidden character, found among the bytes as most text has none.
    private static func firstForbidden(_ text: String) -> String.Index? {
        var previous: (UInt8, UInt8) = (0, 0)
        var index = text.utf8.startIndex
        while index < text.utf8.endIndex {
            let byte = text.utf8[index]
            if byte < 0x20, byte != 0x9, byte != 0xA, byte != 0xD { return index }
            // U+FFFE and U+FFFF are EF BF BE and EF BF BF.
            if byte >= 0xBE, byte <= 0xBF, previous == (0xEF, 0xBF) {
                return text.utf8.index(index, offsetBy: -2)
            }
            previous = (previous.1, byte)
            index = text.utf8.index(after: index)
        }
        return nil
    }

    /// The longest sequence of a terminal that is removed, in scalars; a longer one is no sequence.
    private static let longestSequence = 4096

    /// The end of the escape sequence whose ESC stands right before `start`, or nil when there is none.
    ///
    /// The grammar is that of ECMA-48; an OSC ends with BEL too, as terminals have it.
    private static func endOfSequence(
        in scalars: String.UnicodeScalarView, after start: String.Index
    ) -> String.Index? {
        guard start < scalars.endIndex else { return nil }
        var index = scalars.index(after: start)
        var length = 0
        switch scalars[start] {
        case "[":
            while index < scalars.endIndex, length < longestSequence {
                let scalar = scalars[index]
                index = scalars.index(after: index)
                length += 1
                if ("@"..."~").contains(scalar) { return index }
                guard (" "..."?").contains(scalar) else { return nil }
            }
            return nil
        case "]", "P", "X", "^", "_":
            while index < scalars.endIndex, length < longestSequence {
                let scalar = scalars[index]
                index = scalars.index(after: index)
                length += 1
                if scalar == "\u{7}" || scalar == "\u{9C}" { return index }
                if scalar == "\u{1B}" {
                    guard index < scalars.endIndex, scalars[index] == "\\" else { return nil }
                    return scalars.index(after: index)
                }
                // A line feed is part of no such string: nothing readable is to get lost.
                if scalar == "\n" { return nil }
            }
            return nil
        case " "..."/":
            // Intermediate characters and a final one, as in the choice of a character set: ESC ( B.
            while index < scalars.endIndex, length < longestSequence {
                let scalar = scalars[index]
                index = scalars.index(after: index)
                length += 1
                if ("0"..."~").contains(scalar) { return index }
                guard (" "..."/").contains(scalar) else { return nil }
            }
            return nil
        case "0"..."~": return index
        default: return nil
        }
    }
}
