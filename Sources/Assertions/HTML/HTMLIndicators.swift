/// The signs of HTML in a text.
///
/// Each sign counts once: a start tag, an end tag, a tag with `/>`, an attribute, a character reference, a comment; a
/// doctype, and the start tag of an element that few other texts have, count twice. Tags count only of elements that
/// HTML knows or that could be custom elements.
struct HTMLIndicators {
    /// How many signs make a text one that contains HTML.
    static let needed = 2

    private var hasStart = false
    private var hasEnd = false
    private var hasTelling = false
    private var hasSelfClosing = false
    private var hasAttribute = false
    private var hasReference = false
    private var hasComment = false
    private var hasDoctype = false
    /// The first tag or other sign that was found, for the reason.
    private(set) var first: String?
    /// Elements that have an end tag.
    private var ended: Set<String> = []
    /// Start tags that count only with an end tag, since `List<data>` is no HTML.
    private var doubtful: Set<String> = []

    /// Looks at a text, up to where it is certain.
    init(_ text: String) {
        var text = text
        self = text.withUTF8 { bytes in
            var copy = HTMLIndicators()
            copy.look(at: bytes)
            return copy
        }
    }

    private init() {}

    /// What the signs found add up to.
    var count: Int {
        [hasStart, hasEnd, hasSelfClosing, hasAttribute, hasReference, hasComment].count { $0 }
            + (hasTelling ? 2 : 0) + (hasDoctype ? 2 : 0)
    }

    private mutating func look(at bytes: UnsafeBufferPointer<UInt8>) {
        var scanner = HTMLScanner(bytes)
        var start = 0
        while count < Self.needed, let token = scanner.next() {
            switch token {
            case .start(let tag) where HTMLVocabulary.isKnown(tag.name):
                let isBehindWord = start > 0 && Self.isWordPart(bytes[start - 1])
                let isBreak = tag.name == "br" || tag.name == "hr" || tag.name == "wbr"
                let isCertain = tag.hasAttribute || tag.isSelfClosing || !isBehindWord || isBreak
                if isCertain { note(tag) } else { doubtful.insert(tag.name) }
                settle(tag.name)
            case .end(let name) where HTMLVocabulary.isKnown(name):
                hasEnd = true
                first = first ?? "</\(name)>"
                ended.insert(name)
                settle(name)
            case .comment:
                hasComment = true
                first = first ?? "a comment"
            case .doctype:
                hasDoctype = true
                first = first ?? "<!DOCTYPE html>"
            case .text(let range):
                if !hasReference, Self.hasReference(in: bytes[range]) {
                    hasReference = true
                    first = first ?? "a character reference"
                }
            default: break
            }
            start = scanner.offset
        }
    }

    private mutating func note(_ tag: HTMLScanner.StartTag) {
        hasStart = true
        first = first ?? "<\(tag.name)>"
        if HTMLVocabulary.telling.contains(tag.name) { hasTelling = true }
        if tag.isSelfClosing { hasSelfClosing = true }
        if tag.hasAttribute { hasAttribute = true }
    }

    private mutating func settle(_ name: String) {
        guard ended.contains(name), doubtful.contains(name) else { return }
        note(HTMLScanner.StartTag(name: name, hasAttribute: false, isSelfClosing: false))
    }

    private static func isWordPart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// Whether `&name;`, `&#12;` or `&#x1F;` stands in the bytes.
    private static func hasReference(in bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        var rest = bytes
        while let start = rest.firstIndex(of: UInt8(ascii: "&")) {
            rest = rest[(start + 1)...]
            var body = rest.prefix(32)
            let isNumber = body.first == UInt8(ascii: "#")
            if isNumber { body = body.dropFirst() }
            let isHexadecimal = isNumber && body.first.map { $0 | 0x20 } == UInt8(ascii: "x")
            if isHexadecimal { body = body.dropFirst() }
            let name = body.prefix { byte in
                let isDigit = byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
                let lower = byte | 0x20
                if isDigit { return true }
                if isNumber, !isHexadecimal { return false }
                return lower >= UInt8(ascii: "a")
                    && lower <= (isHexadecimal ? UInt8(ascii: "f") : UInt8(ascii: "z"))
            }
            if let first = name.first, isNumber || first > UInt8(ascii: "9"), name.endIndex < body.endIndex,
                body[name.endIndex] == UInt8(ascii: ";")
            {
                return true
            }
        }
        return false
    }
}
