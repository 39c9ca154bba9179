/// Lines of text broken between words, so that they fit into a column.
enum TextWrap {
    /// The lines, none wider than so many columns; a word that is wider is broken.
    ///
    /// The text is one line that is safe for a terminal. Spaces at its beginning stay.
    static func lines(_ text: String, width: Int) -> [String] {
        guard DisplayWidth.of(text) > width, width > 0 else { return [text] }
        var lines: [String] = []
        var line: [Character] = []
        var columns = 0
        /// The number of characters of the line up to its last space between words.
        var space: Int?
        var hasWord = false
        for character in text {
            let own = DisplayWidth.of(String(character))
            if columns + own > width, !line.isEmpty {
                if character == " " {
                    lines.append(String(line))
                    line = []
                } else if let cut = space {
                    lines.append(String(line[..<cut]))
                    line = Array(line[(cut + 1)...])
                } else {
                    lines.append(String(line))
                    line = []
                }
                columns = DisplayWidth.of(String(line))
                space = nil
                if character == " " { continue }
            }
            // Spaces that a line begins with after a break belong to the break.
            if character == " ", line.isEmpty, !lines.isEmpty { continue }
            if character == " ", hasWord { space = line.count }
            if character != " " { hasWord = true }
            line.append(character)
            columns += own
        }
        if !line.isEmpty { lines.append(String(line)) }
        return lines.map(trimmed)
    }

    private static func trimmed(_ line: String) -> String {
        var line = line
        while line.hasSuffix(" ") { line.removeLast() }
        return line
    }
}
