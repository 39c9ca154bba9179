/// A text that is looked for in answers, prepared once.
///
/// Compares bytes of UTF-8, so that `é` in one scalar and in two are different texts, as in every language
/// that compares code units. Time is linear in the answer whatever the text (Knuth, Morris, Pratt).
struct TextSearch: Sendable {
    /// The text as written.
    let text: String
    private let needle: [UInt8]
    /// For each prefix of the needle the length of its longest border.
    private let borders: [Int]

    /// Prepares a search; the answer must be folded too where case does not count.
    init(_ text: String, ignoresCase: Bool) {
        self.text = text
        let needle = Self.bytes(of: text, ignoresCase: ignoresCase)
        var borders = [Int](repeating: 0, count: needle.count)
        var length = 0
        for index in needle.indices.dropFirst() {
            while length > 0, needle[index] != needle[length] { length = borders[length - 1] }
            if needle[index] == needle[length] { length += 1 }
            borders[index] = length
        }
        self.needle = needle
        self.borders = borders
    }

    /// The bytes that are compared.
    static func bytes(of text: String, ignoresCase: Bool) -> [UInt8] {
        ignoresCase ? CaseFolding.folded(text) : Array(text.utf8)
    }

    /// Whether the text stands anywhere in the bytes of an answer.
    func isFound(in haystack: [UInt8]) -> Bool {
        guard !needle.isEmpty else { return true }
        return needle.withUnsafeBufferPointer { needle in
            haystack.withUnsafeBufferPointer { haystack in
                var length = 0
                for byte in haystack {
                    while length > 0, byte != needle[length] { length = borders[length - 1] }
                    if byte == needle[length] { length += 1 }
                    if length == needle.count { return true }
                }
                return false
            }
        }
    }
}
