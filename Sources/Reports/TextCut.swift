/// Long text made short by leaving out its middle.
enum TextCut {
    /// The text with at most about `bytes` bytes of UTF-8: head and tail, and between them a marker that says
    /// how many characters are left out.
    static func middle(_ text: String, bytes: Int, separator: String = "\n") -> String {
        let utf8 = text.utf8
        guard utf8.count > bytes else { return text }
        let half = max(0, bytes / 2)
        // Rounded to scalars, so that no character is broken into invalid bytes.
        let head = scalarBoundary(text, utf8.index(utf8.startIndex, offsetBy: half))
        let tail = scalarBoundary(text, utf8.index(utf8.endIndex, offsetBy: -half))
        let left = text.unicodeScalars[head..<tail].count
        return text[..<head] + "\(separator)[… \(left) characters left out …]\(separator)" + text[tail...]
    }

    /// The beginning of the scalar in which an index of the UTF-8 view stands.
    private static func scalarBoundary(_ text: String, _ index: String.Index) -> String.Index {
        var index = index
        while index > text.startIndex, index < text.endIndex, text.utf8[index] & 0xC0 == 0x80 {
            index = text.utf8.index(before: index)
        }
        return index
    }
}
