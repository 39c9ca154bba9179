#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A text that is looked for in answers, prepared once.
///
/// Compares bytes of UTF-8, so that `é` in one scalar and in two are different texts, as in every language
/// that compares code units. Time is linear in the answer whatever the text (Knuth, Morris, Pratt).
struct TextSearch: Sendable {
    /// The text as written.
    let text: String
    private let needle: [UInt8]
    private let borders: [Int]

    /// Prepares a search; the answer must be folded too where case does not count.
    init(_ text: String, ignoresCase: Bool) {
        self.text = text
        needle = Self.bytes(of: text, ignoresCase: ignoresCase)
        borders = Self.borders(of: needle)
    }

    /// The bytes that are compared.
    static func bytes(of text: String, ignoresCase: Bool) -> [UInt8] {
        ignoresCase ? CaseFolding.folded(text) : Array(text.utf8)
    }

    /// Whether the text stands anywhere in the bytes of an answer.
    func isFound(in haystack: [UInt8]) -> Bool {
        haystack.withUnsafeBufferPointer { isFound(in: $0) }
    }

    /// Whether the text stands anywhere in the bytes of an answer.
    func isFound(in haystack: UnsafeBufferPointer<UInt8>) -> Bool {
        guard !needle.isEmpty else { return true }
        guard haystack.count >= needle.count, let start = haystack.baseAddress else { return false }
        return needle.withUnsafeBufferPointer { needle in
            let first = Int32(needle[0])
            var length = 0
            var index = 0
            while index < haystack.count {
                if length == 0 {
                    // The library looks at many bytes at once.
                    guard let next = memchr(start + index, first, haystack.count - index) else {
                        return false
                    }
                    index = next - UnsafeMutableRawPointer(mutating: start) + 1
                    length = 1
                } else {
                    let byte = haystack[index]
                    while length > 0, byte != needle[length] { length = borders[length - 1] }
                    if byte == needle[length] { length += 1 }
                    index += 1
                }
                if length == needle.count { return true }
            }
            return false
        }
    }

    /// For each prefix of a text the length of its longest border.
    private static func borders(of needle: [UInt8]) -> [Int] {
        var borders = [Int](repeating: 0, count: needle.count)
        var length = 0
        for index in needle.indices.dropFirst() {
            while length > 0, needle[index] != needle[length] { length = borders[length - 1] }
            if needle[index] == needle[length] { length += 1 }
            borders[index] = length
        }
        return borders
    }
}
