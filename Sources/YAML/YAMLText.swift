import Diagnostics

/// The lines of a source text, for looking at what stands around a position.
struct YAMLText {
    /// The text in UTF-8, without byte order mark.
    let bytes: [UInt8]
    /// Where each line begins.
    private var starts: [Int] = [0]

    /// Splits at LF, CR and CR LF.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        index()
    }

    private mutating func index() {
        starts = [0]
        bytes.withUnsafeBufferPointer { bytes in
            for position in bytes.indices {
                let byte = bytes[position]
                let next = position + 1
                if byte == 0x0A || byte == 0x0D && !(next < bytes.count && bytes[next] == 0x0A) {
                    starts.append(next)
                }
            }
        }
    }

    /// How many lines there are; a line feed at the very end begins no line.
    var lineCount: Int {
        starts.count > 1 && starts.last == bytes.count ? starts.count - 1 : starts.count
    }

    /// A line by its number from 1, without its break; empty when there is no such line.
    func line(_ number: Int) -> [Unicode.Scalar] {
        guard let range = range(ofLine: number) else { return [] }
        return Array(String(decoding: bytes[range], as: UTF8.self).unicodeScalars)
    }

    /// The length of a line in bytes; 0 when there is no such line.
    func length(ofLine number: Int) -> Int {
        range(ofLine: number)?.count ?? 0
    }

    /// True when a line has a `#` anywhere.
    func hasNumberSign(inLine number: Int) -> Bool {
        guard let range = range(ofLine: number) else { return false }
        return bytes[range].contains(0x23)
    }

    /// Whether a text stands where a fix would replace it.
    func stands(_ original: String, at fix: SourceFix) -> Bool {
        let scalars = line(fix.line)
        guard fix.columns.lowerBound >= 1, fix.columns.upperBound <= scalars.count + 1 else { return false }
        return scalars[(fix.columns.lowerBound - 1)..<(fix.columns.upperBound - 1)]
            .elementsEqual(original.unicodeScalars)
    }

    /// The text with a fix made; columns that the line lacks change nothing.
    func applying(_ fix: SourceFix) -> YAMLText {
        guard let range = range(ofLine: fix.line) else { return self }
        var scalars = line(fix.line)
        guard fix.columns.lowerBound >= 1, fix.columns.upperBound <= scalars.count + 1 else { return self }
        scalars.replaceSubrange(
            (fix.columns.lowerBound - 1)..<(fix.columns.upperBound - 1), with: fix.replacement.unicodeScalars)
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars)
        var changed = bytes
        changed.replaceSubrange(range, with: Array(text.utf8))
        return YAMLText(changed)
    }

    /// A position inside the text: libyaml may point behind the last line.
    func clamped(_ place: YAMLPlace) -> YAMLPlace {
        guard place.line > lineCount else { return place }
        return YAMLPlace(line: lineCount, column: line(lineCount).count + 1)
    }

    private func range(ofLine number: Int) -> Range<Int>? {
        guard number >= 1, number <= starts.count else { return nil }
        let start = starts[number - 1]
        var end = number < starts.count ? starts[number] : bytes.count
        while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
        return start..<end
    }
}
