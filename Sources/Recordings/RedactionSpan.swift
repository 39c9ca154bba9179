import Secrets

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
