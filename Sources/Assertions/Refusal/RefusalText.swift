/// The beginning of an answer, made even for phrases: lower case, straight quotes, single spaces, contractions written
/// out, marks of emphasis and quoted speech left out.
struct RefusalText: Sendable {
    /// How much of an answer is looked at, in scalars: a refusal comes to the point.
    private static let longest = 1500

    /// The text.
    let text: String

    /// Prepares an answer.
    init(_ answer: String) {
        var plain = String.UnicodeScalarView()
        var hasSpace = false
        var count = 0
        for scalar in answer.unicodeScalars {
            guard count < Self.longest else { break }
            if WhiteSpace.isSpace(scalar) || scalar == "\u{200B}" || scalar == "\u{FEFF}" {
                hasSpace = true
                continue
            }
            if scalar == "*" || scalar == "_" || scalar == "#" || scalar == ">" || scalar == "`" { continue }
            if hasSpace, count > 0 {
                plain.append(" ")
                count += 1
            }
            hasSpace = false
            switch scalar {
            case "’", "‘", "ʼ", "´", "＇": plain.append("'")
            case "“", "”", "„", "«", "»": plain.append("\"")
            default: plain.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
            }
            count += 1
        }
        text = Self.withoutContractions(Self.withoutSpeech(String(plain)))
    }

    /// True without anything but white space.
    var isEmpty: Bool { text.isEmpty }

    /// Leaves out what stands in double quotes, unless the text begins with it: someone else says that.
    private static func withoutSpeech(_ text: String) -> String {
        guard text.contains("\""), text.first != "\"" else { return text }
        let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
        // A quote that does not close is none.
        guard parts.count % 2 == 1 else { return text }
        return parts.enumerated().filter { $0.offset % 2 == 0 }.map { String($0.element) }
            .joined(separator: "\"\"")
    }

    /// `can't` as `cannot`, `i'm` as `i am` and the like.
    private static func withoutContractions(_ text: String) -> String {
        text.split(separator: " ", omittingEmptySubsequences: false).map { word in
            guard word.contains("'") || word == "cant" || word == "wont" || word == "im" else {
                return String(word)
            }
            let tail = word.reversed().prefix { !$0.isLetter }.reversed()
            let core = word.dropLast(tail.count)
            guard let written = full(String(core)) else { return String(word) }
            return written + String(tail)
        }.joined(separator: " ").replacing("can not ", with: "cannot ")
    }

    private static func full(_ word: String) -> String? {
        switch word {
        case "can't", "cant", "can't've": return "cannot"
        case "won't", "wont": return "will not"
        case "shan't": return "shall not"
        case "im", "i'm": return "i am"
        case "let's": return "let us"
        default: break
        }
        for (ending, written) in [
            ("n't", " not"), ("'re", " are"), ("'ll", " will"), ("'ve", " have"), ("'d", " would"),
        ]
        where word.hasSuffix(ending) {
            return String(word.dropLast(ending.count)) + written
        }
        for start in ["it", "that", "this", "there", "he", "she", "what", "here"] where word == start + "'s" {
            return start + " is"
        }
        return nil
    }
}
