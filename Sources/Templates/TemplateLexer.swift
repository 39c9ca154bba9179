import Diagnostics

/// Cuts a template into text and tags, and takes the white space away that `-` asks for.
struct TemplateLexer {
    /// The stretches found, in order.
    private(set) var segments: [TemplateSegment] = []
    /// The mistakes found.
    private(set) var diagnostics: [Diagnostic] = []
    private let source: TemplateSource
    private var position = 0

    /// Prepares to read a source.
    init(_ source: TemplateSource) { self.source = source }

    /// True when a text holds anything but text: `{{`, `{%` or `{#`.
    static func hasSyntax(_ text: some Sequence<UInt8>) -> Bool {
        var previous: UInt8 = 0
        for byte in text {
            if previous == UInt8(ascii: "{"), isTagMark(byte) { return true }
            previous = byte
        }
        return false
    }

    /// Reads the whole source.
    mutating func run() {
        while let opening = nextTag(from: position) {
            let sign = opening + 2 < source.bytes.count ? source.bytes[opening + 2] : 0
            let isSigned = sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+")
            emit(position..<opening, trimmingEnd: sign == UInt8(ascii: "-"))
            let inside = opening + (isSigned ? 3 : 2)
            switch source.bytes[opening + 1] {
            case UInt8(ascii: "#"): comment(opening, inside)
            case UInt8(ascii: "{"): tag(opening, inside, .output)
            default: if !raw(opening, inside) { tag(opening, inside, .statement) }
            }
        }
        emit(position..<source.bytes.count, trimmingEnd: false)
    }

    private static func isTagMark(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "{") || byte == UInt8(ascii: "%") || byte == UInt8(ascii: "#")
    }

    private func nextTag(from start: Int) -> Int? {
        var index = start
        let bytes = source.bytes
        while index + 1 < bytes.count {
            if bytes[index] == UInt8(ascii: "{"), Self.isTagMark(bytes[index + 1]) { return index }
            index += 1
        }
        return nil
    }

    private mutating func emit(_ range: Range<Int>, trimmingEnd: Bool) {
        guard !range.isEmpty else { return }
        var text = String(decoding: source.bytes[range], as: UTF8.self)
        if trimmingEnd { text = Whitespace.trimmedEnd(text) }
        if !text.isEmpty { segments.append(.text(Whitespace.normalizingBreaks(text))) }
    }

    private mutating func goOn(at end: Int, trimming: Bool) {
        position = end
        guard trimming else { return }
        let rest = String(decoding: source.bytes[end...].prefix(while: Whitespace.mayBegin), as: UTF8.self)
        position += rest.utf8.count - Whitespace.trimmedStart(rest).utf8.count
    }

    private mutating func comment(_ opening: Int, _ inside: Int) {
        var index = inside
        while index + 1 < source.bytes.count {
            if source.bytes[index] == UInt8(ascii: "#"), source.bytes[index + 1] == UInt8(ascii: "}") {
                // In `{#-#}` the sign belongs to the opening bracket.
                let trims = index > inside && source.bytes[index - 1] == UInt8(ascii: "-")
                return goOn(at: index + 2, trimming: trims)
            }
            index += 1
        }
        fail("template-unclosed", "the comment '{#' is never closed", at: opening, hint: "close it with '#}'")
        position = source.bytes.count
    }

    private mutating func tag(_ opening: Int, _ inside: Int, _ terminator: ExpressionLexer.Terminator) {
        var lexer = ExpressionLexer(source, from: inside, opening: opening, until: terminator)
        do {
            let result = try lexer.run()
            let isOutput = terminator == .output
            segments.append(
                isOutput
                    ? .output(result.tokens, offset: opening) : .statement(result.tokens, offset: opening))
            goOn(at: result.end, trimming: result.trimsAfter)
        } catch {
            diagnostics.append(contentsOf: error.diagnostics)
            guard diagnostics.count < TemplateLimits.diagnostics else {
                position = source.bytes.count
                return
            }
            skipTag(inside, terminator)
        }
    }

    /// Goes on after a broken tag; a statement keeps its name, so that its block still matches its end.
    private mutating func skipTag(_ inside: Int, _ terminator: ExpressionLexer.Terminator) {
        let closer = Array(terminator.text.utf8)
        var index = inside
        while index + 1 < source.bytes.count,
            source.bytes[index] != closer[0] || source.bytes[index + 1] != closer[1]
        {
            index += 1
        }
        position = min(index + 2, source.bytes.count)
        guard terminator == .statement, let word = word(at: skippingSpace(inside)) else { return }
        segments.append(.brokenStatement(word, offset: inside))
    }

    /// Reads `{% raw %}…{% endraw %}`; false when the tag is another one.
    private mutating func raw(_ opening: Int, _ inside: Int) -> Bool {
        guard let start = plainTag("raw", at: inside) else { return false }
        goOn(at: start.end, trimming: start.trims)
        let body = position
        var index = body
        while index + 1 < source.bytes.count {
            if source.bytes[index] == UInt8(ascii: "{"), source.bytes[index + 1] == UInt8(ascii: "%") {
                let sign = index + 2 < source.bytes.count ? source.bytes[index + 2] : 0
                let isSigned = sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+")
                if let end = plainTag("endraw", at: index + (isSigned ? 3 : 2)) {
                    emit(body..<index, trimmingEnd: sign == UInt8(ascii: "-"))
                    goOn(at: end.end, trimming: end.trims)
                    return true
                }
            }
            index += 1
        }
        fail(
            "template-unclosed", "the block 'raw' is never closed", at: opening,
            hint: "close it with {% endraw %}")
        position = source.bytes.count
        return true
    }

    private func plainTag(_ name: String, at inside: Int) -> (end: Int, trims: Bool)? {
        let start = skippingSpace(inside)
        guard word(at: start) == name else { return nil }
        var index = skippingSpace(start + name.utf8.count)
        guard index < source.bytes.count else { return nil }
        let sign = source.bytes[index]
        if sign == UInt8(ascii: "-") || (sign == UInt8(ascii: "+") && name == "endraw") { index += 1 }
        guard index + 1 < source.bytes.count, source.bytes[index] == UInt8(ascii: "%"),
            source.bytes[index + 1] == UInt8(ascii: "}")
        else { return nil }
        return (index + 2, sign == UInt8(ascii: "-"))
    }

    private func skippingSpace(_ start: Int) -> Int {
        var index = start
        while index < source.bytes.count,
            source.bytes[index] == 0x20 || (0x09...0x0D).contains(source.bytes[index])
        {
            index += 1
        }
        return index
    }

    private func word(at start: Int) -> String? {
        guard start < source.bytes.count else { return nil }
        let letters = source.bytes[start...].prefix(20).prefix {
            ($0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "z")) || $0 == UInt8(ascii: "_")
        }
        return letters.isEmpty ? nil : String(decoding: letters, as: UTF8.self)
    }

    private mutating func fail(_ id: String, _ message: String, at offset: Int, hint: String) {
        diagnostics.append(source.diagnostic(id, message, at: offset, hint: hint))
    }
}
