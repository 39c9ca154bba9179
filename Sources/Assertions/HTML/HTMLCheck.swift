/// Tells whether a text is HTML from its first character to its last.
///
/// Every element is known to HTML or a custom one, nothing but white space, comments and a doctype stands outside of
/// elements, and every element is closed, but for void ones and those whose end tag may be left out.
struct HTMLCheck {
    /// How deep elements may stand in each other.
    private static let deepest = 10_000

    private var open: [String] = []
    private var hasElement = false
    /// How deep the text stands inside of `svg` or `math`, where names are not HTML's.
    private var foreignDepth = 0

    /// What is wrong with a text, in words that follow "the answer is not HTML: "; nil when nothing is.
    static func problem(in text: String) -> String? {
        var text = text
        return text.withUTF8 { bytes in
            var check = HTMLCheck()
            return check.problem(in: bytes)
        }
    }

    private mutating func problem(in bytes: UnsafeBufferPointer<UInt8>) -> String? {
        var scanner = HTMLScanner(bytes)
        while let token = scanner.next() {
            switch token {
            case .comment, .doctype: break
            case .text(let range):
                guard open.isEmpty, let place = range.first(where: { !HTMLScanner.isSpace(bytes[$0]) }) else {
                    continue
                }
                let shown = String(decoding: bytes[place..<range.upperBound].prefix(200), as: UTF8.self)
                return "\(Excerpt.quoted(WhiteSpace.trimmed(shown))) stands outside of its elements"
            case .start(let tag): if let problem = begin(tag) { return problem }
            case .end(let name): if let problem = end(name) { return problem }
            }
        }
        if let unclosed = open.first(where: { !HTMLVocabulary.optionalEnd.contains($0) }) {
            return "<\(unclosed)> is not closed"
        }
        return hasElement ? nil : "it has no element of HTML"
    }

    private mutating func begin(_ tag: HTMLScanner.StartTag) -> String? {
        let name = tag.name
        if foreignDepth == 0 {
            guard HTMLVocabulary.isKnown(name) else { return "<\(name)> is no element of HTML" }
            if !HTMLVocabulary.obsolete.contains(name) { hasElement = true }
            endImplied(before: name)
            if HTMLVocabulary.void.contains(name) { return nil }
        }
        if tag.isSelfClosing {
            guard foreignDepth > 0 || name == "svg" || name == "math" else {
                return "<\(name)/> is not closed, as '/>' closes void elements only"
            }
            return nil
        }
        guard open.count < Self.deepest else { return "its elements nest deeper than \(Self.deepest)" }
        open.append(name)
        if foreignDepth > 0 || name == "svg" || name == "math" { foreignDepth += 1 }
        return nil
    }

    /// Ends what a start tag ends: `<li>` an open `<li>`, a block an open paragraph.
    private mutating func endImplied(before name: String) {
        let ended = HTMLVocabulary.endedBefore(name)
        while let innermost = open.last, ended.contains(innermost) { open.removeLast() }
    }

    private mutating func end(_ name: String) -> String? {
        if HTMLVocabulary.void.contains(name), foreignDepth == 0 { return "</\(name)> ends a void element" }
        var index = open.count
        while index > 0, open[index - 1] != name {
            guard HTMLVocabulary.optionalEnd.contains(open[index - 1]), foreignDepth == 0 else {
                return open.contains(name)
                    ? "</\(name)> stands where <\(open[index - 1])> is still open" : "</\(name)> ends nothing"
            }
            index -= 1
        }
        guard index > 0 else { return "</\(name)> ends nothing" }
        let removed = open.count - index + 1
        open.removeLast(removed)
        foreignDepth = max(foreignDepth - removed, 0)
        return nil
    }
}
