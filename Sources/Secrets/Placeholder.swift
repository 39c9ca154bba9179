/// A `[redacted:KIND:n]` that stands in a text.
public struct Placeholder: Sendable, Hashable {
    /// Its place in UTF-8 bytes.
    public var range: Range<Int>
    /// The kind between its colons.
    public var kind: String
    /// Its number.
    public var number: Int

    /// All placeholders from left to right.
    public static func all(in bytes: UnsafeBufferPointer<UInt8>) -> [Placeholder] {
        let opening: StaticString = "[redacted:"
        let length = opening.utf8CodeUnitCount
        var found: [Placeholder] = []
        var start = 0
        while start + length < bytes.count {
            guard bytes[start] == UInt8(ascii: "["),
                (1..<length).allSatisfy({ bytes[start + $0] == opening.utf8Start[$0] }),
                let placeholder = body(of: bytes, start: start, from: start + length)
            else {
                start += 1
                continue
            }
            found.append(placeholder)
            start = placeholder.range.upperBound
        }
        return found
    }

    private static func body(of bytes: UnsafeBufferPointer<UInt8>, start: Int, from: Int) -> Placeholder? {
        var position = from
        while position < bytes.count, position - from < 40,
            KeyScan.isAlphanumeric(bytes[position]) || bytes[position] == UInt8(ascii: "-")
        {
            position += 1
        }
        guard position > from, position < bytes.count, bytes[position] == UInt8(ascii: ":") else {
            return nil
        }
        let kind = String(decoding: bytes[from..<position], as: UTF8.self)
        position += 1
        var number = 0
        let digits = position
        while position < bytes.count, position - digits < 9, (0x30...0x39).contains(bytes[position]) {
            number = number * 10 + Int(bytes[position] - 0x30)
            position += 1
        }
        guard position > digits, position < bytes.count, bytes[position] == UInt8(ascii: "]") else {
            return nil
        }
        return Placeholder(range: start..<position + 1, kind: kind, number: number)
    }
}
