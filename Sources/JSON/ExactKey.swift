#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A key that is compared by code point: to `String` a composed and a decomposed `é` are the same.
struct ExactKey: Hashable, Sendable {
    /// The key.
    let text: String

    /// Whether two texts have the same code points: the same bytes, that is.
    static func areEqual(_ left: String, _ right: String) -> Bool {
        guard left.utf8.count == right.utf8.count else { return false }
        var left = left
        var right = right
        return left.withUTF8 { first in
            right.withUTF8 { second in
                guard let one = first.baseAddress, let other = second.baseAddress else { return true }
                return memcmp(one, other, first.count) == 0
            }
        }
    }

    static func == (left: ExactKey, right: ExactKey) -> Bool { areEqual(left.text, right.text) }

    func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}
