/// Which texts may stand without quotes.
enum PlainScalar {
    /// True when every reader, of YAML 1.1 or 1.2, takes the unquoted text as this very string.
    ///
    /// Careful rather than exact: a text that needs no quotes may get some.
    static func isSafe(_ text: String, inFlow: Bool) -> Bool {
        let scalars = Array(text.unicodeScalars)
        guard let first = scalars.first, let last = scalars.last else { return false }
        guard first != " ", last != " ", last != ":" else { return false }
        guard !indicators.contains(first) else { return false }
        var previous: Unicode.Scalar = " "
        for scalar in scalars {
            if scalar == "\n" || scalar == "\t" || YAMLCharacter.needsEscape(scalar) { return false }
            if previous == ":", scalar == " " { return false }
            if previous == " ", scalar == "#" { return false }
            if inFlow, ",[]{}:?".unicodeScalars.contains(scalar) { return false }
            previous = scalar
        }
        return !isWord(text) && !looksLikeNumber(scalars)
    }

    private static let indicators = Set("-?:,[]{}#&*!|>'\"%@`=<~".unicodeScalars)

    /// The words that mean something in either version.
    private static func isWord(_ text: String) -> Bool {
        text.utf8.count <= 5
            && ["null", "true", "false", "yes", "no", "on", "off", "y", "n"].contains(text.lowercased())
    }

    /// True for what some reader could take for a number, a date or a time.
    private static func looksLikeNumber(_ scalars: [Unicode.Scalar]) -> Bool {
        guard let first = scalars.first else { return false }
        if first == "." || first == "+" { return true }
        guard isDigit(first) else { return false }
        // A version such as 1.2.3-beta or a hash has letters that no number has, unless it is hexadecimal.
        if first == "0", scalars.count > 1, "xXoObB".unicodeScalars.contains(scalars[1]) { return true }
        if isDate(scalars) { return true }
        return scalars.allSatisfy { isDigit($0) || "_.,:+-eETtZz ".unicodeScalars.contains($0) }
    }

    private static func isDate(_ scalars: [Unicode.Scalar]) -> Bool {
        scalars.count >= 8 && scalars[..<4].allSatisfy(isDigit) && scalars[4] == "-" && isDigit(scalars[5])
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        scalar >= "0" && scalar <= "9"
    }
}
