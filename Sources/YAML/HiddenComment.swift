/// A comment that stands where a value was expected, as in `contains: #1 seller`.
struct HiddenComment {
    /// The comment with its `#`, without trailing spaces.
    let text: String
    /// Where the `#` stands.
    let place: YAMLPlace

    /// Whether something other than a space follows the `#`, as in `#1234`: comments are seldom written so.
    var looksLikeText: Bool {
        let second = text.unicodeScalars.dropFirst().first
        return second.map { $0 != " " && $0 != "\t" && $0 != "#" } ?? false
    }

    /// Looks behind a position, that of the missing value; nil when no comment follows in the same line.
    init?(after place: YAMLPlace, in source: YAMLText) {
        let length = source.length(ofLine: place.line)
        guard length <= YAMLTrap.longestLine, source.hasNumberSign(inLine: place.line) else { return nil }
        let line = source.line(place.line)
        var index = place.column - 1
        while index < line.count, line[index] == " " || line[index] == "\t" { index += 1 }
        guard index > 0, index < line.count, line[index] == "#",
            line[index - 1] == " " || line[index - 1] == "\t"
        else { return nil }
        var end = line.count
        while end > index, line[end - 1] == " " || line[end - 1] == "\t" { end -= 1 }
        var text = ""
        text.unicodeScalars.append(contentsOf: line[index..<end])
        self.text = text
        self.place = YAMLPlace(line: place.line, column: index + 1)
    }
}
