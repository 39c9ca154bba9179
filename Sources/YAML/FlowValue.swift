/// Where a value may stand in a line with a flow mapping, `{key: value, other: value}`.
///
/// The line does not parse, so that where a value ends is a guess: before a closing brace, or before `, key:`.
struct FlowValue {
    /// The value without spaces around it; offsets into the line, from 0.
    let range: Range<Int>
    /// What stands before it: `key: `.
    let lead: String

    /// The most guesses for one line: each is tried by reading the file again.
    private static let mostCandidates = 24

    /// All guesses, those from the left first.
    static func candidates(in line: [Unicode.Scalar]) -> [FlowValue] {
        guard let open = line.firstIndex(of: "{") else { return [] }
        var found: [FlowValue] = []
        var keyStart = open + 1
        var index = open + 1
        while index < line.count, found.count < mostCandidates {
            switch line[index] {
            case "{", ",": keyStart = index + 1
            case "\"", "'":
                // A quote inside a word is none.
                if !isWord(line[index - 1]) {
                    index = line[(index + 1)...].firstIndex(of: line[index]) ?? line.count
                }
            case ":" where index + 1 < line.count && line[index + 1] == " ":
                found += values(in: line, after: index, key: line[keyStart..<index])
            default: break
            }
            index += 1
        }
        return Array(found.prefix(mostCandidates))
    }

    private static func values(
        in line: [Unicode.Scalar], after colon: Int, key: ArraySlice<Unicode.Scalar>
    ) -> [FlowValue] {
        guard let start = line[(colon + 1)...].firstIndex(where: { $0 != " " }) else { return [] }
        var lead = ""
        lead.unicodeScalars.append(contentsOf: key.drop { $0 == " " })
        // The shortest first: one that is too short leaves a text behind that does not parse, one that is too long
        // would swallow the keys and values after it.
        var ends: [Int] = []
        for end in start..<line.count {
            if line[end] == "}" { ends.append(end) }
            if line[end] == ",", isKey(line[(end + 1)...]) {
                ends.append(end)
                break
            }
        }
        return ends.prefix(6).compactMap { end in
            var end = end
            while end > start, line[end - 1] == " " { end -= 1 }
            return end > start ? FlowValue(range: start..<end, lead: lead + ": ") : nil
        }
    }

    /// Whether a text begins with ` word: `.
    private static func isKey(_ rest: ArraySlice<Unicode.Scalar>) -> Bool {
        let word = rest.drop { $0 == " " }
        let behind = word.drop { isWord($0) || $0 == "-" }
        return behind.startIndex > word.startIndex && behind.first == ":"
            && (behind.count == 1 || behind.dropFirst().first == " ")
    }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "_" || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
    }
}
