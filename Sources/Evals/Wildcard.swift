/// A pattern in which `*` stands for any text and `?` for any one character.
public struct Wildcard: Sendable, Hashable {
    private let pattern: [Unicode.Scalar]

    /// Creates a pattern.
    public init(_ pattern: String) { self.pattern = Array(pattern.unicodeScalars) }

    /// Whether the pattern has a wildcard at all.
    public var isLiteral: Bool { !pattern.contains("*") && !pattern.contains("?") }

    /// Whether the whole text fits; takes time proportional to both lengths at worst.
    public func matches(_ text: String) -> Bool {
        let text = Array(text.unicodeScalars)
        var position = 0
        var next = 0
        var star: (pattern: Int, text: Int)?
        while position < text.count {
            if next < pattern.count, pattern[next] == "*" {
                star = (next, position)
                next += 1
            } else if next < pattern.count, pattern[next] == "?" || pattern[next] == text[position] {
                next += 1
                position += 1
            } else if let last = star {
                star = (last.pattern, last.text + 1)
                next = last.pattern + 1
                position = last.text + 1
            } else {
                return false
            }
        }
        return pattern[next...].allSatisfy { $0 == "*" }
    }
}
