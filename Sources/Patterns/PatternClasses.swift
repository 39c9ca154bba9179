extension PatternTranslator {
    /// One member of a character class.
    private enum Member {
        /// A single character, which may begin or end a range.
        case single(Unicode.Scalar)
        /// A set of characters in the engine's spelling.
        case set(String)

        /// The engine's spelling.
        var spelling: String {
            switch self {
            case .single(let scalar): PatternTranslator.literal(scalar)
            case .set(let text): text
            }
        }
    }

    /// Reads a class from `[` to `]`.
    mutating func characterClass() throws(PatternSyntaxMistake) {
        let start = position
        if matchesEverything() { return emit("[^]") }
        copy(1)
        if peek() == "^" { copy(1) }
        while let scalar = peek() {
            if scalar == "]" { return copy(1) }
            let first = try member()
            // A hyphen next to a set is a plain one in JavaScript, an error in the engine.
            guard peek() == "-", let after = peek(1), after != "]" else {
                emit(first.spelling)
                continue
            }
            let place = position
            position += 1
            let last = try member()
            if case .single(let low) = first, case .single(let high) = last {
                guard low <= high else { throw mistake("the range ends before it begins", at: place - 1) }
                emit(first.spelling + "-" + last.spelling)
            } else {
                emit(first.spelling + "\\-" + last.spelling)
            }
        }
        throw mistake("the class has no closing ']'", at: start)
    }

    /// Reads a class such as `[\s\S]`, the idiom for any character, as the engine knows a faster one.
    private mutating func matchesEverything() -> Bool {
        guard peek(1) == "\\", peek(3) == "\\", peek(5) == "]", let first = peek(2), let second = peek(4)
        else { return false }
        switch (first, second) {
        case ("s", "S"), ("S", "s"), ("d", "D"), ("D", "d"), ("w", "W"), ("W", "w"): break
        default: return false
        }
        position += 6
        return true
    }

    /// Reads one member.
    private mutating func member() throws(PatternSyntaxMistake) -> Member {
        guard let scalar = peek() else { throw mistake("the class has no closing ']'") }
        if scalar == "[", let name = namedSet() { return .set(name) }
        guard scalar == "\\" else {
            position += 1
            return .single(scalar)
        }
        if let character = try characterEscape() { return .single(character) }
        guard let letter = peek(1) else { throw mistake("the pattern ends with a single backslash") }
        if letter == "p" || letter == "P" { return .set(try property()) }
        let start = position
        position += 2
        switch letter {
        case "b": return .single("\u{8}")
        case "s": return .set(Self.space)
        case "S": return .set(Self.nonSpace)
        case "d", "D", "w", "W": return .set("\\" + String(letter))
        case "h" where dialect == .standard, "H" where dialect == .standard:
            return .set("\\" + String(letter))
        case "0"..."7" where dialect == .standard: return .single(octal(first: letter))
        case _ where letter.isASCIILetter || letter.isASCIIDigit:
            throw mistake("'\\\(letter)' has no meaning in a class", at: start)
        default: return .single(letter)
        }
    }

    /// Reads up to two further octal digits.
    private mutating func octal(first: Unicode.Scalar) -> Unicode.Scalar {
        var value = first.value - 0x30
        for _ in 0..<2 {
            guard let next = peek(), ("0"..."7").contains(next), value < 0o40 else { break }
            value = value * 8 + next.value - 0x30
            position += 1
        }
        return Unicode.Scalar(value) ?? first
    }

    /// Reads a POSIX set such as `[:alpha:]`, or returns nil and reads nothing.
    private mutating func namedSet() -> String? {
        guard dialect == .standard, peek(1) == ":" else { return nil }
        var end = 2
        if peek(end) == "^" { end += 1 }
        while peek(end)?.isASCIILetter == true { end += 1 }
        guard end > 2, peek(end) == ":", peek(end + 1) == "]" else { return nil }
        let text = scalars[position..<(position + end + 2)].reduce(into: "") { $0.unicodeScalars.append($1) }
        position += end + 2
        return text
    }
}
