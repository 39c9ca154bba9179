/// What can be told of the languages of a text.
public enum LanguageEstimate: Sendable, Hashable {
    /// These languages, the most frequent first; their shares add up to 1.
    case told([LanguageShare])
    /// The text has no letter.
    case noLetters
    /// The text has too few letters.
    case tooShort
    /// The text could be in several languages, or in none.
    case unclear

    /// How much of a text is looked at, in bytes.
    public static let longestText = 1 << 20
    /// How many bytes of letters a text needs: sixteen letters of English, six of Chinese.
    private static let fewestBytes = 16

    /// Looks at the first megabyte of a text.
    public init(of text: String) {
        var bytes = Self.plainBytes(of: text)
        let letters = Self.letters(in: bytes)
        guard letters >= Self.fewestBytes else {
            self = letters == 0 ? .noLetters : .tooShort
            return
        }
        let shares = LanguageRecognizer.shares(in: &bytes)
        let sum = shares.reduce(0) { $0 + $1.share }
        guard sum > 0 else {
            self = .unclear
            return
        }
        self = .told(shares.map { LanguageShare(code: $0.code, share: $0.share / sum) })
    }

    /// The beginning of the text, with spaces in place of control characters and what is no character.
    private static func plainBytes(of text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(min(text.utf8.count, longestText))
        for scalar in text.unicodeScalars {
            guard bytes.count + 4 <= longestText else { break }
            let value = scalar.value
            let isPlain =
                value >= 0x20 && !(0x7F...0x9F).contains(value) && value & 0xFFFE != 0xFFFE
                && !(0xFDD0...0xFDEF).contains(value)
            if isPlain || value == 0x0A || value == 0x09 {
                bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            } else {
                bytes.append(0x20)
            }
        }
        return bytes
    }

    /// The bytes of letters, up to as many as are needed.
    private static func letters(in bytes: [UInt8]) -> Int {
        var count = 0
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars
        where scalar.properties.isAlphabetic {
            count += UTF8.width(scalar)
            if count >= fewestBytes { break }
        }
        return count
    }
}

/// How much of a text is in one language.
public struct LanguageShare: Sendable, Hashable {
    /// The code: ISO 639-1, and `zh-Hans` or `zh-Hant` for Chinese.
    public var code: String
    /// From 0 to 1.
    public var share: Double

    /// Creates a share.
    public init(code: String, share: Double) {
        self.code = code
        self.share = share
    }
}
