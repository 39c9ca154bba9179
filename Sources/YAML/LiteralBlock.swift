/// Text as a `|` block.
struct LiteralBlock {
    /// `|` with what it needs: the indentation when the text begins with a space, and how the text ends.
    let header: String
    /// The lines of the block.
    let lines: [Substring.UTF8View]

    /// The length from which a text of one line is written as a block, in bytes.
    private static let longLine = 100
    /// How far a block is indented below its parent.
    static let indentation = 2

    /// Makes a block; nil for a text that is short, or that a block can't hold.
    init?(_ text: String) {
        let bytes = text.utf8
        guard bytes.count > Self.longLine || bytes.contains(0x0A) else { return nil }
        // Only line feeds: there is no line whose indentation could be seen.
        guard bytes.contains(where: { $0 != 0x0A }) else { return nil }
        guard !text.unicodeScalars.contains(where: { YAMLCharacter.needsEscape($0) }) else { return nil }
        var lines = text[...].utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
            .map { Substring($0).utf8 }
        // Spaces alone in the last line, or in a line before the first text, are where readers differ.
        guard !lines.contains(where: { !$0.isEmpty && $0.allSatisfy { $0 == 0x20 || $0 == 0x09 } }) else {
            return nil
        }
        var header = "|"
        if let first = bytes.first, first == 0x20 || first == 0x09 || first == 0x0A {
            header += String(Self.indentation)
        }
        if lines.last?.isEmpty == true {
            lines.removeLast()
            if lines.last?.isEmpty == true { header += "+" }
        } else {
            header += "-"
        }
        self.header = header
        self.lines = lines
    }
}
