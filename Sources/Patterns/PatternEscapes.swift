extension PatternTranslator {
    /// Reads `\` and what follows it, outside of a class.
    mutating func escape() throws(PatternSyntaxMistake) {
        guard let scalar = peek(1) else { throw mistake("the pattern ends with a single backslash") }
        if let character = try characterEscape() { return emitLiteral(character) }
        switch scalar {
        case "d", "D", "w", "W", "b", "B": copy(2)
        case "s", "S":
            position += 2
            emit(scalar == "s" ? "[\(Self.space)]" : "[^\(Self.space)]")
        case "p", "P": emit(try property())
        case "k":
            guard peek(2) == "<" || dialect == .standard else {
                throw mistake("'\\k' needs a name: \\k<name>")
            }
            copyBraced()
        case "0"..."9": try digits()
        case "G": throw mistake("'\\G' is not supported")
        case "C": throw mistake("'\\C' is not supported, as it can split a character; use '[^]'")
        case _ where scalar.isASCIILetter && dialect == .ecma262:
            throw mistake("'\\\(scalar)' is not an escape of ECMAScript")
        case "Q": quoted()
        case "E": position += 2
        case "A", "Z", "z", "h", "H", "R", "X", "K": copy(2)
        case "g", "o", "N": copyBraced()
        case _ where scalar.isASCIILetter: throw mistake("'\\\(scalar)' is not an escape")
        default:
            position += 2
            emitLiteral(scalar)
        }
    }

    /// Reads an escape that stands for one character, or returns nil and reads nothing.
    mutating func characterEscape() throws(PatternSyntaxMistake) -> Unicode.Scalar? {
        let start = position
        var result: Unicode.Scalar?
        switch peek(1) {
        case "t": result = "\t"
        case "n": result = "\n"
        case "r": result = "\r"
        // Perl's meaning, any vertical space, is not JavaScript's.
        case "v": result = "\u{B}"
        case "f": result = "\u{C}"
        case "a" where dialect == .standard: result = "\u{7}"
        case "e" where dialect == .standard: result = "\u{1B}"
        case "0" where peek(2)?.isASCIIDigit != true: result = "\0"
        case "c":
            guard let letter = peek(2), letter.isASCIILetter else {
                throw mistake("'\\c' needs a letter: \\cJ")
            }
            position += 1
            result = Unicode.Scalar(letter.value & 31)
        case "x": return try hexadecimal()
        case "u": return try unicode(from: start)
        default: return nil
        }
        position += 2
        return result
    }

    /// Reads `\xHH` or, beyond JavaScript, `\x{H…}`.
    private mutating func hexadecimal() throws(PatternSyntaxMistake) -> Unicode.Scalar {
        let start = position
        position += 2
        if dialect == .standard, peek() == "{" { return try bracedScalar(from: start) }
        guard let value = fixedHex(2), let scalar = Unicode.Scalar(value) else {
            throw mistake("'\\x' needs two hexadecimal digits: \\x41", at: start)
        }
        return scalar
    }

    /// Reads `\uHHHH`, a pair of them for a character beyond U+FFFF, or `\u{H…}`.
    private mutating func unicode(from start: Int) throws(PatternSyntaxMistake) -> Unicode.Scalar {
        position += 2
        if peek() == "{" { return try bracedScalar(from: start) }
        guard let unit = fixedHex(4) else {
            throw mistake("'\\u' needs four hexadecimal digits: \\u00e9, or braces: \\u{1f600}", at: start)
        }
        if let scalar = Unicode.Scalar(unit) { return scalar }
        if unit < 0xDC00, peek() == "\\", peek(1) == "u" {
            position += 2
            if let low = fixedHex(4), (0xDC00..<0xE000).contains(low),
                let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
            {
                return scalar
            }
        }
        throw mistake("half of a surrogate pair is no character; write the character as \\u{…}", at: start)
    }

    /// Reads exactly `count` hexadecimal digits, or returns nil.
    private mutating func fixedHex(_ count: Int) -> UInt32? {
        var value: UInt32 = 0
        for index in 0..<count {
            guard let digit = peek(index)?.hexDigit else { return nil }
            value = value << 4 | digit
        }
        position += count
        return value
    }

    /// Reads `{H…}`.
    private mutating func bracedScalar(from start: Int) throws(PatternSyntaxMistake) -> Unicode.Scalar {
        position += 1
        var value: UInt32 = 0
        var digits = 0
        while let digit = peek()?.hexDigit, value <= 0x10_FFFF {
            value = value << 4 | digit
            digits += 1
            position += 1
        }
        guard digits > 0, peek() == "}", let scalar = Unicode.Scalar(value) else {
            throw mistake("the braces need the number of a Unicode character, as in \\u{1f600}", at: start)
        }
        position += 1
        return scalar
    }

    /// Reads `\p{…}` or `\P{…}` and returns the engine's spelling.
    mutating func property() throws(PatternSyntaxMistake) -> String {
        let start = position
        var inverted = peek(1) == "P"
        position += 2
        guard peek() == "{" else {
            guard dialect == .standard, let letter = peek(), letter.isASCIILetter else {
                throw mistake("'\\p' needs the name of a property: \\p{L}", at: start)
            }
            position += 1
            return (inverted ? "\\P{" : "\\p{") + String(letter) + "}"
        }
        position += 1
        if dialect == .standard, peek() == "^" {
            position += 1
            inverted.toggle()
        }
        var name = ""
        while let scalar = peek(), scalar != "}" {
            guard scalar.isASCIILetter || scalar.isASCIIDigit || "_=&".unicodeScalars.contains(scalar) else {
                break
            }
            name.unicodeScalars.append(scalar)
            position += 1
        }
        guard peek() == "}", !name.isEmpty else {
            throw mistake("'\\p{' needs the name of a property and '}'", at: start)
        }
        position += 1
        let property = PatternProperty.engineSpelling(name)
        return (inverted != property.inverted ? "\\P{" : "\\p{") + property.name + "}"
    }

    /// Reads a back reference, or an octal number as Perl has them.
    private mutating func digits() throws(PatternSyntaxMistake) {
        if peek(1) == "0", dialect == .ecma262 {
            throw mistake("an octal number is not an escape of ECMAScript")
        }
        copy(2)
        while peek()?.isASCIIDigit == true { copy(1) }
    }

    /// Copies an escape and, if it has one, its argument in braces.
    private mutating func copyBraced() {
        copy(2)
        guard peek() == "{" else { return }
        while let next = peek(), next != "}" { copy(1) }
        copy(1)
    }

    /// Reads `\Q…\E`: all between stands for itself.
    private mutating func quoted() {
        position += 2
        while let next = peek(), !(next == "\\" && peek(1) == "E") {
            emitLiteral(next)
            position += 1
        }
        position += 2
        position = min(position, scalars.count)
    }
}
