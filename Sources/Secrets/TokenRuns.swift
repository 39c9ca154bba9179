/// The runs of token bytes in a text, each read once however many keys seem to begin inside it.
///
/// A text such as `sk-sk-sk-…` would otherwise be read anew from each of its beginnings.
struct TokenRuns {
    /// A run of letters, digits, `-` and `_`; its parts behind any place can be judged without reading them.
    struct Run {
        /// Its place in UTF-8 bytes.
        var range: Range<Int>
        /// Where the last digit is; -1 when there is none, as with the other places.
        var lastDigit = -1
        /// Where the last capital is.
        var lastUpper = -1
        /// Where the last small letter is.
        var lastLower = -1
        /// Where the last 16 letters and digits without `-` or `_` between them begin.
        var lastLong = -1

        /// Whether the part from a place on looks like a key, not like a hyphenated name: digits, and either both
        /// letter cases or a long unbroken run.
        func looksRandom(from position: Int) -> Bool {
            lastDigit >= position
                && (lastUpper >= position && lastLower >= position || lastLong >= position)
        }
    }

    /// The whole text in UTF-8.
    let bytes: UnsafeBufferPointer<UInt8>
    /// A key has at most two runs that failed finds read again: those of a token's header and payload.
    private var newest: Run
    private var older: Run
    /// How many bytes were read, to show that it grows with the text only.
    private(set) var work = 0

    /// Prepares to read a text from its beginning.
    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        newest = Run(range: 0..<0)
        older = newest
    }

    /// The run that a place is in or at the end of; an empty one elsewhere.
    ///
    /// It may begin before the place.
    mutating func run(at position: Int) -> Run {
        for known in [newest, older] where known.range.lowerBound <= position {
            if position < known.range.upperBound { return known }
        }
        var run = Run(range: position..<position)
        var end = position
        var unbroken = 0
        while end < bytes.count, KeyScan.isToken(bytes[end]) {
            switch bytes[end] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): run.lastDigit = end
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): run.lastUpper = end
            case UInt8(ascii: "a")...UInt8(ascii: "z"): run.lastLower = end
            default: break
            }
            unbroken = KeyScan.isAlphanumeric(bytes[end]) ? unbroken + 1 : 0
            if unbroken >= 16 { run.lastLong = end - 15 }
            end += 1
        }
        work += end - position
        run.range = position..<end
        if !run.range.isEmpty { (newest, older) = (run, newest) }
        return run
    }
}
