/// Counts sentences, or tells them apart, by their punctuation, in one pass over a text.
///
/// - A sentence has at least one letter or digit. It ends behind a run of `.`, `!`, `?` or `…` that is followed by
///   white space or the end, closing quotes and brackets in between left aside; and behind `。！？．｡।॥؟۔` whatever
///   follows.
/// - A single full stop does not end one before a small letter, behind a usual abbreviation, an initial, or the number
///   of a list item; so `3.14`, `example.com` and `e.g.` are within a sentence.
/// - Blank lines, headings and list items end one too; a single line feed is white space.
/// - Code between fences is left out.
package struct SentenceCounter {
    private var count = 0
    /// The sentences so far, and the text of the one that is being read; nil where only their number is wanted.
    private var texts: (sentences: [String], open: String.UnicodeScalarView)?
    /// Whether the sentence that is being read has a letter or digit.
    private var isOpen = false
    /// The word before the last full stop, in lower case, as far as it can be an abbreviation.
    private var word = ""
    /// Whether the word is the first thing of its line.
    private var wordBeginsLine = false
    /// What was read of a possible end: nil when none is pending.
    private var pending: End?

    private struct End {
        var isSingleStop: Bool
        /// True for full stops and ellipses only.
        var isStops: Bool
        var isWeak: Bool
        /// True when it is one only where no number follows.
        var isBeforeNumber: Bool
        var hasSpace = false
        var hasQuote = false
    }

    /// How many sentences a text has.
    static func count(in text: String) -> Int {
        var counter = SentenceCounter()
        counter.readAll(text)
        return counter.count
    }

    /// The sentences of a text, in order, without the marks of Markdown's headings and lists.
    package static func sentences(in text: String) -> [String] {
        var counter = SentenceCounter()
        counter.texts = ([], .init())
        counter.readAll(text)
        return counter.texts?.sentences ?? []
    }

    private mutating func readAll(_ text: String) {
        var fences = CodeFences()
        for line in TextLines(text) {
            if fences.isInside(line) {
                endBlock()
            } else {
                read(line)
            }
        }
        endBlock()
    }

    private mutating func read(_ line: Substring.UnicodeScalarView) {
        let content = MarkdownLine.content(of: line)
        if content.isBlank || content.beginsBlock { endBlock() }
        word = ""
        wordBeginsLine = true
        for scalar in content.text { read(scalar) }
        if content.isHeading { endBlock() }
        read("\n")
    }

    private mutating func read(_ scalar: Unicode.Scalar) {
        if WhiteSpace.isSpace(scalar) {
            keep(scalar)
            pending?.hasSpace = true
            if pending == nil { endWord() }
            return
        }
        switch scalar {
        case "。", "！", "？", "．", "｡", "।", "॥", "؟", "۔":
            settle(before: nil)
            keep(scalar)
            close()
            return
        case ".", "!", "?", "…":
            guard var end = pending, !end.hasSpace else {
                settle(before: scalar)
                keep(scalar)
                let isStop = scalar == "."
                pending = End(
                    isSingleStop: isStop, isStops: isStop || scalar == "…", isWeak: isStop && isAbbreviation,
                    isBeforeNumber: isStop && Self.beforeNumbers.contains(word.lowercased()))
                return
            }
            keep(scalar)
            // `...` and `?!` are ends as a whole; `e.g.` has letters in between and does not come here.
            end.isSingleStop = false
            end.isWeak = false
            end.isBeforeNumber = false
            end.isStops = end.isStops && (scalar == "." || scalar == "…")
            pending = end
            return
        case "\"", "'", ")", "]", "”", "’", "»", "“", "*", "_", "`":
            // Closing marks may stand between the end and the white space.
            if pending != nil {
                keep(scalar)
                pending?.hasQuote = true
                return
            }
        default: break
        }
        settle(before: scalar)
        keep(scalar)
        guard Words.isPart(scalar) else {
            endWord()
            return
        }
        isOpen = true
        if word.utf8.count < 16 { word.unicodeScalars.append(scalar) }
    }

    private mutating func keep(_ scalar: Unicode.Scalar) { texts?.open.append(scalar) }

    private mutating func endWord() {
        if !word.isEmpty { wordBeginsLine = false }
        word = ""
    }

    /// Decides whether what is pending was an end, now that the next scalar is known; nil for the end of a block.
    private mutating func settle(before next: Unicode.Scalar?) {
        guard let end = pending else { return }
        pending = nil
        if let next {
            // Without white space it was inside: `3.14`, `a.b`. The word goes on, as in `z.B.`.
            guard end.hasSpace else {
                if end.isSingleStop { word.unicodeScalars.append(".") } else { endWord() }
                return
            }
            let isSmall = next.properties.isLowercase && (end.isStops || end.hasQuote)
            let isNumber = end.isBeforeNumber && ("0"..."9").contains(next)
            if end.isWeak || isSmall || isNumber {
                endWord()
                return
            }
        }
        endWord()
        close()
    }

    private mutating func close() {
        if isOpen {
            count += 1
            if let open = texts?.open {
                texts?.open = .init()
                texts?.sentences.append(WhiteSpace.collapsed(String(open)))
            }
        }
        isOpen = false
        word = ""
        wordBeginsLine = false
    }

    private mutating func endBlock() {
        pending = nil
        close()
        texts?.open = .init()
        wordBeginsLine = true
    }

    /// Whether the word before a full stop is one that usually has it in the middle of a sentence.
    private var isAbbreviation: Bool {
        let scalars = word.unicodeScalars
        guard let first = scalars.first else { return false }
        if wordBeginsLine, scalars.allSatisfy({ ("0"..."9").contains($0) }), scalars.count <= 3 {
            return true
        }
        // An initial: `J. Smith`, and the last letter of `z.B.`, which is read as a whole.
        if scalars.count == 1, first.properties.isAlphabetic, first != "I" { return true }
        return Self.abbreviations.contains(word.lowercased())
    }

    /// What usually stands before a capital within a sentence.
    private static let abbreviations: Set<String> = [
        "mr", "mrs", "ms", "dr", "prof", "st", "vs", "e.g", "i.e", "eg", "ie", "cf", "approx", "dept", "capt",
        "col",
        "gen", "lt", "sgt", "rev", "hon", "ca", "z.b", "d.h", "u.a", "bzw", "ggf", "evtl", "inkl", "zzgl",
        "bspw",
        "hr", "fr", "mme", "mlle", "sr", "sra", "srta", "ud", "uds", "p.ej", "u.s", "u.k",
    ]
    /// What usually stands before a number within a sentence.
    private static let beforeNumbers: Set<String> = [
        "no", "nr", "p", "pp", "vol", "fig", "abb", "art", "sec", "ch", "tel", "ext",
    ]
}
