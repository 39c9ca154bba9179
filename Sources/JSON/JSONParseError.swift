/// Why a text is not JSON, and where.
public struct JSONParseError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Whether the text is wrong, or beyond what is read here.
    public enum Kind: Sendable, Hashable {
        /// The text is not JSON.
        case syntax
        /// JSON by its grammar, but beyond a limit of this reader (depth, exponent), or text that no two readers
        /// take alike (a lone surrogate, RFC 8259 section 8.2; a key that stands twice, section 4).
        case unsupported
    }

    /// Whether the text is wrong, or beyond what is read here; what follows the place was not looked at.
    public let kind: Kind
    /// What is wrong, without a full stop.
    public let message: String
    /// The byte at which it is wrong, counted from 0.
    public let offset: Int
    /// The line, counted from 1.
    public let line: Int
    /// The column in Unicode scalars, counted from 1.
    public let column: Int

    init(
        _ message: String, kind: Kind = .syntax, at offset: Int, in bytes: UnsafeBufferPointer<UInt8>
    ) {
        self.kind = kind
        self.message = message
        self.offset = offset
        var line = 1
        var column = 1
        for byte in bytes.prefix(offset) {
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        self.line = line
        self.column = column
    }

    /// `line:column: message`.
    public var description: String { "\(line):\(column): \(message)" }
}
