import Diagnostics
import XML

/// Untrusted text made safe for JUnit files.
enum JUnitText {
    /// The most bytes of an answer that are kept, head and tail together.
    static let outputLimit = 64 * 1024
    /// The most bytes of an attribute.
    static let messageLimit = 2 * 1024

    /// The text without what XML forbids, and without the markers by which dashboards attach files and set
    /// properties: `[[ATTACHMENT|path]]` becomes `[ [ATTACHMENT|path]]`.
    static func safe(_ text: String) -> String {
        // Escape sequences go first: without them a marker may become whole.
        let text = TerminalText.visible(XMLText.legal(text), multiline: true)
        guard text.utf8.contains(UInt8(ascii: "[")) else { return text }
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        for (index, byte) in bytes.enumerated() {
            result.append(byte)
            guard byte == UInt8(ascii: "["), index + 1 < bytes.count, bytes[index + 1] == byte else {
                continue
            }
            if markers.contains(where: { begins(bytes, at: index + 2, with: $0) }) {
                result.append(UInt8(ascii: " "))
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Text for an attribute: safe, and not too long.
    static func message(_ text: String) -> String {
        safe(TextCut.middle(text, bytes: messageLimit, separator: " "))
    }

    /// Text for an element: safe, and not too long.
    static func body(_ text: String) -> String {
        safe(TextCut.middle(text, bytes: outputLimit))
    }

    /// A name of a suite without dots, which dashboards take for a hierarchy of packages.
    static func className(_ suite: String) -> String {
        String(suite.unicodeScalars.map { $0 == "." ? "_" : Character($0) })
    }

    /// Seconds with three decimals.
    static func seconds(_ milliseconds: Int) -> String {
        let fraction = String(milliseconds % 1000)
        return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - fraction.count) + fraction
    }

    private static let markers = ["attachment", "property"].map { Array($0.utf8) }

    /// Letter case does not count; `word` is in lower case.
    private static func begins(_ bytes: [UInt8], at start: Int, with word: [UInt8]) -> Bool {
        guard start + word.count <= bytes.count else { return false }
        return word.indices.allSatisfy { bytes[start + $0] | 0x20 == word[$0] }
    }
}
