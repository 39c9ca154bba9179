/// The kinds of characters Python's text functions go by.
enum CharacterKind {
    /// True for a letter (general category L).
    static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
        default: false
        }
    }

    /// True when there are letters with case and all are small; or, with `upper`, all are large.
    static func isCased(_ text: String, upper: Bool) -> Bool {
        var found = false
        for scalar in text.unicodeScalars {
            let properties = scalar.properties
            let isTitle = properties.generalCategory == .titlecaseLetter
            if isTitle || (upper ? properties.isLowercase : properties.isUppercase) { return false }
            if upper ? properties.isUppercase : properties.isLowercase { found = true }
        }
        return found
    }
}
