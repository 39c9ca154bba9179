/// The objects and lists that stand in a text which is not JSON as a whole, strictly as RFC 8259 has them.
public enum JSONFragments {
    /// One object or list.
    public struct Fragment: Sendable {
        /// Its place in the text, in bytes of UTF-8.
        public var range: Range<Int>
        /// Its value, or why it can't be read although its grammar is right.
        public var value: Result<JSONValue, JSONParseError>
    }

    /// What a search left behind.
    public struct Search: Sendable {
        /// True when something nests deeper than is read, so that it may be JSON or not.
        public var isTooDeep = false
        /// True when the search was given up: brackets in unfinished texts made it go over the text too often.
        public var isGivenUp = false
        /// The longest piece that begins like JSON and stops being it: where, and why; nil when there is none.
        public var longestFailure: JSONParseError?
    }

    /// How deep a fragment may nest.
    public static let maximumDepth = 1000

    /// Finds fragments, none inside another, in the order of the text, until `body` gives false.
    ///
    /// What is inside a piece that is not finished is searched as well. Takes at most a number of steps that is
    /// linear in the length of the text.
    public static func search(_ text: String, _ body: (Fragment) -> Bool) -> Search {
        var text = text
        return text.withUTF8 { bytes in search(bytes, body) }
    }

    private static func search(_ bytes: UnsafeBufferPointer<UInt8>, _ body: (Fragment) -> Bool) -> Search {
        var result = Search()
        var budget = (1 << 20) + 8 * bytes.count
        var longest: Range<Int>?
        // Pieces that were open where an outer one failed, the next one last: each would fail at the same place.
        var hopeless: [Int] = []
        var position = 0
        while position < bytes.count {
            guard bytes[position] == UInt8(ascii: "{") || bytes[position] == UInt8(ascii: "[") else {
                position += 1
                continue
            }
            while let next = hopeless.last, next < position { hopeless.removeLast() }
            if hopeless.last == position {
                position += 1
                continue
            }
            var recognizer = JSONRecognizer(bytes, from: position, maximumDepth: maximumDepth)
            let outcome = recognizer.run()
            budget -= recognizer.position - position
            switch outcome {
            case .complete:
                let end = recognizer.position
                if !body(Fragment(range: position..<end, value: value(bytes[position..<end]))) {
                    return result
                }
                position = end
            case .failed, .tooDeep:
                if outcome == .tooDeep { result.isTooDeep = true }
                if recognizer.position - position > longest?.count ?? -1 {
                    longest = position..<recognizer.position
                }
                let isFirst = hopeless.isEmpty
                hopeless += recognizer.openStarts.dropFirst().reversed()
                if !isFirst {
                    hopeless.sort(by: >)
                    budget -= hopeless.count
                }
                position += 1
            }
            guard budget > 0 else {
                result.isGivenUp = true
                break
            }
        }
        if let longest {
            result.longestFailure = JSONParseError(
                longest.upperBound < bytes.count
                    ? "what looks like JSON stops being it" : "what looks like JSON has no end",
                at: longest.upperBound, in: bytes)
        }
        return result
    }

    private static func value(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Result<JSONValue, JSONParseError>
    {
        var scanner = JSONScanner(
            UnsafeBufferPointer(rebasing: bytes), parser: JSONParser(maximumDepth: maximumDepth))
        do throws(JSONParseError) { return .success(try scanner.value(depth: 0)) } catch {
            return .failure(error)
        }
    }
}
