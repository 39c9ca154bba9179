/// Where the value stands in a line of the shape `key: value`, `- value` or `- key: value`.
struct BlockValue {
    /// The value without trailing comment and spaces; offsets into the line, from 0.
    let range: Range<Int>
    /// What stands before it, without indentation: `key: ` or `- `.
    let lead: String

    /// Finds the value; nil when the line has another shape.
    init?(_ line: [Unicode.Scalar]) {
        var start = 0
        while start < line.count, Self.isBlank(line[start]) { start += 1 }
        var leadStart = start
        var sawDash = false
        while start + 1 < line.count, line[start] == "-", Self.isBlank(line[start + 1]) {
            leadStart = start
            sawDash = true
            start += 1
            while start < line.count, Self.isBlank(line[start]) { start += 1 }
        }
        if let afterKey = Self.keyEnd(line, from: start) {
            leadStart = start
            start = afterKey
            while start < line.count, Self.isBlank(line[start]) { start += 1 }
        } else if !sawDash {
            return nil
        }
        var end = start
        while end < line.count {
            if line[end] == "#", end > start, Self.isBlank(line[end - 1]) { break }
            end += 1
        }
        while end > start, Self.isBlank(line[end - 1]) { end -= 1 }
        guard end > start else { return nil }
        range = start..<end
        var lead = ""
        lead.unicodeScalars.append(contentsOf: line[leadStart..<start])
        self.lead = lead
    }

    /// The offset behind the colon of a key that begins at `start`.
    private static func keyEnd(_ line: [Unicode.Scalar], from start: Int) -> Int? {
        guard start < line.count, !"[]{},#&*!|>%@`".unicodeScalars.contains(line[start]) else { return nil }
        var index = start
        if line[start] == "\"" || line[start] == "'" {
            index += 1
            while index < line.count, line[index] != line[start] { index += 1 }
            index += 1
            while index < line.count, isBlank(line[index]) { index += 1 }
            guard index < line.count, line[index] == ":" else { return nil }
        }
        while index < line.count {
            let next = index + 1
            if line[index] == ":", next == line.count || isBlank(line[next]) { return next }
            if line[index] == "#", index > start, isBlank(line[index - 1]) { return nil }
            index += 1
        }
        return nil
    }

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == "\t"
    }
}
