/// A place of a text where something may begin, and what stands around it.
struct TextPlace {
    /// The whole text in UTF-8.
    let bytes: UnsafeBufferPointer<UInt8>
    /// The place.
    let start: Int
    /// What stands before here belongs to something else.
    let floor: Int

    /// A run of digits.
    struct Group {
        /// Its place in the text.
        var range: Range<Int>
        /// The byte before it, 0 for the first one; a parenthesis stands for itself and a space beside it.
        var separator: UInt8
    }

    /// A byte, counted from the place; 0 outside the text.
    func byte(_ offset: Int) -> UInt8 { at(start + offset) }

    /// A byte, counted from the begin of the text; 0 outside.
    func at(_ index: Int) -> UInt8 { index >= 0 && index < bytes.count ? bytes[index] : 0 }

    /// Whether a letter, digit or `_` stands before the place.
    var isInWord: Bool { KeyScan.isAlphanumeric(byte(-1)) || byte(-1) == UInt8(ascii: "_") }

    /// Whether the place goes on from a number or a name: `1.5`, `ORD-5`, `10:30`.
    var goesOn: Bool {
        switch byte(-1) {
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: "/"):
            KeyScan.isAlphanumeric(byte(-2))
        case UInt8(ascii: ":"): TextPlace.isDigit(byte(-2))
        default: isInWord
        }
    }

    /// Whether a number that ends at a place goes on behind it: in letters, or in digits behind a point or dash.
    func goesOn(behind end: Int) -> Bool {
        let next = at(end)
        switch next {
        case UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "_"):
            return KeyScan.isAlphanumeric(at(end + 1))
        case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ":"): return TextPlace.isDigit(at(end + 1))
        case UInt8(ascii: "@"), UInt8(ascii: "%"): return true
        default: return KeyScan.isAlphanumeric(next)
        }
    }

    /// How many digits stand at an index, counted up to 24.
    func digits(at index: Int) -> Int {
        var count = 0
        while count < 24, TextPlace.isDigit(at(index + count)) { count += 1 }
        return count
    }

    /// Whether so many digits stand at an index, with at most two other bytes between two of them.
    func hasDigits(_ wanted: Int, at index: Int) -> Bool {
        var count = 0
        var gap = 0
        var position = index
        while count < wanted, gap <= 2 {
            if TextPlace.isDigit(at(position)) {
                count += 1
                gap = 0
            } else {
                gap += 1
            }
            position += 1
        }
        return count >= wanted
    }

    /// Digits in groups from an index on, at most `mostDigits` and `mostGroups` of them.
    ///
    /// Between two groups stands one of the separators, or a parenthesis with a space beside it.
    func groups(from index: Int, separators: StaticString, mostDigits: Int, mostGroups: Int = 8) -> [Group] {
        var groups: [Group] = []
        var position = index
        var separator: UInt8 = 0
        var digits = 0
        var hasParenthesis = false
        while groups.count < mostGroups {
            let begin = position
            while position - begin <= mostDigits, TextPlace.isDigit(at(position)) { position += 1 }
            guard position > begin else { break }
            digits += position - begin
            guard digits <= mostDigits else { break }
            groups.append(Group(range: begin..<position, separator: separator))
            separator = at(position)
            guard separator != 0, TextPlace.contains(separators, separator) else { break }
            position += 1
            if separator == UInt8(ascii: " "), at(position) == UInt8(ascii: "("),
                TextPlace.contains(separators, 0x28)
            {
                separator = at(position)
                position += 1
            }
            if separator == UInt8(ascii: "(") {
                guard !hasParenthesis else { break }
                hasParenthesis = true
            } else if separator == UInt8(ascii: ")"),
                at(position) == UInt8(ascii: " ") || at(position) == UInt8(ascii: "-")
            {
                position += 1
            }
        }
        return groups
    }

    /// What the nearest of the last few words before the place says: true for one of `yes`, false for one of `no`, nil for
    /// neither.
    func label(yes: LabelWords, no: LabelWords) -> Bool? {
        var index = start - 1
        var words = 0
        let lowest = max(floor, start - 40)
        while index >= lowest, words < 4 {
            var end = index
            while end >= lowest, !TextPlace.isLetter(at(end)) {
                // What stands in another line or clause says nothing about the number.
                if at(end) == UInt8(ascii: "\n") || at(end) == UInt8(ascii: ";") { return nil }
                end -= 1
            }
            guard end >= lowest else { return nil }
            var begin = end
            while begin > lowest, TextPlace.isLetter(at(begin - 1)) { begin -= 1 }
            let word = bytes[begin...end]
            if no.contains(word) { return false }
            if yes.contains(word) { return true }
            words += 1
            index = begin - 1
        }
        return nil
    }

    /// ASCII digits.
    static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    /// ASCII letters.
    static func isLetter(_ byte: UInt8) -> Bool {
        byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
    }

    /// Whether a byte is in a list.
    static func contains(_ list: StaticString, _ byte: UInt8) -> Bool {
        for index in 0..<list.utf8CodeUnitCount where list.utf8Start[index] == byte { return true }
        return false
    }
}
