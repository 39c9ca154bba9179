/// A mistake in a pattern found while it was translated.
struct PatternSyntaxMistake: Error {
    /// What is wrong, without a full stop.
    var message: String
    /// Where, in Unicode scalars of the text that was translated.
    var offset: Int
}

extension Unicode.Scalar {
    /// Whether it is one of `a` to `z`, `A` to `Z`.
    var isASCIILetter: Bool { ("a"..."z").contains(self) || ("A"..."Z").contains(self) }

    /// Whether it is one of `0` to `9`.
    var isASCIIDigit: Bool { ("0"..."9").contains(self) }

    /// The value as a hexadecimal digit, or nil.
    var hexDigit: UInt32? {
        switch self {
        case "0"..."9": value - 0x30
        case "a"..."f": value - 0x61 + 10
        case "A"..."F": value - 0x41 + 10
        default: nil
        }
    }
}
