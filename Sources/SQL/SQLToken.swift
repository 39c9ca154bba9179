/// A word, literal or symbol of a statement.
struct SQLToken: Sendable, Hashable {
    /// What kind of token it is.
    enum Kind: Sendable, Hashable {
        /// A name or keyword without quotes.
        case word
        /// A name in quotes; the text is the name.
        case name
        /// A text in quotes; the text is its value.
        case string
        /// A number.
        case number
        /// A place for a value: `?`, `:id`, `@id`.
        case parameter
        /// An operator, a parenthesis, a comma.
        case symbol
    }

    /// What kind of token it is.
    var kind: Kind
    /// Its text, without quotes.
    var text: String
    /// Where it begins in the source, in bytes.
    var offset: Int

    /// Whether it is this keyword, written in upper case.
    func isWord(_ word: String) -> Bool {
        kind == .word && text.utf8.count == word.utf8.count && text.uppercased() == word
    }

    /// Whether it is one of these keywords, written in upper case.
    func isWord(in words: Set<String>) -> Bool { kind == .word && words.contains(text.uppercased()) }

    /// Whether it is this symbol.
    func isSymbol(_ symbol: String) -> Bool { kind == .symbol && text == symbol }

    /// Whether a table, column or alias could be meant.
    var isName: Bool { kind == .word || kind == .name }

    /// The token as PostgreSQL writes it.
    var spelled: String {
        switch kind {
        case .word, .number, .symbol: text
        case .name: "\"" + Self.doubled("\"", in: text) + "\""
        case .string: "'" + Self.doubled("'", in: text) + "'"
        case .parameter: "$1"
        }
    }

    private static func doubled(_ quote: Unicode.Scalar, in text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            result.append(scalar)
            if scalar == quote { result.append(quote) }
        }
        return String(result)
    }
}
