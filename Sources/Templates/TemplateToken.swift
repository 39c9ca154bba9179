import JSON

/// A word of the expression language.
struct TemplateToken: Sendable {
    /// What a token is.
    enum Kind: Sendable, Equatable {
        /// A name or a keyword.
        case name(String)
        /// A quoted text, its escapes resolved.
        case string(String)
        /// A number.
        case number(JSONNumber)
        /// An operator or a bracket.
        case symbol(String)
    }

    /// What it is.
    var kind: Kind
    /// The offset of its first byte in the source.
    var offset: Int

    /// The token as it is named in messages.
    var description: String {
        switch kind {
        case .name(let name): "'\(name)'"
        case .string: "a text in quotes"
        case .number(let number): "the number \(number.text)"
        case .symbol(let symbol): "'\(symbol)'"
        }
    }
}
