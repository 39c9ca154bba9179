/// A key that is compared by code point: to `String` a composed and a decomposed `é` are the same.
struct ExactKey: Hashable, Sendable {
    /// The key.
    let text: String

    /// Whether two texts have the same code points.
    ///
    /// What `String` holds for different is different; that is decided without a walk for most texts.
    static func areEqual(_ left: String, _ right: String) -> Bool {
        left.utf8.count == right.utf8.count && left == right && left.utf8.elementsEqual(right.utf8)
    }

    static func == (left: ExactKey, right: ExactKey) -> Bool { areEqual(left.text, right.text) }

    func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}
