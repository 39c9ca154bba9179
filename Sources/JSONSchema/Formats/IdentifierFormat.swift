import Patterns

/// `uuid` (RFC 4122), `regex` (ECMA-262), `json-pointer` (RFC 6901) and its relative form.
enum IdentifierFormat {
    /// Whether the bytes are 32 hexadecimal digits in five groups.
    static func isUUID(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard bytes.count == 36 else { return false }
        return bytes.enumerated().allSatisfy { offset, byte in
            [8, 13, 18, 23].contains(offset) ? byte == UInt8(ascii: "-") : byte.isHexDigit
        }
    }

    /// Whether the text compiles as a regular expression.
    static func isRegex(_ text: String) -> Bool { (try? Pattern(text, dialect: .ecma262)) != nil }

    /// Whether the bytes are empty or begin with `/`, and `~` stands only in `~0` and `~1`.
    static func isJSONPointer(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard bytes.isEmpty || bytes.first == UInt8(ascii: "/") else { return false }
        var rest = bytes
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "~") else { continue }
            guard rest.take("0") || rest.take("1") else { return false }
        }
        return true
    }

    /// Whether the bytes are a number without leading zeros and then `#` or a pointer.
    static func isRelativeJSONPointer(_ bytes: ArraySlice<UInt8>) -> Bool {
        let digits = bytes.prefix(while: \.isDigit)
        guard !digits.isEmpty, digits.count == 1 || digits.first != UInt8(ascii: "0") else { return false }
        let rest = bytes.dropFirst(digits.count)
        return rest.elementsEqual("#".utf8) || isJSONPointer(rest)
    }
}
