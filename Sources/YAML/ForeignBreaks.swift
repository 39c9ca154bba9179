/// Hides the line breaks of YAML 1.1 (NEL, U+2028, U+2029) from libyaml, to whom they would end a line.
///
/// In YAML 1.2 they are ordinary characters. Each is replaced by a character of the private use area that the
/// text does not have, and put back in what libyaml returns; positions in characters stay the same.
struct ForeignBreaks {
    private var pairs: [(foreign: Unicode.Scalar, standIn: Unicode.Scalar)] = []

    /// The text with stand-ins.
    private(set) var hidden: [UInt8] = []

    /// Picks stand-ins for a valid UTF-8 text and puts them in.
    init(hiding bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        let used = Set(text.unicodeScalars.lazy.filter { (0xE000...0xF8FF).contains($0.value) })
        var next: UInt32 = 0xE000
        for foreign: Unicode.Scalar in ["\u{85}", "\u{2028}", "\u{2029}"] {
            while next <= 0xF8FF {
                defer { next += 1 }
                guard let standIn = Unicode.Scalar(next), !used.contains(standIn) else { continue }
                pairs.append((foreign, standIn))
                break
            }
        }
        hidden = Array(replaced(text, with: pairs.map { ($0.foreign, $0.standIn) }).utf8)
    }

    /// The text with the original characters.
    func restore(_ text: String) -> String {
        replaced(text, with: pairs.map { ($0.standIn, $0.foreign) })
    }

    private func replaced(_ text: String, with table: [(Unicode.Scalar, Unicode.Scalar)]) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            result.append(table.first { $0.0 == scalar }?.1 ?? scalar)
        }
        return String(result)
    }
}
