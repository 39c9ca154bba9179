import JSON

/// A line diff of two requests for people, of bounded length.
enum RequestDifference {
    private static let contextLines = 2
    private static let maximumLines = 40
    private static let maximumColumns = 160
    /// Above so many changed lines on a side the search for the shortest diff would take too long.
    private static let searchLimit = 1500

    /// The changed lines with `-` and `+` and a little around them; empty when nothing differs.
    static func text(from old: JSONObject, to new: JSONObject) -> String {
        let marked = differences(lines(of: old), lines(of: new))
        var shown: [String] = []
        var isGap = false
        var rest = 0
        for (index, line) in marked.enumerated() {
            let around = marked[max(0, index - contextLines)...min(marked.count - 1, index + contextLines)]
            guard around.contains(where: { $0.mark != " " }) else {
                isGap = true
                continue
            }
            if shown.count >= maximumLines {
                rest += line.mark == " " ? 0 : 1
                continue
            }
            if isGap, !shown.isEmpty { shown.append("  …") }
            isGap = false
            shown.append("\(line.mark) \(cut(line.text))")
        }
        if rest > 0 { shown.append("  … and \(rest) more changed lines") }
        return shown.joined(separator: "\n")
    }

    private static func differences(_ old: [String], _ new: [String]) -> [(mark: Character, text: String)] {
        let start = zip(old, new).prefix { $0 == $1 }.count
        let end = zip(old.dropFirst(start).reversed(), new.dropFirst(start).reversed()).prefix { $0 == $1 }
            .count
        let oldMiddle = Array(old[start..<(old.count - end)])
        let newMiddle = Array(new[start..<(new.count - end)])
        guard !oldMiddle.isEmpty || !newMiddle.isEmpty else { return [] }
        var result: [(mark: Character, text: String)] = old[..<start].map { (" ", $0) }
        if oldMiddle.count > searchLimit || newMiddle.count > searchLimit {
            result += oldMiddle.map { ("-", $0) } + newMiddle.map { ("+", $0) }
        } else {
            let changes = newMiddle.difference(from: oldMiddle)
            var removed: Set<Int> = []
            var inserted: Set<Int> = []
            for change in changes {
                switch change {
                case .remove(let offset, _, _): removed.insert(offset)
                case .insert(let offset, _, _): inserted.insert(offset)
                }
            }
            var (left, right) = (0, 0)
            while left < oldMiddle.count || right < newMiddle.count {
                if removed.contains(left) {
                    result.append(("-", oldMiddle[left]))
                    left += 1
                } else if inserted.contains(right) {
                    result.append(("+", newMiddle[right]))
                    right += 1
                } else {
                    result.append((" ", oldMiddle[left]))
                    left += 1
                    right += 1
                }
            }
        }
        return result + old[(old.count - end)...].map { (" ", $0) }
    }

    /// The request as indented lines, keys sorted; a text of several lines takes as many.
    static func lines(of request: JSONObject) -> [String] {
        var lines: [String] = []
        append(.object(request), label: "", indentation: 0, to: &lines)
        return lines
    }

    private static func append(
        _ value: JSONValue, label: String, indentation: Int, to lines: inout [String]
    ) {
        let space = String(repeating: " ", count: indentation)
        switch value {
        case .object(let members) where !members.isEmpty:
            if !label.isEmpty { lines.append(space + label) }
            let inner = label.isEmpty ? indentation : indentation + 2
            for (key, member) in members.sorted(by: { $0.key < $1.key }) {
                append(member, label: key + ":", indentation: inner, to: &lines)
            }
        case .array(let elements) where !elements.isEmpty:
            lines.append(space + label)
            for element in elements { append(element, label: "-", indentation: indentation + 2, to: &lines) }
        case .string(let text) where text.utf8.contains(0x0A):
            lines.append("\(space)\(label) |")
            for line in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
                lines.append("\(space)  \(Substring(line))")
            }
        default: lines.append("\(space)\(label) \(value)")
        }
    }

    private static func cut(_ line: String) -> String {
        let scalars = line.unicodeScalars
        guard scalars.count > maximumColumns else { return line }
        return String(scalars.prefix(maximumColumns)) + "…"
    }
}
