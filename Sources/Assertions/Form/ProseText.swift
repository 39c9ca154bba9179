/// What a text says outside of its blocks of code.
enum ProseText {
    /// The beginning of a text without its blocks of code, of about so many bytes.
    static func prose(of text: String, atMost limit: Int) -> String {
        var prose = String.UnicodeScalarView()
        var size = 0
        var fences = CodeFences()
        for line in TextLines(text) where !fences.isInside(line) {
            for scalar in line {
                prose.append(scalar)
                size += UTF8.width(scalar)
                if size >= limit { return String(prose) }
            }
            prose.append("\n")
            size += 1
        }
        return String(prose)
    }
}
