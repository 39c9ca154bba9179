/// Looks for Markdown within the lines of a paragraph: emphasis, code, links, images.
///
/// Marks must stand as CommonMark has it, and not between two letters or digits, so that `2*3*4` and `snake_case`
/// are ordinary text. Time is linear: of each kind of mark only the first open one is kept.
struct MarkdownInline {
    private typealias Kind = MarkdownScan.Kind

    /// The first open mark of each kind, by its spelling, with what stands there.
    private var open: [String: String] = [:]

    /// How much of a line is read at a time, in scalars.
    private static let piece = 65_536
    /// The longest text of a find that is shown, in scalars.
    private static let shown = 60

    /// Forgets all open marks.
    mutating func endParagraph() { open.removeAll() }

    /// Reads one line; `report` gets each find.
    mutating func read(
        _ line: Substring.UnicodeScalarView, report: (MarkdownScan.Kind, String) -> Void
    ) {
        // Endless lines are read in pieces, for the sake of memory.
        var rest = line
        while !rest.isEmpty {
            let piece = rest.prefix(Self.piece)
            readPiece(Array(piece), report)
            rest = rest[piece.endIndex...]
        }
    }

    private mutating func readPiece(
        _ scalars: [Unicode.Scalar], _ report: (MarkdownScan.Kind, String) -> Void
    ) {
        var index = 0
        while index < scalars.count {
            switch scalars[index] {
            case "\\": index += 2
            case "`": index = readCode(scalars, index, report)
            case "*", "_", "~": index = readEmphasis(scalars, index, report)
            case "[": index = readLink(scalars, index, report)
            default: index += 1
            }
        }
    }

    // MARK: Code

    /// Backticks close where a run of the same length stands; the text between must not begin or end with a space, so
    /// that the quotes of `typewriters' are none.
    private mutating func readCode(
        _ scalars: [Unicode.Scalar], _ start: Int, _ report: (MarkdownScan.Kind, String) -> Void
    ) -> Int {
        let end = Self.endOfRun(scalars, start)
        let key = String(repeating: "`", count: min(end - start, 10))
        let before = start > 0 ? scalars[start - 1] : " "
        let after = end < scalars.count ? scalars[end] : " "
        if let text = open[key], !WhiteSpace.isSpace(before) {
            report(.inlineCode, text)
            open[key] = nil
        } else if open[key] == nil, !WhiteSpace.isSpace(after) {
            open[key] = Self.excerpt(scalars, start)
        }
        return end
    }

    // MARK: Emphasis

    private mutating func readEmphasis(
        _ scalars: [Unicode.Scalar], _ start: Int, _ report: (MarkdownScan.Kind, String) -> Void
    ) -> Int {
        let end = Self.endOfRun(scalars, start)
        let mark = scalars[start]
        // A single tilde is "about"; four marks and more are a drawing.
        guard end - start <= 3, mark != "~" || end - start == 2 else { return end }
        let key = String(String.UnicodeScalarView(scalars[start..<end]))
        let before = start > 0 ? scalars[start - 1] : nil
        let after = end < scalars.count ? scalars[end] : nil
        if let text = open[key], let before, !WhiteSpace.isSpace(before), !Self.isInWord(after) {
            report(.emphasis, text)
            open[key] = nil
        } else if open[key] == nil, let after, !WhiteSpace.isSpace(after), !Self.isInWord(before),
            !Self.isClosing(after)
        {
            open[key] = Self.excerpt(scalars, start)
        }
        return end
    }

    /// Letters and digits, but for those of scripts without spaces, between which marks stand as well.
    private static func isInWord(_ scalar: Unicode.Scalar?) -> Bool {
        guard let scalar else { return false }
        return Words.isPart(scalar) && !Words.isWholeWord(scalar)
    }

    /// What can't follow an opening mark: `*)` and `*,` are footnotes.
    private static func isClosing(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case ")", "]", "}", ",", ".", ";", ":", "!", "?", "=", "/": true
        default: false
        }
    }

    // MARK: Links

    /// `[text](target)` and `[text]: target`, with a text and a target without spaces.
    private func readLink(
        _ scalars: [Unicode.Scalar], _ start: Int, _ report: (MarkdownScan.Kind, String) -> Void
    ) -> Int {
        // Behind the nearest `]`, so that no part of the line is read twice: `[` inside begins anew.
        var index = start + 1
        while index < scalars.count, scalars[index] != "]" {
            if scalars[index] == "[" { return index }
            index += 1
        }
        guard index > start + 1, index + 1 < scalars.count else { return index }
        let isImage = start > 0 && scalars[start - 1] == "!"
        switch scalars[index + 1] {
        case "(":
            let target = index + 2
            var end = target
            while end < scalars.count, scalars[end] != ")", !WhiteSpace.isSpace(scalars[end]) { end += 1 }
            guard end > target, end < scalars.count, Self.isTarget(scalars[target..<end]) else {
                return index
            }
            let hasTitle = end + 1 < scalars.count && (scalars[end + 1] == "\"" || scalars[end + 1] == "'")
            guard scalars[end] == ")" || hasTitle else { return index }
            report(isImage ? .image : .link, Self.excerpt(scalars, start))
            return end
        case ":" where start == 0:
            let target = scalars[(index + 2)...].drop { WhiteSpace.isSpace($0) }
            if String(String.UnicodeScalarView(target.prefix(8))).contains("://") {
                report(.link, Self.excerpt(scalars, start))
            }
            return index + 1
        default: return index
        }
    }

    /// Whether text in parentheses looks like a target: an address, path or anchor, not a single word as in `f[0](x)`.
    private static func isTarget(_ text: ArraySlice<Unicode.Scalar>) -> Bool {
        text.contains { $0 == "/" || $0 == "." || $0 == "#" || $0 == ":" || $0 == "@" }
    }

    // MARK: Shared

    private static func endOfRun(_ scalars: [Unicode.Scalar], _ start: Int) -> Int {
        var end = start
        while end < scalars.count, scalars[end] == scalars[start] { end += 1 }
        return end
    }

    private static func excerpt(_ scalars: [Unicode.Scalar], _ start: Int) -> String {
        String(String.UnicodeScalarView(scalars[start...].prefix(shown)))
    }
}
