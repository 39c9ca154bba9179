/// Looks for Markdown in a text, in one pass: the first of each kind.
struct MarkdownScan {
    /// A kind of Markdown.
    enum Kind: String, CaseIterable, Sendable {
        /// `# Title`, or a line of `=` under one.
        case heading
        /// `**strong**`, `*soft*`, `__strong__`, `_soft_`, `~~gone~~`.
        case emphasis
        /// `- item`.
        case list
        /// `1. first`, `2. second`.
        case numberedList = "numbered-list"
        /// A row of dashes and bars under a row with bars.
        case table
        /// `[text](target)`, `[text]: target`.
        case link
        /// `![text](target)`.
        case image
        /// Fenced code.
        case codeBlock = "code-block"
        /// Code between backticks.
        case inlineCode = "inline-code"
        /// `> quoted`.
        case quote
        /// A line of `---`, `***` or `___`.
        case rule

        /// The kind with its article, for messages.
        var words: String {
            switch self {
            case .heading: "a heading"
            case .emphasis: "emphasis"
            case .list: "a list"
            case .numberedList: "a numbered list"
            case .table: "a table"
            case .link: "a link"
            case .image: "an image"
            case .codeBlock: "a code block"
            case .inlineCode: "inline code"
            case .quote: "a block quote"
            case .rule: "a horizontal rule"
            }
        }
    }

    /// The first of its kind.
    struct Find: Sendable, Hashable {
        /// What it is.
        var kind: Kind
        /// The line it begins in, from 1.
        var line: Int
        /// What stands there.
        var text: String
    }

    private var finds: [Find] = []
    private var seen: Set<Kind> = []
    private var inline = MarkdownInline()
    /// The number of the last item of a numbered list, while only white space and indented text followed.
    private var lastNumber: (number: Int, line: Int, text: String)?
    private var previous: Substring.UnicodeScalarView = Substring("").unicodeScalars

    /// The first of each kind, in the order of the text.
    static func finds(in text: String) -> [Find] {
        var scan = MarkdownScan()
        var fence: MarkdownLine.Fence?
        var number = 0
        for line in TextLines(text) {
            number += 1
            if let open = fence {
                if open.isClosed(by: line) { fence = nil }
                continue
            }
            fence = MarkdownLine.fence(in: line)
            if fence != nil {
                scan.add(.codeBlock, number, line)
                scan.inline.endParagraph()
                scan.previous = Substring("").unicodeScalars
                continue
            }
            scan.read(line, number)
            if scan.seen.count == Kind.allCases.count { break }
        }
        return scan.finds
    }

    private mutating func read(_ line: Substring.UnicodeScalarView, _ number: Int) {
        defer { previous = line }
        if line.allSatisfy({ WhiteSpace.isSpace($0) }) {
            inline.endParagraph()
            return
        }
        if Self.isRule(line) {
            add(.rule, number, line)
            inline.endParagraph()
            return
        }
        if Self.isUnderline(line), !previous.allSatisfy({ WhiteSpace.isSpace($0) }) {
            add(.heading, number, line)
            return
        }
        if Self.isDelimiterRow(line), previous.contains("|") { add(.table, number, line) }
        var text = line
        if let (mark, rest) = MarkdownLine.mark(of: line) {
            inline.endParagraph()
            text = rest
            switch mark {
            case .heading: add(.heading, number, line)
            case .bullet: add(.list, number, line)
            case .quote: add(.quote, number, line)
            case .number(let item):
                if let last = lastNumber, last.number + 1 == item {
                    addText(.numberedList, last.line, last.text)
                }
                lastNumber = (item, number, Self.short(line))
            }
        } else if line.first != " ", line.first != "\t", previous.allSatisfy({ WhiteSpace.isSpace($0) }) {
            // A new paragraph ends the list.
            lastNumber = nil
        }
        var inline = inline
        inline.read(text) { kind, text in addText(kind, number, text) }
        self.inline = inline
    }

    private mutating func add(_ kind: Kind, _ line: Int, _ text: Substring.UnicodeScalarView) {
        guard !seen.contains(kind) else { return }
        addText(kind, line, Self.short(text))
    }

    private mutating func addText(_ kind: Kind, _ line: Int, _ text: String) {
        guard seen.insert(kind).inserted else { return }
        finds.append(Find(kind: kind, line: line, text: text))
    }

    private static func short(_ text: Substring.UnicodeScalarView) -> String {
        String(String.UnicodeScalarView(text.prefix(80)))
    }

    /// Three or more of the same `-`, `*` or `_`, white space between them left aside.
    private static func isRule(_ line: Substring.UnicodeScalarView) -> Bool {
        let body = MarkdownLine.indented(line)
        guard let mark = body.first, mark == "-" || mark == "*" || mark == "_" else { return false }
        var count = 0
        for scalar in body {
            if scalar == mark { count += 1 } else if !WhiteSpace.isSpace(scalar) { return false }
        }
        return count >= 3
    }

    private static func isUnderline(_ line: Substring.UnicodeScalarView) -> Bool {
        let body = MarkdownLine.indented(line)
        let run = body.prefix { $0 == "=" }
        return run.count >= 3 && body[run.endIndex...].allSatisfy { WhiteSpace.isSpace($0) }
    }

    /// The row under the head of a table: `|---|:--:|`.
    private static func isDelimiterRow(_ line: Substring.UnicodeScalarView) -> Bool {
        var hasBar = false
        var hasDash = false
        for scalar in line {
            switch scalar {
            case "|": hasBar = true
            case "-": hasDash = true
            case ":", " ", "\t": break
            default: return false
            }
        }
        return hasBar && hasDash
    }
}
