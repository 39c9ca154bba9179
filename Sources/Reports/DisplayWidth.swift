/// How many columns of a terminal text takes, and text fitted into columns.
public enum DisplayWidth {
    /// The columns of a text that is free of control characters.
    public static func of(_ text: String) -> Int {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
        return text.reduce(0) { $0 + columns($1) }
    }

    /// The text, its middle replaced by `…` when it is wider than so many columns.
    static func fitted(_ text: String, to width: Int) -> String {
        guard of(text) > width else { return text }
        guard width > 1 else { return width == 1 ? "…" : "" }
        let characters = Array(text)
        var room = width - 1
        var head = 0
        var tail = characters.count
        // In turns from both ends; the first of the two ends that does not fit stops it.
        while head < tail {
            let fromHead = columns(characters[head])
            guard fromHead <= room else { break }
            room -= fromHead
            head += 1
            guard head < tail, columns(characters[tail - 1]) <= room else { break }
            tail -= 1
            room -= columns(characters[tail])
        }
        return String(characters[..<head]) + "…" + String(characters[tail...])
    }

    /// The text with spaces after it, or before it, up to so many columns.
    public static func padded(_ text: String, to width: Int, left: Bool = true) -> String {
        let space = String(repeating: " ", count: max(0, width - of(text)))
        return left ? text + space : space + text
    }

    /// The columns of one character as terminals with Unicode 9 and later show it.
    private static func columns(_ character: Character) -> Int {
        var widest = 0
        for scalar in character.unicodeScalars {
            if scalar == "\u{FE0F}", widest > 0 { return 2 }
            widest = max(widest, columns(scalar))
        }
        return widest
    }

    private static func columns(_ scalar: Unicode.Scalar) -> Int {
        if scalar.value < 0x300 { return 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        if scalar.properties.isEmojiPresentation { return 2 }
        switch scalar.value {
        // The ranges of East Asian Width W and F (Unicode Standard Annex 11), neighbors joined.
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
            0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x17000...0x18CFF, 0x1B000...0x1B2FF, 0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }
}
