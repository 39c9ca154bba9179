/// A piece of a text that is replaced as a whole.
struct RedactionSpan {
    /// Its place in UTF-8 bytes.
    var range: Range<Int>
    /// The kind shown in its place.
    var kind: String

    /// The finds as spans from left to right: what overlaps is one span, and placeholders are left out.
    static func merging(_ finds: [KeyShape.Find], around placeholders: [Range<Int>]) -> [RedactionSpan] {
        var merged: [RedactionSpan] = []
        let sorted = finds.sorted {
            ($0.range.lowerBound, $1.range.upperBound) < ($1.range.lowerBound, $0.range.upperBound)
        }
        for find in sorted {
            if let last = merged.last, find.range.lowerBound < last.range.upperBound {
                let upper = max(last.range.upperBound, find.range.upperBound)
                merged[merged.count - 1].range = last.range.lowerBound..<upper
            } else {
                merged.append(RedactionSpan(range: find.range, kind: find.kind))
            }
        }
        guard !placeholders.isEmpty else { return merged }
        // Spans and placeholders both stand from left to right: each is looked at once, and a placeholder across
        // the end of a span once more.
        var next = 0
        return merged.flatMap { span in
            var pieces: [RedactionSpan] = []
            var position = span.range.lowerBound
            while next < placeholders.count, placeholders[next].upperBound <= span.range.lowerBound {
                next += 1
            }
            for hole in placeholders[next...] {
                guard hole.lowerBound < span.range.upperBound else { break }
                next += hole.upperBound <= span.range.upperBound ? 1 : 0
                if position < hole.lowerBound {
                    pieces.append(RedactionSpan(range: position..<hole.lowerBound, kind: span.kind))
                }
                position = max(position, hole.upperBound)
            }
            if position < span.range.upperBound {
                pieces.append(RedactionSpan(range: position..<span.range.upperBound, kind: span.kind))
            }
            return pieces
        }
    }
}

/// A `[redacted:KIND:n]` that stands in a text.
struct Placeholder {
    /// Its place in UTF-8 bytes.
    var range: Range<Int>
    /// Its number.
    var number: Int

    /// All placeholders from left to right.
    static func all(in bytes: UnsafeBufferPointer<UInt8>) -> [Placeholder] {
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
        return Placeholder(range: start..<position + 1, number: number)
    }
}
