/// Where two texts begin to differ.
struct TextDifference {
    /// The line, from 1.
    let line: Int
    /// The character in the line, from 1, counted in Unicode scalars.
    let column: Int
    /// The text that both have before the difference.
    let common: String

    /// Finds the first difference; nil for equal texts.
    init?(_ left: String, _ right: String) {
        var first = left.unicodeScalars.makeIterator()
        var second = right.unicodeScalars.makeIterator()
        var common = String.UnicodeScalarView()
        var (line, column) = (1, 1)
        while true {
            let (one, other) = (first.next(), second.next())
            guard let one, one == other else {
                if one == nil, other == nil { return nil }
                break
            }
            common.append(one)
            if one == "\n" {
                line += 1
                column = 1
            } else {
                column += 1
            }
        }
        self.line = line
        self.column = column
        self.common = String(common)
    }
}
