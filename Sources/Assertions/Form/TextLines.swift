/// The lines of a text without their ends, read one after the other.
struct TextLines: Sequence, IteratorProtocol {
    private let scalars: String.UnicodeScalarView
    private var position: String.UnicodeScalarIndex
    private var isDone = false

    /// Reads the lines of a text; an empty text has one empty line.
    init(_ text: String) {
        scalars = text.unicodeScalars
        position = scalars.startIndex
    }

    /// The next line.
    mutating func next() -> Substring.UnicodeScalarView? {
        guard !isDone else { return nil }
        let start = position
        while position < scalars.endIndex {
            let scalar = scalars[position]
            guard scalar == "\n" || scalar == "\r" else {
                position = scalars.index(after: position)
                continue
            }
            let line = scalars[start..<position]
            position = scalars.index(after: position)
            if scalar == "\r", position < scalars.endIndex, scalars[position] == "\n" {
                position = scalars.index(after: position)
            }
            return line
        }
        isDone = true
        return scalars[start..<position]
    }
}
