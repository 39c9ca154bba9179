import JSON

/// Reads a JSONPath (RFC 9535).
struct SelectionParser {
    /// The characters of the path.
    let scalars: [Unicode.Scalar]
    /// The next character to read.
    var position = 0
    /// How deep filters and parentheses stand in each other.
    var depth = 0

    /// The longest path that is read, in characters.
    private static let longest = 10_000
    /// How deep filters and parentheses may stand in each other.
    static let deepest = 50

    /// Prepares to read a text that begins with `$`.
    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    /// The whole text as a path.
    mutating func path() throws(SelectionError) -> JSONPath {
        guard scalars.count <= Self.longest else {
            throw SelectionError("the path is longer than \(Self.longest) characters")
        }
        position = 1
        let segments = try segments()
        if let next {
            throw SelectionError("'.' or '[' is expected at character \(position + 1), not '\(next)'")
        }
        return JSONPath(isFromRoot: true, segments: segments)
    }

    /// The steps behind a `$` or `@`.
    mutating func segments() throws(SelectionError) -> [JSONPath.Segment] {
        var segments: [JSONPath.Segment] = []
        while true {
            let start = position
            skipSpace()
            switch next {
            case ".":
                position += 1
                if next == "." {
                    position += 1
                    let selectors = next == "[" ? try bracket() : [try member()]
                    segments.append(JSONPath.Segment(isDescendant: true, selectors: selectors))
                } else {
                    segments.append(JSONPath.Segment(isDescendant: false, selectors: [try member()]))
                }
            case "[": segments.append(JSONPath.Segment(isDescendant: false, selectors: try bracket()))
            default:
                // White space may stand between two steps, and not behind the last.
                position = start
                return segments
            }
        }
    }

    /// The character that is read next.
    var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    /// Reads a character.
    mutating func take() -> Unicode.Scalar? {
        guard let scalar = next else { return nil }
        position += 1
        return scalar
    }

    /// Moves over white space.
    mutating func skipSpace() {
        while let scalar = next, scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r" {
            position += 1
        }
    }

    /// Moves over these characters when they come next.
    mutating func skip(_ wanted: String) -> Bool {
        let wanted = Array(wanted.unicodeScalars)
        guard position + wanted.count <= scalars.count,
            scalars[position..<position + wanted.count].elementsEqual(wanted)
        else { return false }
        position += wanted.count
        return true
    }

    private mutating func member() throws(SelectionError) -> JSONPath.Selector {
        if next == "*" {
            position += 1
            return .all
        }
        let start = position
        while let scalar = next, Self.isNamePart(scalar) { position += 1 }
        guard position > start else {
            throw SelectionError("a name is expected at character \(position + 1)")
        }
        return .name(text(from: start, to: position))
    }

    private mutating func bracket() throws(SelectionError) -> [JSONPath.Selector] {
        position += 1
        var selectors: [JSONPath.Selector] = []
        while true {
            skipSpace()
            selectors.append(try selector())
            skipSpace()
            switch take() {
            case "]": return selectors
            case ",": continue
            default: throw SelectionError("']' is missing at character \(min(position, scalars.count + 1))")
            }
        }
    }

    private mutating func selector() throws(SelectionError) -> JSONPath.Selector {
        switch next {
        case "*":
            position += 1
            return .all
        case "'", "\"": return .name(try quoted())
        case "?":
            position += 1
            guard depth < Self.deepest else {
                throw SelectionError("filters stand in each other more than \(Self.deepest) deep")
            }
            depth += 1
            defer { depth -= 1 }
            return .filter(try condition())
        default: return try indexOrSlice()
        }
    }

    private mutating func indexOrSlice() throws(SelectionError) -> JSONPath.Selector {
        let start = position
        let first = try integer()
        let behindFirst = position
        skipSpace()
        guard next == ":" else {
            position = behindFirst
            guard let first else {
                throw SelectionError(
                    "a number, '*', '?' or a quoted name is expected at character \(start + 1)")
            }
            return .index(first)
        }
        position += 1
        skipSpace()
        let end = try integer()
        skipSpace()
        var step: Int?
        if next == ":" {
            position += 1
            skipSpace()
            step = try integer()
        }
        return .slice(start: first, end: end, step: step ?? 1)
    }

    /// A whole number within ±(2^53 − 1); nil when there is none.
    private mutating func integer() throws(SelectionError) -> Int? {
        let start = position
        if next == "-" { position += 1 }
        while let scalar = next, ("0"..."9").contains(scalar) { position += 1 }
        guard position > start else { return nil }
        let written = text(from: start, to: position)
        let digits = written.utf8.drop { $0 == UInt8(ascii: "-") }
        guard digits.count <= 16, let index = Int(written), index.magnitude < 1 << 53 else {
            throw SelectionError("'\(written)' at character \(start + 1) is no index of a list")
        }
        guard written != "-0", digits.count == 1 || digits.first != UInt8(ascii: "0") else {
            throw SelectionError("the number at character \(start + 1) begins with 0")
        }
        return index
    }

    /// A text in quotes of either kind, with JSON's escapes.
    mutating func quoted() throws(SelectionError) -> String {
        let start = position
        let quote = take()
        var name = String.UnicodeScalarView()
        while let scalar = take() {
            if scalar == quote { return String(name) }
            guard scalar.value >= 0x20 else {
                throw SelectionError("a control character at character \(position) must be escaped")
            }
            name.append(scalar == "\\" ? try escaped(quote) : scalar)
        }
        throw SelectionError("the quoted text at character \(start + 1) has no end")
    }

    private mutating func escaped(_ quote: Unicode.Scalar?) throws(SelectionError) -> Unicode.Scalar {
        let start = position
        switch take() {
        case "b": return "\u{8}"
        case "f": return "\u{C}"
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "/": return "/"
        case "\\": return "\\"
        case "u":
            if let first = hexQuad() {
                if let scalar = Unicode.Scalar(first) { return scalar }
                if first < 0xDC00, skip("\\u"), let second = hexQuad(), (0xDC00...0xDFFF).contains(second),
                    let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
                {
                    return scalar
                }
            }
            throw SelectionError("'\\u' at character \(start) needs four hexadecimal digits of a character")
        case let scalar? where scalar == quote: return scalar
        default: throw SelectionError("'\\' at character \(start) stands before no escape that JSON knows")
        }
    }

    private mutating func hexQuad() -> UInt32? {
        guard position + 4 <= scalars.count else { return nil }
        var value: UInt32 = 0
        for scalar in scalars[position..<position + 4] {
            guard scalar.isASCII, let digit = Character(scalar).hexDigitValue else { return nil }
            value = value << 4 | UInt32(digit)
        }
        position += 4
        return value
    }

    /// The characters from one place up to another.
    func text(from start: Int, to end: Int) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[start..<end])
        return String(view)
    }

    /// Everything but punctuation that JSONPath uses or may use; other names go into brackets.
    ///
    /// Digits in front and '-' are more than the RFC allows, and can mean nothing else.
    private static func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_", "-": true
        default: scalar.value >= 0x80 && !scalar.properties.isWhitespace
        }
    }
}
