import Diagnostics
import JSON

/// Cuts the inside of a tag, or a lone expression, into tokens.
struct ExpressionLexer {
    /// What ends the tokens.
    enum Terminator {
        /// `}}` of an output.
        case output
        /// `%}` of a statement.
        case statement
        /// The end of the text.
        case end

        /// The closing bracket as written.
        var text: String { self == .output ? "}}" : "%}" }
    }

    /// The tokens of a tag and where the text goes on.
    struct Result {
        /// The tokens.
        var tokens: [TemplateToken]
        /// The offset of the first byte after the tag.
        var end: Int
        /// True when `-` before the bracket takes the white space after it away.
        var trimsAfter: Bool
    }

    private let source: TemplateSource
    private let terminator: Terminator
    private let start: Int
    private var position: Int
    private var brackets: [UInt8] = []
    private var tokens: [TemplateToken] = []

    /// Prepares to read from an offset; `opening` is where the tag's own bracket stands.
    init(_ source: TemplateSource, from position: Int, opening: Int, until terminator: Terminator) {
        self.source = source
        self.position = position
        self.terminator = terminator
        start = opening
    }

    /// Reads all tokens up to the terminator.
    mutating func run() throws(DiagnosticError) -> Result {
        while true {
            skipSpace()
            guard position < source.bytes.count else {
                if case .end = terminator { return Result(tokens: tokens, end: position, trimsAfter: false) }
                let opening = terminator == .output ? "{{" : "{%"
                throw failure(
                    "template-unclosed", "'\(opening)' is never closed", at: start,
                    hint: "close it with '\(terminator.text)'; text that only looks like it goes "
                        + "between {% raw %} and {% endraw %}")
            }
            if brackets.isEmpty, let result = closing() { return result }
            try token()
        }
    }

    private func closing() -> Result? {
        guard terminator != .end else { return nil }
        let closer = Array(terminator.text.utf8)
        let first = source.bytes[position]
        let isSigned =
            first == UInt8(ascii: "-") || (first == UInt8(ascii: "+") && terminator == .statement)
        let bracket = isSigned ? position + 1 : position
        guard bracket + 1 < source.bytes.count, source.bytes[bracket] == closer[0],
            source.bytes[bracket + 1] == closer[1]
        else { return nil }
        return Result(tokens: tokens, end: bracket + 2, trimsAfter: first == UInt8(ascii: "-"))
    }

    private mutating func skipSpace() {
        while position < source.bytes.count {
            let byte = source.bytes[position]
            guard byte == 0x20 || (0x09...0x0D).contains(byte) else { return }
            position += 1
        }
    }

    private mutating func token() throws(DiagnosticError) {
        let bytes = source.bytes
        let byte = bytes[position]
        switch byte {
        case UInt8(ascii: "'"), UInt8(ascii: "\""):
            let offset = position
            var literal = StringLiteral(source, from: position)
            let text = try literal.read()
            position = literal.end
            tokens.append(TemplateToken(kind: .string(text), offset: offset))
        case UInt8(ascii: "0")...UInt8(ascii: "9"): try number()
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "_"), 0x80...:
            try name()
        default: try symbol()
        }
    }

    private mutating func name() throws(DiagnosticError) {
        let offset = position
        var end = position
        while end < source.bytes.count {
            let byte = source.bytes[end]
            let isLetter = (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
            guard
                isLetter || byte >= 0x80 || byte == UInt8(ascii: "_")
                    || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
            else { break }
            end += 1
        }
        let text = String(decoding: source.bytes[offset..<end], as: UTF8.self)
        for (index, scalar) in text.unicodeScalars.enumerated() where !scalar.isASCII {
            let properties = scalar.properties
            guard index == 0 ? properties.isXIDStart : properties.isXIDContinue else {
                throw failure(
                    "template-syntax", "the character '\(scalar)' can't stand here", at: offset,
                    hint: "texts stand in plain quotes, ' or \"")
            }
        }
        position = end
        tokens.append(TemplateToken(kind: .name(text), offset: offset))
    }

    private mutating func number() throws(DiagnosticError) {
        let offset = position
        var literal = NumberLiteral(source.bytes, from: position, afterDot: tokens.last?.kind == .symbol("."))
        guard let number = literal.read() else {
            throw failure(
                "template-syntax", "not a number", at: offset,
                hint: "write whole numbers without leading zeros and decimals with digits on both sides")
        }
        position = literal.end
        tokens.append(TemplateToken(kind: .number(number), offset: offset))
    }

    private static let symbols: Set<String> = [
        "+", "-", "/", "//", "*", "%", "**", "~", "[", "]", "(", ")", "{", "}", "==", "!=", ">", ">=", "<",
        "<=",
        "=", ".", ":", "|", ",",
    ]

    private mutating func symbol() throws(DiagnosticError) {
        let offset = position
        let byte = source.bytes[position]
        var text = String(Unicode.Scalar(byte))
        if position + 1 < source.bytes.count {
            let pair = text + String(Unicode.Scalar(source.bytes[position + 1]))
            if Self.symbols.contains(pair) { text = pair }
        }
        guard Self.symbols.contains(text) else {
            let hint =
                switch text {
                case "&": "write 'and'"
                case "!": "write 'not'"
                default: "a text goes in quotes"
                }
            throw failure("template-syntax", "unexpected '\(text)'", at: offset, hint: hint)
        }
        switch byte {
        case UInt8(ascii: "("): brackets.append(UInt8(ascii: ")"))
        case UInt8(ascii: "["), UInt8(ascii: "{"): brackets.append(byte + 2)
        case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
            let expected = brackets.popLast()
            guard expected == byte else {
                let hint = expected.map { "expected '\(Character(Unicode.Scalar($0)))' first" }
                throw failure("template-syntax", "unexpected '\(text)'", at: offset, hint: hint)
            }
        default: break
        }
        position += text.utf8.count
        tokens.append(TemplateToken(kind: .symbol(text), offset: offset))
    }

    private func failure(_ id: String, _ message: String, at offset: Int, hint: String?) -> DiagnosticError {
        DiagnosticError(source.diagnostic(id, message, at: offset, hint: hint))
    }
}
