public import Evals

/// Answers of several models to one prompt: side by side where there is room, else one below the other.
public struct AnswerSheet {
    /// The fewest columns that an answer needs to stand beside another.
    public static let narrowest = 40

    private let width: Int?
    private let color: Bool
    private static let separator = " │ "

    /// Creates a sheet.
    ///
    /// - Parameters:
    ///   - width: The columns of the terminal; nil, as for a file or a pipe: one below the other, no line broken.
    ///   - color: Whether to use ANSI colors; they never carry meaning.
    public init(width: Int?, color: Bool) {
        self.width = width
        self.color = color
    }

    /// The text, safe for a terminal; answers to the same sample stand beside each other.
    public func text(_ executions: [Execution]) -> String {
        let isNumbered = executions.contains { $0.sample > 1 }
        var rows: [[Execution]] = []
        for execution in executions {
            if let index = rows.firstIndex(where: { $0.first?.sample == execution.sample }) {
                rows[index].append(execution)
            } else {
                rows.append([execution])
            }
        }
        let blocks = rows.flatMap { row -> [String] in
            guard let columns = columnWidth(row.count) else {
                return row.map { stacked($0, isNumbered: isNumbered) }
            }
            return [beside(row, isNumbered: isNumbered, width: columns)]
        }
        return blocks.joined(separator: "\n")
    }

    /// The columns of each answer side by side; nil when there is no room.
    private func columnWidth(_ count: Int) -> Int? {
        guard let width, count > 1 else { return nil }
        let columns = (width - DisplayWidth.of(Self.separator) * (count - 1)) / count
        return columns >= Self.narrowest ? columns : nil
    }

    private func stacked(_ execution: Execution, isNumbered: Bool) -> String {
        let title = AnswerText.title(execution, isNumbered: isNumbered)
        var text = colored("── ", .faint) + colored(title, .bold) + "\n"
        for line in AnswerText.body(execution) { text += colored(line) + "\n" }
        let foot = AnswerText.foot(execution)
        if !foot.isEmpty { text += "\n" }
        for line in foot { text += colored(line) + "\n" }
        return text
    }

    private func beside(_ row: [Execution], isNumbered: Bool, width: Int) -> String {
        let titles = row.map {
            [AnswerText.Line(text: AnswerText.title($0, isNumbered: isNumbered), ink: .bold)]
        }
        let rules = row.map { _ in
            [AnswerText.Line(text: String(repeating: "─", count: width), ink: .faint)]
        }
        let gaps = row.map { _ in [AnswerText.Line(text: "")] }
        return [titles, rules, row.map(AnswerText.body), gaps, row.map(AnswerText.foot)]
            .map { table($0, width: width) }.joined()
    }

    /// Columns of lines beside each other, all as long as the longest.
    private func table(_ columns: [[AnswerText.Line]], width: Int) -> String {
        let wrapped = columns.map { lines in
            lines.flatMap { line in
                TextWrap.lines(line.text, width: width).map { AnswerText.Line(text: $0, ink: line.ink) }
            }
        }
        var text = ""
        for index in 0..<(wrapped.map(\.count).max() ?? 0) {
            let cells = wrapped.enumerated().map { place, lines in
                let line = lines.indices.contains(index) ? lines[index] : AnswerText.Line(text: "")
                // The last column needs no room behind it.
                let padding = place == wrapped.count - 1 ? 0 : width - DisplayWidth.of(line.text)
                return colored(line) + String(repeating: " ", count: max(0, padding))
            }
            var line = cells.joined(separator: colored(Self.separator, .faint))
            while line.hasSuffix(" ") { line.removeLast() }
            text += line + "\n"
        }
        return text
    }

    private func colored(_ line: AnswerText.Line) -> String {
        line.ink.map { colored(line.text, $0) } ?? line.text
    }

    private func colored(_ text: String, _ ink: TerminalPage.Ink) -> String {
        color && !text.isEmpty ? "\u{1b}[\(ink.rawValue)m\(text)\u{1b}[0m" : text
    }
}
