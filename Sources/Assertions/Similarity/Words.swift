/// Takes texts apart into words in lower case.
///
/// Letters are put in lower case one by one, without regard to language. Time is linear in the text.
struct Words: Sendable {
    /// What a word is.
    enum Rule: Sendable {
        /// What white space separates; punctuation belongs to the word before it.
        case spaced
        /// The same, without full stops at the end of a word.
        case spacedWithoutStops
        /// Letters and digits, with an apostrophe between two of them; punctuation is left out, and every Chinese
        /// character or kana is a word of its own.
        case letters
    }

    /// What a word is.
    let rule: Rule

    /// All words of a text.
    func list(of text: String) -> [String] {
        var words: [String] = []
        forEach(of: text) { words.append($0) }
        return words
    }

    /// Calls `body` for each word; stops when it returns false.
    func scan(_ text: String, while body: (String) -> Bool) {
        switch rule {
        case .spaced, .spacedWithoutStops: forEachSpaced(of: text, body)
        case .letters: forEachOfLetters(of: text, body)
        }
    }

    /// Calls `body` for each word.
    func forEach(of text: String, _ body: (String) -> Void) {
        scan(
            text,
            while: {
                body($0)
                return true
            })
    }

    private func forEachSpaced(of text: String, _ body: (String) -> Bool) {
        var word: [UInt8] = []
        func finish(_ word: inout [UInt8]) -> Bool {
            if rule == .spacedWithoutStops {
                while word.last == UInt8(ascii: ".") { word.removeLast() }
            }
            defer { word.removeAll(keepingCapacity: true) }
            return word.isEmpty || body(String(decoding: word, as: UTF8.self))
        }
        for scalar in text.unicodeScalars {
            if WhiteSpace.isSpace(scalar) {
                guard finish(&word) else { return }
            } else {
                Self.append(scalar, to: &word)
            }
        }
        _ = finish(&word)
    }

    private func forEachOfLetters(of text: String, _ body: (String) -> Bool) {
        var word: [UInt8] = []
        var hasApostrophe = false
        func finish(_ word: inout [UInt8]) -> Bool {
            defer { word.removeAll(keepingCapacity: true) }
            return word.isEmpty || body(String(decoding: word, as: UTF8.self))
        }
        for scalar in text.unicodeScalars {
            if Self.isPart(scalar) {
                if hasApostrophe { word.append(UInt8(ascii: "'")) }
                hasApostrophe = false
                let isAlone = Self.isWholeWord(scalar)
                if isAlone { guard finish(&word) else { return } }
                Self.append(scalar, to: &word)
                if isAlone { guard finish(&word) else { return } }
            } else if scalar == "'" || scalar == "’", !hasApostrophe, !word.isEmpty {
                hasApostrophe = true
            } else {
                hasApostrophe = false
                guard finish(&word) else { return }
            }
        }
        _ = finish(&word)
    }

    private static func append(_ scalar: Unicode.Scalar, to word: inout [UInt8]) {
        switch scalar.value {
        case 0x41...0x5A: word.append(UInt8(truncatingIfNeeded: scalar.value) | 0x20)
        case 0..<0x80: word.append(UInt8(truncatingIfNeeded: scalar.value))
        default: word.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
        }
    }

    /// Whether a scalar is a letter, a digit or a mark on one.
    static func isPart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: return true
        case 0..<0x80: return false
        default:
            switch scalar.properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
                .nonspacingMark, .spacingMark, .decimalNumber, .letterNumber:
                return true
            default: return false
            }
        }
    }

    /// Whether a scalar is of a script that is written without spaces, and a word by itself.
    static func isWholeWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x3041...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: true
        default: false
        }
    }
}
