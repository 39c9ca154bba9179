/// What YAML says of single characters.
enum YAMLCharacter {
    /// True for a character that may only be written as an escape, or that a reader might take for a line break.
    ///
    /// Line feed and tab are not among them.
    static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x20...0x7E: false
        case 0..<0xA0, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: true
        // The last two of every plane are noncharacters, which libyaml lets pass, but other readers need not.
        case let value: value & 0xFFFE == 0xFFFE
        }
    }

    /// The escape for double quotes.
    static func escape(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let (letter, width) =
            scalar.value < 0x100 ? ("x", 2) : scalar.value < 0x10000 ? ("u", 4) : ("U", 8)
        return "\\" + letter + String(repeating: "0", count: width - digits.count) + digits
    }
}
