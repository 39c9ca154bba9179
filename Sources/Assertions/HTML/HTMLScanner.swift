/// Cuts a text into tags, comments and what stands between them, as HTML writes them.
struct HTMLScanner {
    /// A start tag.
    struct StartTag {
        /// The name in lower case.
        var name: String
        /// Whether it has at least one attribute.
        var hasAttribute: Bool
        /// Whether it ends with `/>`.
        var isSelfClosing: Bool
    }

    /// One piece.
    enum Token {
        /// `<name …>`.
        case start(StartTag)
        /// `</name>`, the name in lower case.
        case end(String)
        /// `<!-- … -->`.
        case comment
        /// `<!DOCTYPE html …>`.
        case doctype
        /// Text; a '<' that begins no tag is part of it.
        case text(Range<Int>)
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    /// False once a search for it has come to the end of the text.
    private var hasCommentEnd = true
    /// Names of elements whose content is text, and whose end tag was not found once.
    private var withoutEnd: Set<String> = []
    private var rawTextElement: String?

    /// Prepares to read a text that is UTF-8.
    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// The place of the next token, in bytes.
    var offset: Int { position }

    /// The next piece; nil at the end.
    mutating func next() -> Token? {
        let start = position
        if let name = rawTextElement {
            rawTextElement = nil
            let end = rawTextEnd(name)
            if end > start {
                position = end
                return .text(start..<end)
            }
        }
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "<") {
                let begin = position
                if let token = markup() {
                    guard begin > start else { return token }
                    // The text before it comes first, and the markup is read again.
                    rawTextElement = nil
                    position = begin
                    return .text(start..<begin)
                }
                position = begin
            }
            position += 1
        }
        return position > start ? .text(start..<position) : nil
    }

    /// The markup at the present '<'; nil when it is none.
    private mutating func markup() -> Token? {
        guard position + 1 < bytes.count else { return nil }
        switch bytes[position + 1] {
        case UInt8(ascii: "!"): return declaration()
        case UInt8(ascii: "/"):
            position += 2
            guard let name = name() else { return nil }
            skipSpace()
            guard position < bytes.count, bytes[position] == UInt8(ascii: ">") else { return nil }
            position += 1
            return .end(name)
        default:
            position += 1
            guard let name = name() else { return nil }
            return startTag(name)
        }
    }

    private mutating func declaration() -> Token? {
        if isNext("<!--") {
            guard hasCommentEnd else { return nil }
            var end = position + 4
            while end + 3 <= bytes.count {
                if bytes[end] == 0x2D, bytes[end + 1] == 0x2D, bytes[end + 2] == 0x3E {
                    position = end + 3
                    return .comment
                }
                end += 1
            }
            hasCommentEnd = false
            return nil
        }
        guard isNext("<!doctype") else { return nil }
        position += 9
        let before = position
        skipSpace()
        guard position > before, isNext("html") else { return nil }
        var end = position + 4
        while end < bytes.count, bytes[end] != UInt8(ascii: ">"), bytes[end] != UInt8(ascii: "<") { end += 1 }
        guard end < bytes.count, bytes[end] == UInt8(ascii: ">") else { return nil }
        position = end + 1
        return .doctype
    }

    private mutating func startTag(_ name: String) -> Token? {
        var tag = StartTag(name: name, hasAttribute: false, isSelfClosing: false)
        while true {
            let before = position
            skipSpace()
            guard position < bytes.count else { return nil }
            switch bytes[position] {
            case UInt8(ascii: ">"):
                position += 1
                if HTMLVocabulary.rawText.contains(name), !tag.isSelfClosing { rawTextElement = name }
                return .start(tag)
            case UInt8(ascii: "/"):
                position += 1
                guard position < bytes.count, bytes[position] == UInt8(ascii: ">") else { return nil }
                tag.isSelfClosing = true
            default:
                guard position > before, attribute() else { return nil }
                tag.hasAttribute = true
            }
        }
    }

    /// Moves over `name`, `name=value`, `name="value"`; stricter than a browser, so that `a <b && c` is no tag.
    private mutating func attribute() -> Bool {
        let start = position
        while position < bytes.count, Self.isAttributePart(bytes[position]) { position += 1 }
        guard position > start else { return false }
        let end = position
        skipSpace()
        guard position < bytes.count, bytes[position] == UInt8(ascii: "=") else {
            position = end
            return true
        }
        position += 1
        skipSpace()
        guard position < bytes.count else { return false }
        let quote = bytes[position]
        if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            position += 1
            while position < bytes.count, bytes[position] != quote { position += 1 }
            guard position < bytes.count else { return false }
            position += 1
            return true
        }
        let valueStart = position
        while position < bytes.count, Self.isUnquotedPart(bytes[position]) { position += 1 }
        return position > valueStart
    }

    private mutating func name() -> String? {
        guard position < bytes.count, Self.isLetter(bytes[position]) else { return nil }
        let start = position
        while position < bytes.count, Self.isNamePart(bytes[position]) { position += 1 }
        guard position - start <= 100 else { return nil }
        return String(decoding: bytes[start..<position], as: UTF8.self).lowercased()
    }

    /// Where the content of a script and its like ends: before its end tag, or where it stands when there is none.
    private mutating func rawTextEnd(_ name: String) -> Int {
        guard !withoutEnd.contains(name) else { return position }
        let wanted = Array(name.utf8)
        var end = position
        while end + wanted.count + 2 < bytes.count {
            if bytes[end] == UInt8(ascii: "<"), bytes[end + 1] == UInt8(ascii: "/"),
                zip(bytes[(end + 2)...], wanted).allSatisfy({ $0 | 0x20 == $1 }),
                !Self.isNamePart(bytes[end + 2 + wanted.count])
            {
                return end
            }
            end += 1
        }
        withoutEnd.insert(name)
        return position
    }

    private mutating func skipSpace() {
        while position < bytes.count, Self.isSpace(bytes[position]) { position += 1 }
    }

    private func isNext(_ text: StaticString) -> Bool {
        guard position + text.utf8CodeUnitCount <= bytes.count else { return false }
        for index in 0..<text.utf8CodeUnitCount {
            let byte = bytes[position + index]
            let lower = Self.isLetter(byte) ? byte | 0x20 : byte
            guard lower == text.utf8Start[index] else { return false }
        }
        return true
    }

    /// Whether HTML takes a byte for white space.
    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0C || byte == 0x0D
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        let lower = byte | 0x20
        return lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }

    /// The bytes of names: those of custom elements may be any character.
    private static func isNamePart(_ byte: UInt8) -> Bool {
        isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ":")
            || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".") || byte >= 0x80
    }

    /// The bytes of attributes' names, those of frameworks (`@click`, `#ref`, `[value]`, `(event)`, `*ngIf`) included.
    private static func isAttributePart(_ byte: UInt8) -> Bool {
        if isNamePart(byte) { return true }
        switch byte {
        case UInt8(ascii: "@"), UInt8(ascii: "#"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "("),
            UInt8(ascii: ")"), UInt8(ascii: "*"):
            return true
        default: return false
        }
    }

    private static func isUnquotedPart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "`"):
            false
        default: !isSpace(byte)
        }
    }
}
