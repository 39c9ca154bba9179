import JSON

/// An answer that is numbers and nothing else: an embedding, or what a moderation endpoint says.
///
/// No text of anybody's stands in it, and digits that look like a telephone number or a card are none: replacing them
/// would change what is measured.
enum Measurement {
    /// Whether the content of an answer is what such a request asks for.
    ///
    /// - Parameter purpose: What was asked for, as in `CallSite`. Other answers are texts, whatever they look like.
    static func isOne(_ content: String, askedBy purpose: String) -> Bool {
        if purpose.hasPrefix("embedding/") { return isNumbers(content) }
        guard purpose.hasPrefix("moderation/"), let json = try? JSONParser().parse(content) else {
            return false
        }
        return json.object != nil && hasNoText(json)
    }

    /// True for a list without any text: what else its bytes could say is no matter here, only that they are no words.
    private static func isNumbers(_ content: String) -> Bool {
        var content = content
        return content.withUTF8 { bytes in
            guard bytes.first == UInt8(ascii: "["), bytes.last == UInt8(ascii: "]") else { return false }
            return bytes.dropFirst().dropLast().allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: ","), UInt8(ascii: "."),
                    UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "e"), UInt8(ascii: "E"), 0x20, 0x09,
                    0x0A,
                    0x0D:
                    true
                default: false
                }
            }
        }
    }

    /// Whether all values are numbers, truth values or nothing; the names of members are the provider's.
    private static func hasNoText(_ json: JSONValue) -> Bool {
        switch json {
        case .null, .bool, .number: true
        case .string: false
        case .array(let elements): elements.allSatisfy(hasNoText)
        case .object(let members): members.allSatisfy { hasNoText($0.value) }
        }
    }
}
