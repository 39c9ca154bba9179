/// Why a text is not taken as SQL.
public struct SQLRefusal: Error, Sendable, Hashable {
    /// Whether the text is wrong, or beyond what is read here.
    public enum Kind: Sendable, Hashable {
        /// It is no SQL of the dialect.
        case syntax
        /// It may be SQL, and is too long or nests too deep to be parsed.
        case limit
    }

    /// Whether the text is wrong, or beyond what is read here.
    public let kind: Kind
    /// What is wrong, without a full stop and without its place.
    public let message: String
    /// The byte at which it is wrong, counted from 0; nil when no place is to blame.
    public let offset: Int?

    init(_ message: String, kind: Kind = .syntax, at offset: Int? = nil) {
        self.kind = kind
        self.message = message
        self.offset = offset
    }

    /// The line and column of the place in the text that was read, both counted from 1, columns in characters.
    public func place(in text: String) -> (line: Int, column: Int)? {
        guard let offset else { return nil }
        var line = 1
        var column = 1
        for byte in text.utf8.prefix(offset) {
            if byte == 0x0A {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        return (line, column)
    }
}
