import Diagnostics

/// Untrusted text made safe for terminals and for the logs of CI systems.
enum LogText {
    /// The text on one line, control characters written out, without the commands that Azure Pipelines, GitHub
    /// and TeamCity read anywhere in a line: `##vso[` becomes `# #vso[`.
    ///
    /// Commands that begin a line, such as `::error`, are harmless since no line begins with untrusted text.
    static func line(_ text: String) -> String { disarmed(TerminalText.visible(text)) }

    /// The same line by line; `limit` is the largest number of lines, of which the middle ones are left out.
    static func lines(_ text: String, limit: Int) -> [String] {
        let lines = disarmed(TerminalText.visible(text, multiline: true))
            .split(separator: "\n", omittingEmptySubsequences: false)
            .map {
                $0.contains("\t")
                    ? $0.split(separator: "\t", omittingEmptySubsequences: false).joined(separator: "    ")
                    : String($0)
            }
        guard lines.count > max(limit, 3) else { return lines }
        let tail = limit / 3
        let head = max(limit, 3) - 1 - tail
        let left = lines.count - head - tail
        return lines[..<head] + ["[… \(Figures.count(left, "line")) left out …]"]
            + lines[(lines.count - tail)...]
    }

    private static func disarmed(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "#")) else { return text }
        var result: [UInt8] = []
        let bytes = Array(text.utf8)
        result.reserveCapacity(bytes.count)
        for (index, byte) in bytes.enumerated() {
            result.append(byte)
            guard byte == UInt8(ascii: "#"), index + 1 < bytes.count, bytes[index + 1] == byte else {
                continue
            }
            if commands.contains(where: { begins(bytes, at: index + 2, with: $0) }) {
                result.append(UInt8(ascii: " "))
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static let commands = ["[", "vso[", "teamcity["].map { Array($0.utf8) }

    /// Letter case does not count; `word` is in lower case.
    private static func begins(_ bytes: [UInt8], at start: Int, with word: [UInt8]) -> Bool {
        guard start + word.count <= bytes.count else { return false }
        return word.indices.allSatisfy { index in
            let byte = bytes[start + index]
            return byte == word[index] || (byte >= 0x41 && byte <= 0x5A && byte | 0x20 == word[index])
        }
    }
}
