import Patterns

/// Patterns that match whatever the answer, or never.
///
/// What can't be told for sure is taken as a real pattern.
enum PatternVacuity {
    /// Why the pattern matches every text; nil when it may fail.
    static func whyAlways(_ pattern: Pattern) -> String? {
        guard !pattern.options.contains(.sticky), matchesEmpty(pattern) else { return nil }
        if wholeTexts.contains(pattern.source) { return "the pattern matches every text" }
        // At the very end of any text the rest is empty, and a pattern that does not look back matches there
        // as it matches the empty text.
        if !looksBack(pattern.source) {
            return "the pattern matches every text, since it matches nothing at all"
        }
        guard let rest = withoutStart(pattern.source), isPlain(rest) else { return nil }
        return "the pattern matches every text, since it asks for nothing behind its start"
    }

    /// Why the pattern matches no text; nil when it may match.
    static func whyNever(_ pattern: Pattern) -> String? {
        ["(?!)", "[]"].contains(pattern.source) ? "the pattern matches no text" : nil
    }

    /// Usual spellings of "any text" that look back.
    private static let wholeTexts: Set<String> = [
        "^[\\s\\S]*$", "^[\\S\\s]*$", "^(.|\\n)*$", "(?s)^.*$", "^(?s).*$", "(?s)^.*", "/^.*$/s", "^[^]*$",
        "\\A", "\\b|\\B", "^|$",
    ]

    private static func matchesEmpty(_ pattern: Pattern) -> Bool { (try? pattern.matches("")) ?? false }

    /// Whether the pattern may ask what stands before a place; says yes too often, never too rarely.
    private static func looksBack(_ source: String) -> Bool {
        var previous: Unicode.Scalar?
        var isEscaped = false
        for scalar in source.unicodeScalars {
            if isEscaped {
                if "bBAGK".unicodeScalars.contains(scalar) { return true }
                isEscaped = false
                previous = nil
                continue
            }
            switch scalar {
            case "\\": isEscaped = true
            case "^" where previous != "[": return true
            case "<" where previous == "?", "*" where previous == "(", "[" where previous == "[": return true
            default: break
            }
            previous = scalar
        }
        return false
    }

    private static func withoutStart(_ source: String) -> String? {
        for start in ["^", "\\A"] where source.hasPrefix(start) {
            return String(source.dropFirst(start.count))
        }
        return nil
    }

    /// Whether a pattern is made of letters, digits, `.`, `*` and `?` only, each item optional.
    ///
    /// Such a pattern has an empty match at every place.
    private static func isPlain(_ source: String) -> Bool {
        var rest = source.unicodeScalars[...]
        while let item = rest.popFirst() {
            guard item == "." || item == " " || item.properties.isAlphabetic || ("0"..."9").contains(item),
                let quantifier = rest.popFirst(), quantifier == "*" || quantifier == "?"
            else { return false }
            if rest.first == "?" { rest.removeFirst() }
        }
        return true
    }
}
