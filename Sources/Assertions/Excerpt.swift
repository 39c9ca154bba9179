import JSON

/// Texts of any size made fit for a report.
package enum Excerpt {
    /// The largest text shown as expected or actual, in bytes of UTF-8.
    static let displayLimit = 2048
    /// The largest text quoted in a sentence, in bytes of UTF-8.
    private static let quoteLimit = 120

    /// The text, cut with an ellipsis when it is too long to show.
    package static func display(_ text: String) -> String { cut(text, to: displayLimit) }

    /// The text in quotes on one line, cut when it is long.
    package static func quoted(_ text: String) -> String {
        JSONWriter.compact.text(of: .string(cut(text, to: quoteLimit)))
    }

    /// Several texts in quotes, the first ten of them.
    package static func quoted(_ texts: [String]) -> String {
        let shown = texts.prefix(10).map { quoted($0) }.joined(separator: ", ")
        return texts.count > 10 ? "\(shown) and \(texts.count - 10) more" : shown
    }

    private static func cut(_ text: String, to limit: Int) -> String {
        guard text.utf8.count > limit else { return text }
        let ellipsis = "…"
        var bytes = Array(text.utf8.prefix(limit - ellipsis.utf8.count + 1))
        // The last byte is looked at only: a scalar must not be cut in two.
        while let last = bytes.popLast(), last & 0xC0 == 0x80 {}
        return String(decoding: bytes, as: UTF8.self) + ellipsis
    }
}
