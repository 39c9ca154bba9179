/// Why a text names no recordings to move.
public struct RenameMistake: Error, Sendable, Hashable {
    /// What is wrong, a sentence.
    public let message: String

    init(_ message: String) { self.message = message }
}

extension FixtureRename.Names {
    /// Reads an old and a new name: `SUITE`, `SUITE/CASE` or `SUITE/CASE/PROMPT/MODEL`; `*` stands for all, and
    /// stands in both names at the same place, or in the new name alone for what stays.
    public static func pair(
        old: String, new: String
    ) throws(RenameMistake) -> (old: FixtureRename.Names, new: FixtureRename.Names) {
        let (from, to) = (try parts(of: old), try parts(of: new))
        guard from.count == to.count else {
            throw RenameMistake(
                "'\(old)' has \(from.count) part\(from.count == 1 ? "" : "s") and '\(new)' has \(to.count): "
                    + "write both as SUITE, SUITE/CASE or SUITE/CASE/PROMPT/MODEL.")
        }
        for (one, other) in zip(from, to) where one == "*" && other != "*" {
            throw RenameMistake("'\(other)' takes the place of '*': only what has a name can get a new one.")
        }
        return (names(from), names(to))
    }

    private static func names(_ parts: [String]) -> FixtureRename.Names {
        func part(_ index: Int) -> String? {
            parts.indices.contains(index) && parts[index] != "*" ? parts[index] : nil
        }
        return FixtureRename.Names(suite: parts[0], caseID: part(1), prompt: part(2), model: part(3))
    }

    private static func parts(of text: String) throws(RenameMistake) -> [String] {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard [1, 2, 4].contains(parts.count), parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." })
        else {
            throw RenameMistake("'\(text)' is not SUITE, SUITE/CASE or SUITE/CASE/PROMPT/MODEL.")
        }
        for (index, part) in parts.enumerated() where index == 0 || part != "*" {
            let kind = ["suite", "case", "prompt", "model"][index]
            switch index {
            case 1:
                guard part.unicodeScalars.count <= 200,
                    !part.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
                else {
                    throw RenameMistake("A case id has at most 200 characters and no control characters.")
                }
            case 2: try checkName(String(part.prefix { $0 != "@" }), kind)
            default: try checkName(part, kind)
            }
        }
        return parts
    }

    private static func checkName(_ name: String, _ kind: String) throws(RenameMistake) {
        func isLetterOrDigit(_ byte: UInt8) -> Bool {
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        }
        let marks: [UInt8] = [UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-")]
        guard let first = name.utf8.first, isLetterOrDigit(first), name.utf8.count <= 100,
            name.utf8.allSatisfy({ isLetterOrDigit($0) || marks.contains($0) })
        else {
            throw RenameMistake(
                "'\(name)' is no name of a \(kind): a letter or digit, then letters, digits, '.', '_' and '-'."
            )
        }
    }
}
