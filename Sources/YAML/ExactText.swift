/// Text that equals another only byte for byte, so that `é` in two normal forms makes two keys.
struct ExactText: Hashable {
    /// The text.
    let text: String

    /// Wraps a text.
    init(_ text: String) {
        self.text = text
    }

    static func == (left: ExactText, right: ExactText) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }

    func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        hasher.combine(0xFF as UInt8)
    }
}
