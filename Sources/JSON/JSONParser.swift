/// Reads JSON text as RFC 8259 has it: nothing more is accepted.
public struct JSONParser: Sendable {
    /// How deep lists and objects may nest.
    public var maximumDepth: Int
    /// Whether a key that stands twice in one object is an error; else the last one wins.
    public var rejectsDuplicateKeys: Bool

    /// Creates a parser.
    public init(maximumDepth: Int = 1000, rejectsDuplicateKeys: Bool = false) {
        self.maximumDepth = maximumDepth
        self.rejectsDuplicateKeys = rejectsDuplicateKeys
    }

    /// Reads one value; white space around it is allowed, anything else is an error.
    public func parse(_ text: String) throws(JSONParseError) -> JSONValue {
        var text = text
        // Typed throws do not pass through closures of the standard library, hence the Result.
        return try text.withUTF8 { bytes in scan(bytes) }.get()
    }

    /// Reads one value from bytes, which must be UTF-8.
    public func parse(bytes: [UInt8]) throws(JSONParseError) -> JSONValue {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw bytes.withUnsafeBufferPointer { JSONParseError("the text is not UTF-8", at: 0, in: $0) }
        }
        return try parse(text)
    }

    /// Reads the value that begins at a byte offset, and tells where it ends; nil when there is none.
    public func parsePrefix(of text: String, from offset: Int) -> (value: JSONValue, end: Int)? {
        var text = text
        return text.withUTF8 { bytes in
            var scanner = JSONScanner(bytes, parser: self)
            scanner.position = offset
            guard let value = try? scanner.value(depth: 0) else { return nil }
            return (value, scanner.position)
        }
    }

    private func scan(_ bytes: UnsafeBufferPointer<UInt8>) -> Result<JSONValue, JSONParseError> {
        var scanner = JSONScanner(bytes, parser: self)
        do throws(JSONParseError) {
            let value = try scanner.value(depth: 0)
            scanner.skipSpace()
            guard scanner.position == bytes.count else {
                throw scanner.error("unexpected text after the JSON value")
            }
            return .success(value)
        } catch {
            return .failure(error)
        }
    }
}
