/// One pass over the bytes of a JSON text, which are known to be UTF-8.
struct JSONScanner {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let parser: JSONParser
    /// The next byte to read.
    var position = 0

    /// Starts at the first byte.
    init(_ bytes: UnsafeBufferPointer<UInt8>, parser: JSONParser) {
        self.bytes = bytes
        self.parser = parser
    }

    /// An error at the present position, or at another one.
    func error(
        _ message: String, kind: JSONParseError.Kind = .syntax, at offset: Int? = nil
    ) -> JSONParseError {
        JSONParseError(message, kind: kind, at: offset ?? position, in: bytes)
    }

    /// Moves over space, tab, line feed and carriage return.
    mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }

    /// Reads the next value.
    mutating func value(depth: Int) throws(JSONParseError) -> JSONValue {
        skipSpace()
        guard position < bytes.count else { throw error("the text ends where a value is expected") }
        switch bytes[position] {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
        default: throw error("unexpected character where a value is expected")
        }
    }

    private mutating func literal(_ word: StaticString, _ value: JSONValue) throws(JSONParseError)
        -> JSONValue
    {
        let length = word.utf8CodeUnitCount
        for index in 0..<length {
            guard position + index < bytes.count, bytes[position + index] == word.utf8Start[index] else {
                throw error("unexpected word; JSON knows true, false and null")
            }
        }
        position += length
        return value
    }

    private mutating func object(depth: Int) throws(JSONParseError) -> JSONValue {
        try enter(depth)
        var members = JSONObject()
        if next(is: UInt8(ascii: "}")) { return .object(members) }
        while true {
            skipSpace()
            let keyStart = position
            guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
                throw error("expected a key in double quotes")
            }
            let key = try string()
            guard next(is: UInt8(ascii: ":")) else { throw error("expected ':' after the key") }
            let member = try value(depth: depth + 1)
            if !members.insert(key, member) {
                if parser.rejectsDuplicateKeys {
                    throw error("the key \"\(key)\" stands twice", kind: .unsupported, at: keyStart)
                }
                members[key] = member
            }
            if next(is: UInt8(ascii: "}")) { return .object(members) }
            guard next(is: UInt8(ascii: ",")) else { throw error("expected ',' or '}'") }
        }
    }

    private mutating func array(depth: Int) throws(JSONParseError) -> JSONValue {
        try enter(depth)
        var elements: [JSONValue] = []
        if next(is: UInt8(ascii: "]")) { return .array(elements) }
        while true {
            elements.append(try value(depth: depth + 1))
            if next(is: UInt8(ascii: "]")) { return .array(elements) }
            guard next(is: UInt8(ascii: ",")) else { throw error("expected ',' or ']'") }
        }
    }

    private mutating func enter(_ depth: Int) throws(JSONParseError) {
        guard depth < parser.maximumDepth else {
            throw error("nested deeper than \(parser.maximumDepth) levels", kind: .unsupported)
        }
        position += 1
    }

    private mutating func next(is wanted: UInt8) -> Bool {
        skipSpace()
        guard position < bytes.count, bytes[position] == wanted else { return false }
        position += 1
        return true
    }

    private mutating func number() throws(JSONParseError) -> JSONNumber {
        let start = position
        if let plain = plainNumber() { return plain }
        position = start
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"),
                UInt8(ascii: "."),
                UInt8(ascii: "e"), UInt8(ascii: "E"):
                position += 1
                continue
            default: break
            }
            break
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        let digits = text.utf8.drop { $0 == UInt8(ascii: "-") }
        let hasLeadingZero = digits.count > 1 && digits.first == UInt8(ascii: "0")
        if hasLeadingZero || text.utf8.first == UInt8(ascii: "+") {
            guard let number = JSONNumber(text: text) else { throw error("not a JSON number", at: start) }
            return number
        }
        guard let number = JSONNumber(checked: text) else {
            // With another exponent it would be one.
            let mantissa = text.prefix { $0 != "e" && $0 != "E" }
            let power = text.dropFirst(mantissa.count + 1).drop { $0 == "-" || $0 == "+" }
            guard power.utf8.count > 9, power.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                JSONNumber(text: String(mantissa)) != nil,
                text.utf8.count - mantissa.utf8.count - power.utf8.count <= 2
            else { throw error("not a JSON number", at: start) }
            throw error("the exponent of the number is too large", kind: .unsupported, at: start)
        }
        return number
    }

    /// A number of at most 15 digits without exponent, as nearly all are; nil for others, wherever it stopped.
    ///
    /// So many digits fit exactly into a double, and so does the power of ten they are divided by: the quotient is the
    /// nearest double, and no other decimal of 15 digits has the same (W. D. Clinger, 1990).
    private mutating func plainNumber() -> JSONNumber? {
        let isNegative = bytes[position] == UInt8(ascii: "-")
        if isNegative { position += 1 }
        let first = position
        var value: Int64 = 0
        var fractionStart: Int?
        while position < bytes.count {
            let byte = bytes[position]
            if byte &- 0x30 < 10 {
                guard position - first < 16 else { return nil }
                value = value &* 10 &+ Int64(byte &- 0x30)
            } else if byte == UInt8(ascii: "."), fractionStart == nil, position > first {
                fractionStart = position + 1
            } else if byte | 0x20 == UInt8(ascii: "e") || byte == UInt8(ascii: "+")
                || byte == UInt8(ascii: "-")
                || byte == UInt8(ascii: ".")
            {
                return nil
            } else {
                break
            }
            position += 1
        }
        let end = position
        let wholeEnd = fractionStart.map { $0 - 1 } ?? end
        guard wholeEnd > first, bytes[first] != 0x30 || wholeEnd == first + 1,
            end - first - (fractionStart == nil ? 0 : 1) <= 15
        else { return nil }
        guard let fractionStart else {
            // Minus zero is a number of its own.
            return value == 0 && isNegative ? nil : JSONNumber(isNegative ? -value : value)
        }
        guard fractionStart < end, value != 0 else { return nil }
        let quotient = Double(value) / Self.powersOfTen[end - fractionStart]
        return JSONNumber(isNegative ? -quotient : quotient)
    }

    private static let powersOfTen: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
    ]

    private mutating func string() throws(JSONParseError) -> String {
        position += 1
        let start = position
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                let text = String(decoding: bytes[start..<position], as: UTF8.self)
                position += 1
                return text
            case UInt8(ascii: "\\"): return try escapedString(from: start)
            case 0..<0x20: throw error("a control character inside a string must be escaped")
            default: position += 1
            }
        }
        throw error("the string is not closed", at: start - 1)
    }

    private mutating func escapedString(from start: Int) throws(JSONParseError) -> String {
        var units = Array(bytes[start..<position])
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return String(decoding: units, as: UTF8.self)
            case UInt8(ascii: "\\"): try escape(into: &units)
            case 0..<0x20: throw error("a control character inside a string must be escaped")
            default:
                units.append(byte)
                position += 1
            }
        }
        throw error("the string is not closed", at: start - 1)
    }

    private mutating func escape(into units: inout [UInt8]) throws(JSONParseError) {
        position += 1
        guard position < bytes.count else { throw error("the string is not closed") }
        let letter = bytes[position]
        position += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): units.append(letter)
        case UInt8(ascii: "b"): units.append(0x08)
        case UInt8(ascii: "f"): units.append(0x0C)
        case UInt8(ascii: "n"): units.append(0x0A)
        case UInt8(ascii: "r"): units.append(0x0D)
        case UInt8(ascii: "t"): units.append(0x09)
        case UInt8(ascii: "u"): units.append(contentsOf: UTF8.encode(try unicodeEscape()) ?? .init())
        default: throw error("unknown escape in a string", at: position - 2)
        }
    }

    private mutating func unicodeEscape() throws(JSONParseError) -> Unicode.Scalar {
        let start = position - 2
        let first = try hexQuad()
        if let scalar = Unicode.Scalar(first) { return scalar }
        // A high surrogate must be followed by a low one.
        guard first < 0xDC00, position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
            bytes[position + 1] == UInt8(ascii: "u")
        else { throw error("a lone surrogate is no character", kind: .unsupported, at: start) }
        position += 2
        let second = try hexQuad()
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
        else { throw error("a lone surrogate is no character", kind: .unsupported, at: start) }
        return scalar
    }

    private mutating func hexQuad() throws(JSONParseError) -> UInt32 {
        guard position + 4 <= bytes.count else { throw error("\\u needs four hexadecimal digits") }
        var value: UInt32 = 0
        for byte in bytes[position..<position + 4] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw error("\\u needs four hexadecimal digits")
            }
            value = value << 4 | UInt32(digit)
        }
        position += 4
        return value
    }
}
