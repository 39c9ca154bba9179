/// What a single line is in Markdown, seen from its beginning.
enum MarkdownLine {
    /// The opening of a block of code.
    struct Fence: Hashable {
        /// Backtick or tilde.
        var mark: Unicode.Scalar
        /// How many of them, 3 or more.
        var count: Int

        /// Whether a line ends the block.
        func isClosed(by line: Substring.UnicodeScalarView) -> Bool {
            let body = MarkdownLine.indented(line)
            var count = 0
            var index = body.startIndex
            while index < body.endIndex, body[index] == mark {
                count += 1
                index = body.index(after: index)
            }
            return count >= self.count && body[index...].allSatisfy { WhiteSpace.isSpace($0) }
        }
    }

    /// What a line is.
    enum Mark: Hashable {
        /// `# Title`.
        case heading
        /// `- item`, `* item`, `+ item`.
        case bullet
        /// `3. item` or `3) item`, with its number.
        case number(Int)
        /// `> quoted`.
        case quote
    }

    /// The line without up to three spaces at its start.
    static func indented(_ line: Substring.UnicodeScalarView) -> Substring.UnicodeScalarView {
        var rest = line
        for _ in 0..<3 where rest.first == " " { rest = rest.dropFirst() }
        return rest
    }

    /// The fence that a line opens; nil when it opens none.
    static func fence(in line: Substring.UnicodeScalarView) -> Fence? {
        let body = indented(line)
        guard let mark = body.first, mark == "`" || mark == "~" else { return nil }
        let run = body.prefix { $0 == mark }
        guard run.count >= 3 else { return nil }
        // Backticks later in the line make it code within text.
        if mark == "`", body[run.endIndex...].contains("`") { return nil }
        return Fence(mark: mark, count: run.count)
    }

    /// What a line is, and what stands behind the mark; nil for ordinary text; list items may be indented.
    static func mark(of line: Substring.UnicodeScalarView) -> (mark: Mark, text: Substring.UnicodeScalarView)?
    {
        let body = indented(line)
        if body.first == "#" {
            let run = body.prefix { $0 == "#" }
            let rest = body[run.endIndex...]
            guard run.count <= 6, let next = rest.first, next == " " || next == "\t" else { return nil }
            return (.heading, rest)
        }
        if body.first == ">" { return (.quote, body.dropFirst()) }
        let item = line.drop { $0 == " " || $0 == "\t" }
        guard let first = item.first else { return nil }
        if first == "-" || first == "*" || first == "+" {
            let rest = item.dropFirst()
            guard rest.first == " " || rest.first == "\t" else { return nil }
            return rest.allSatisfy { WhiteSpace.isSpace($0) } ? nil : (.bullet, rest)
        }
        let digits = item.prefix { ("0"..."9").contains($0) }
        guard !digits.isEmpty, digits.count <= 9, let number = Int(String(digits)) else { return nil }
        let rest = item[digits.endIndex...]
        guard rest.first == "." || rest.first == ")" else { return nil }
        let text = rest.dropFirst()
        guard text.first == " " || text.first == "\t" else { return nil }
        return (.number(number), text)
    }

    /// A line as a counter of sentences needs it.
    struct Content {
        /// What stands behind the mark, if there is one.
        var text: Substring.UnicodeScalarView
        /// True without anything but white space.
        var isBlank: Bool
        /// True for what does not go on from the line before.
        var beginsBlock: Bool
        /// True for a heading.
        var isHeading: Bool
    }

    /// The line without the mark it begins with.
    static func content(of line: Substring.UnicodeScalarView) -> Content {
        guard let (mark, text) = mark(of: line) else {
            let isBlank = line.allSatisfy { WhiteSpace.isSpace($0) }
            return Content(text: line, isBlank: isBlank, beginsBlock: false, isHeading: false)
        }
        // Quoted lines go on from each other, as mails have them.
        return Content(text: text, isBlank: false, beginsBlock: mark != .quote, isHeading: mark == .heading)
    }
}
