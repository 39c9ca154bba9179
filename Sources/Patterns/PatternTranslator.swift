/// Rewrites a pattern into the spelling of the engine so that it means what it means in JavaScript.
///
/// It works on tokens and never builds a tree, so that neither nesting nor length can exhaust the stack.
struct PatternTranslator {
    /// The pattern in the engine's spelling.
    private(set) var output: [UInt8] = []
    /// The pattern as written.
    let scalars: [Unicode.Scalar]
    /// The language it is written in.
    let dialect: PatternDialect
    /// The next scalar to read.
    var position = 0

    /// For each token: where it begins in the output and in the source.
    private var places: [(output: Int, source: Int)] = []
    /// Whether free spacing is on, for each group that is open.
    private var freeSpacing = [false]

    /// The members of `\s` as ECMA-262 (WhiteSpace and LineTerminator) lists them.
    static let space =
        #"\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}"#
    /// All that is not in `space`.
    static let nonSpace =
        #"\x{0}-\x{8}\x{e}-\x{1f}\x{21}-\x{9f}\x{a1}-\x{167f}\x{1681}-\x{1fff}\x{200b}-\x{2027}"#
        + #"\x{202a}-\x{202e}\x{2030}-\x{205e}\x{2060}-\x{2fff}\x{3001}-\x{fefe}\x{ff00}-\x{10ffff}"#

    /// Prepares the translation of `source`.
    init(_ source: String, dialect: PatternDialect) {
        scalars = Array(source.unicodeScalars)
        self.dialect = dialect
    }

    /// The place in the source of a byte offset in the output.
    func sourceOffset(of offset: Int) -> Int {
        var low = 0
        var high = places.count
        while low < high {
            let middle = (low + high) / 2
            if places[middle].output <= offset { low = middle + 1 } else { high = middle }
        }
        guard low > 0, offset < output.count else { return offset <= 0 ? 0 : scalars.count }
        return min(places[low - 1].source, scalars.count)
    }

    /// Translates the whole pattern into `output`.
    mutating func translate() throws(PatternSyntaxMistake) {
        output.reserveCapacity(scalars.count + 32)
        while let scalar = peek() {
            places.append((output.count, position))
            switch scalar {
            case "\\": try escape()
            case "[": try characterClass()
            case "(": try openGroup()
            case ")":
                if freeSpacing.count > 1 { freeSpacing.removeLast() }
                copy(1)
            case "{": try brace()
            case "*", "+", "?":
                copy(1)
                try afterQuantifier()
            case "#" where freeSpacing.last == true:
                while let next = peek(), next != "\n", next != "\r" { copy(1) }
            default: copy(1)
            }
        }
        places.append((output.count, position))
        // The engine skips a whole CR LF when no match begins at the CR, unless the pattern names one of the
        // two. This group, which is never run, names LF. The line feed before it ends a free-spacing comment.
        emit(freeSpacing.last == true ? "\n(?(DEFINE)\\n)" : "(?(DEFINE)\\n)")
    }

    /// The scalar `ahead` of the position, nil after the end.
    func peek(_ ahead: Int = 0) -> Unicode.Scalar? {
        let index = position + ahead
        return index < scalars.count ? scalars[index] : nil
    }

    /// A mistake at the position, or at another place.
    func mistake(_ message: String, at offset: Int? = nil) -> PatternSyntaxMistake {
        PatternSyntaxMistake(message: message, offset: offset ?? position)
    }

    /// Appends text to the output.
    mutating func emit(_ text: some StringProtocol) { output.append(contentsOf: text.utf8) }

    /// Appends a scalar to the output as it is.
    mutating func emit(_ scalar: Unicode.Scalar) { output.append(contentsOf: UTF8.encode(scalar) ?? .init()) }

    /// Appends a scalar so that it stands for itself, in a class and outside.
    mutating func emitLiteral(_ scalar: Unicode.Scalar) { emit(Self.literal(scalar)) }

    /// A scalar in a spelling that stands for itself, in a class and outside.
    static func literal(_ scalar: Unicode.Scalar) -> String {
        if scalar.value < 0x20 || scalar.value == 0x7F {
            return #"\x{"# + String(scalar.value, radix: 16) + "}"
        }
        if scalar.isASCII, !scalar.isASCIILetter, !scalar.isASCIIDigit { return "\\" + String(scalar) }
        return String(scalar)
    }

    /// Copies scalars unchanged.
    mutating func copy(_ count: Int) {
        for _ in 0..<count where position < scalars.count {
            emit(scalars[position])
            position += 1
        }
    }

    /// Reads `(` and what decides about the kind of the group.
    private mutating func openGroup() throws(PatternSyntaxMistake) {
        let outer = freeSpacing.last ?? false
        if peek(1) == "*" {
            throw mistake("'(*' begins a verb of Perl, which is not supported; write '\\(' for a parenthesis")
        }
        guard peek(1) == "?" else {
            freeSpacing.append(outer)
            return copy(1)
        }
        if peek(2) == "#" || peek(2) == "C" {
            guard dialect == .standard, peek(2) == "#" else {
                throw mistake("'(?\(peek(2) ?? "#")' does not begin a group")
            }
            while let next = peek(), next != ")" { copy(1) }
            return copy(1)
        }
        // Inline flags: "(?i)" up to the end of the group around it, "(?i:…)" for its own group.
        var end = 2
        var added = true
        var inner = outer
        while let flag = peek(end), "imsxnJU-^".unicodeScalars.contains(flag) {
            if flag == "-" { added = false }
            if flag == "x" { inner = added }
            if flag == "^" { inner = false }
            if dialect == .ecma262, !"ims-".unicodeScalars.contains(flag) {
                throw mistake("'\(flag)' is not a flag of a group", at: position + end)
            }
            end += 1
        }
        if end > 2, peek(end) == ")" {
            freeSpacing[freeSpacing.count - 1] = inner
            return copy(end + 1)
        }
        freeSpacing.append(end > 2 && peek(end) == ":" ? inner : outer)
        if dialect == .ecma262, end == 2 {
            guard let kind = peek(2), ":=!<".unicodeScalars.contains(kind) else {
                throw mistake("'(?' is not followed by the kind of the group")
            }
        }
        copy(2)
    }

    /// Reads `{`: a quantifier, or else a plain brace as in JavaScript.
    private mutating func brace() throws(PatternSyntaxMistake) {
        var end = 1
        while peek(end)?.isASCIIDigit == true { end += 1 }
        if end > 1, peek(end) == "," {
            end += 1
            while peek(end)?.isASCIIDigit == true { end += 1 }
        }
        guard end > 1, peek(end) == "}" else {
            position += 1
            return emit("\\{")
        }
        copy(end + 1)
        try afterQuantifier()
    }

    /// Refuses what would make a quantifier possessive where the language has no such thing.
    private mutating func afterQuantifier() throws(PatternSyntaxMistake) {
        if dialect == .ecma262, peek() == "+" { throw mistake("there is nothing that '+' could repeat") }
    }
}
