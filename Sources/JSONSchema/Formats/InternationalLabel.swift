/// A label of a domain name in any script, as IDNA 2008 has it (RFC 5891 to 5893).
///
/// What a code point is allowed for follows from its general category and case, with the exceptions of RFC 5892; its
/// direction from its block. Compatibility forms are not told apart, for which tables of Unicode would be needed.
struct InternationalLabel {
    private let scalars: [Unicode.Scalar]

    /// A label in its own letters (a U-label).
    init(_ scalars: [Unicode.Scalar]) { self.scalars = scalars }

    /// A label that begins with `xn--`; nil when that is not the only spelling of a text outside ASCII.
    init?(encoded label: ArraySlice<UInt8>) {
        let body = label.dropFirst(4)
        guard let scalars = Punycode.decoded(body), scalars.contains(where: { !$0.isASCII }),
            Punycode.encoded(scalars).elementsEqual(body.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 })
        else { return nil }
        self.scalars = scalars
    }

    /// Whether the label is written from right to left in part.
    var hasRightToLeft: Bool {
        scalars.contains(where: Self.isRightToLeft) || scalars.contains(where: Self.isArabicDigit)
    }

    /// Whether the label may stand in a name; `inBidi` when some label of the name is written from right to left.
    func isValid(inBidi: Bool) -> Bool {
        guard let first = scalars.first, scalars.last != "-", first != "-", !Self.isMark(first) else {
            return false
        }
        if scalars.count >= 4, scalars[2] == "-", scalars[3] == "-" { return false }
        let isASCII = scalars.allSatisfy(\.isASCII)
        guard (isASCII ? scalars.count : Punycode.encoded(scalars).count + 4) <= 63 else { return false }
        for index in scalars.indices where !isAllowed(at: index) { return false }
        return !inBidi || keepsDirection
    }

    // MARK: - Code points (RFC 5892)

    private func isAllowed(at index: Int) -> Bool {
        let scalar = scalars[index]
        switch scalar.value {
        case 0x2D, 0x30...0x39, 0x61...0x7A: return true
        case 0..<0x80: return false
        case 0xB7:
            return index > 0 && index + 1 < scalars.count && scalars[index - 1] == "l"
                && scalars[index + 1] == "l"
        case 0x375: return index + 1 < scalars.count && Self.isGreek(scalars[index + 1])
        case 0x5F3, 0x5F4: return index > 0 && (0x590...0x5FF).contains(scalars[index - 1].value)
        case 0x30FB: return scalars.contains { $0.value != 0x30FB && Self.isJapanese($0) }
        case 0x660...0x669: return !scalars.contains { (0x6F0...0x6F9).contains($0.value) }
        case 0x6F0...0x6F9: return !scalars.contains { (0x660...0x669).contains($0.value) }
        case 0x200D: return isAfterVirama(index)
        case 0x200C: return isAfterVirama(index) || joinsLetters(index)
        case 0xDF, 0x3C2, 0x6FD, 0x6FE, 0xF0B, 0x3007: return true
        case 0x640, 0x7FA, 0x302E, 0x302F, 0x3031...0x3035, 0x303B: return false
        default: return Self.isLetterOrDigit(scalar)
        }
    }

    private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .lowercaseLetter, .otherLetter, .modifierLetter, .nonspacingMark, .spacingMark, .decimalNumber:
            // What case folding changes can't be told apart by a reader.
            !scalar.properties.changesWhenLowercased
        default: false
        }
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        [.nonspacingMark, .spacingMark, .enclosingMark].contains(scalar.properties.generalCategory)
    }

    private static func isGreek(_ scalar: Unicode.Scalar) -> Bool {
        (0x370...0x3FF).contains(scalar.value) || (0x1F00...0x1FFF).contains(scalar.value)
    }

    private static func isJapanese(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x3005, 0x3007, 0x3041...0x309F, 0x30A1...0x30FF, 0x31F0...0x31FF, 0x3400...0x4DBF,
            0x4E00...0x9FFF,
            0xF900...0xFAFF, 0x20000...0x3FFFF:
            true
        default: false
        }
    }

    private func isAfterVirama(_ index: Int) -> Bool {
        index > 0 && scalars[index - 1].properties.canonicalCombiningClass.rawValue == 9
    }

    /// Between letters of a script whose letters join (RFC 5892, A.1), nonspacing marks left out.
    private func joinsLetters(_ index: Int) -> Bool {
        let before = scalars[..<index].last { $0.properties.generalCategory != .nonspacingMark }
        let after = scalars[(index + 1)...].first { $0.properties.generalCategory != .nonspacingMark }
        return before.map(Self.isJoining) == true && after.map(Self.isJoining) == true
    }

    private static func isJoining(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x620...0x64A, 0x66E...0x6D3, 0x6FA...0x6FF, 0x710...0x74F, 0x750...0x77F, 0x8A0...0x8B4,
            0x1820...0x1878:
            true
        default: false
        }
    }

    // MARK: - Direction (RFC 5893, section 2)

    private var keepsDirection: Bool {
        guard let first = scalars.first else { return false }
        let body = scalars.filter { $0.properties.generalCategory != .nonspacingMark }
        guard let last = body.last else { return false }
        let hasEuropean = scalars.contains(where: Self.isEuropeanDigit)
        let hasArabic = scalars.contains(where: Self.isArabicDigit)
        if Self.isRightToLeft(first) {
            guard !(hasEuropean && hasArabic), !scalars.contains(where: Self.isLeftToRight) else {
                return false
            }
            return Self.isRightToLeft(last) || Self.isEuropeanDigit(last) || Self.isArabicDigit(last)
        }
        guard Self.isLeftToRight(first), !hasRightToLeft else { return false }
        return Self.isLeftToRight(last) || Self.isEuropeanDigit(last)
    }

    private static func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x660...0x669, 0x6F0...0x6F9: false
        case 0x590...0x8FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x10800...0x10FFF, 0x1E800...0x1EFFF:
            scalar.properties.generalCategory != .nonspacingMark
        default: false
        }
    }

    private static func isArabicDigit(_ scalar: Unicode.Scalar) -> Bool {
        (0x660...0x669).contains(scalar.value)
    }

    private static func isEuropeanDigit(_ scalar: Unicode.Scalar) -> Bool {
        (0x30...0x39).contains(scalar.value) || (0x6F0...0x6F9).contains(scalar.value)
    }

    private static func isLeftToRight(_ scalar: Unicode.Scalar) -> Bool {
        !isRightToLeft(scalar) && !isArabicDigit(scalar) && !isEuropeanDigit(scalar)
            && scalar.properties.isAlphabetic
    }
}
