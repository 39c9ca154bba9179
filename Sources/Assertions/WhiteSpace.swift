/// White space as Unicode has it, whatever the locale.
enum WhiteSpace {
    /// Whether a scalar is white space.
    static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x80
            ? scalar.value == 0x20 || (0x09...0x0D).contains(scalar.value) : scalar.properties.isWhitespace
    }

    /// The text without white space at both ends.
    static func trimmed(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !isSpace($0) }),
            let last = scalars.lastIndex(where: { !isSpace($0) })
        else { return "" }
        return String(scalars[first...last])
    }

    /// The text with each run of white space as one space, and none at the ends.
    static func collapsed(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var isPending = false
        for scalar in text.unicodeScalars {
            if isSpace(scalar) {
                isPending = !result.isEmpty
            } else {
                if isPending { result.append(" ") }
                isPending = false
                result.append(scalar)
            }
        }
        return String(result)
    }

    /// The first line that is not blank, without its end; nil when there is none.
    static func firstLine(of text: String) -> String? {
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !isSpace($0) }) else { return nil }
        let start = scalars[..<first].lastIndex(where: isLineEnd).map(scalars.index(after:))
        return String(scalars[(start ?? scalars.startIndex)...].prefix { !isLineEnd($0) })
    }

    /// The last line that is not blank, without its end; nil when there is none.
    static func lastLine(of text: String) -> String? {
        let scalars = text.unicodeScalars
        guard let last = scalars.lastIndex(where: { !isSpace($0) }) else { return nil }
        let start = scalars[..<last].lastIndex(where: isLineEnd).map(scalars.index(after:))
        return String(scalars[(start ?? scalars.startIndex)...].prefix { !isLineEnd($0) })
    }

    private static func isLineEnd(_ scalar: Unicode.Scalar) -> Bool { scalar == "\n" || scalar == "\r" }
}
