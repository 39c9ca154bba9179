import Diagnostics
import YAML

/// The place in a suite's text where one more case can be written.
///
/// Cases that stand in brackets, or whose dash has a line of its own, have no such place.
struct CaseListEnd {
    /// The spaces before each dash.
    private let indentation: Int
    /// The number of lines before the place.
    private let line: Int
    /// Whether cases stand apart by empty lines.
    private let isSpaced: Bool
    private let lines: [[UInt8]]

    /// Finds the place; nil when there is none.
    init?(in bytes: [UInt8], root: YAMLNode) {
        guard let items = root.entries?.first(where: { $0.keyText == "cases" })?.value.items,
            let last = items.last
        else { return nil }
        let lines = Self.lines(bytes)
        guard let indentation = items.lazy.compactMap({ Self.indentation(of: $0, lines) }).first,
            lines.indices.contains(last.mark.line - 1)
        else { return nil }
        var end = last.mark.line
        for index in end..<lines.count {
            let line = lines[index]
            let spaces = line.prefix { $0 == 0x20 }.count
            if Self.isBlank(line) { continue }
            if spaces > indentation {
                end = index + 1
            } else if line[spaces] != UInt8(ascii: "#") {
                break
            }
        }
        self.indentation = indentation
        self.line = end
        self.lines = lines
        isSpaced = items.count > 1 && Self.hasGap(above: last.mark.line - 1, lines)
    }

    /// The text with a case put in, written as a list of one item that begins in the first column.
    func inserting(_ item: String) -> [UInt8] {
        let isForeign = lines.first?.dropLast().last == 0x0D
        let feed: [UInt8] = isForeign ? [0x0D, 0x0A] : [0x0A]
        var result: [UInt8] = lines[..<line].flatMap { $0 }
        if result.last != 0x0A { result += feed }
        if isSpaced { result += feed }
        for text in item.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            if !text.isEmpty { result += [UInt8](repeating: 0x20, count: indentation) + Array(text.utf8) }
            result += feed
        }
        return result + lines[line...].flatMap { $0 }
    }

    /// The lines, each with its end.
    private static func lines(_ bytes: [UInt8]) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        var start = 0
        while start < bytes.count {
            let stop = bytes[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
            lines.append(Array(bytes[start..<stop]))
            start = stop
        }
        return lines
    }

    private static func isBlank(_ line: [UInt8]) -> Bool {
        line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D || $0 == 0x0A }
    }

    /// The spaces before an item's dash, when nothing else stands before it and the item behind it.
    private static func indentation(of item: YAMLNode, _ lines: [[UInt8]]) -> Int? {
        guard lines.indices.contains(item.mark.line - 1) else { return nil }
        let line = lines[item.mark.line - 1]
        let spaces = line.prefix { $0 == 0x20 }.count
        guard spaces < line.count, line[spaces] == UInt8(ascii: "-"), item.mark.column - 1 > spaces,
            item.mark.column - 1 <= line.count,
            line[(spaces + 1)..<(item.mark.column - 1)].allSatisfy({ $0 == 0x20 })
        else { return nil }
        return spaces
    }

    /// Whether an empty line stands above a line and the comments that belong to it.
    private static func hasGap(above index: Int, _ lines: [[UInt8]]) -> Bool {
        var index = index - 1
        while index >= 0, lines[index].drop(while: { $0 == 0x20 }).first == UInt8(ascii: "#") { index -= 1 }
        return index >= 0 && isBlank(lines[index])
    }
}
