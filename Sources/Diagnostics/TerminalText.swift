/// Untrusted text made safe for a terminal or a log.
public enum TerminalText {
    /// The text with control and bidirectional-override characters written out as `\u{1b}`.
    ///
    /// Line feeds and tabs stay when `multiline` is true, else they become `\n` and `\t`.
    public static func visible(_ text: String, multiline: Bool = false) -> String {
        guard text.unicodeScalars.contains(where: { isHidden($0) }) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": result += multiline ? "\n" : "\\n"
            case "\t": result += multiline ? "\t" : "\\t"
            case "\r": result += "\\r"
            case _ where isHidden(scalar): result += "\\u{" + String(scalar.value, radix: 16) + "}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// The first `limit` characters of one line, with `…` where something was cut.
    public static func excerpt(_ text: String, limit: Int) -> String {
        let head = text.prefix(limit + 1)
        return visible(head.count > limit ? head.prefix(limit) + "…" : String(head))
    }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029: true
        case 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0x061C: true
        case 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F: true
        default: false
        }
    }
}
