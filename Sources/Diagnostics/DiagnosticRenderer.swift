/// Shows diagnostics as text: place, severity, id, message, the source line with a caret, and the hint.
public struct DiagnosticRenderer: Sendable {
    /// Gives the text of a line of a file, if it can be had.
    public typealias LineSource = @Sendable (_ file: String, _ line: Int) -> String?

    /// Whether to use ANSI colors; they never carry meaning.
    public var color: Bool
    private let lineSource: LineSource

    /// Creates a renderer that fetches source lines with `lineSource`.
    public init(color: Bool = false, lineSource: @escaping LineSource = { _, _ in nil }) {
        self.color = color
        self.lineSource = lineSource
    }

    /// Renders all, separated by line feeds, each ending with one.
    public func render(_ diagnostics: some Sequence<Diagnostic>) -> String {
        diagnostics.map { render($0) }.joined()
    }

    /// Renders one diagnostic.
    public func render(_ diagnostic: Diagnostic) -> String {
        var text = ""
        if let mark = diagnostic.mark { text += TerminalText.visible(mark.description) + ": " }
        let label = "\(diagnostic.severity.rawValue)[\(diagnostic.id)]:"
        text += styled(label, diagnostic.severity == .error ? "31;1" : "33;1")
        text += " " + TerminalText.visible(diagnostic.message) + "\n"
        if let mark = diagnostic.mark, diagnostic.showsSource { text += excerpt(at: mark) }
        for note in diagnostic.notes {
            let place = note.mark.map { TerminalText.visible($0.description) + ": " } ?? ""
            text += "  note: \(place)\(TerminalText.visible(note.message))\n"
        }
        if let hint = diagnostic.hint {
            let lines = TerminalText.visible(hint, multiline: true).split(
                separator: "\n", omittingEmptySubsequences: false)
            for (index, line) in lines.enumerated() {
                text += (index == 0 ? "  hint: " : "        ") + line + "\n"
            }
        }
        return text
    }

    /// The widest source excerpt shown, in characters.
    private static let width = 120

    private func excerpt(at mark: SourceMark) -> String {
        guard mark.line > 0, let line = lineSource(mark.file, mark.line) else { return "" }
        let scalars = Array(line.unicodeScalars)
        let offset = max(0, min(mark.column - 1, scalars.count))
        // A long line is shown around the caret.
        let start = offset > Self.width - 20 ? offset - (Self.width - 40) : 0
        let end = min(scalars.count, start + Self.width)
        var shown = ""
        shown.unicodeScalars.append(contentsOf: scalars[start..<end])
        var lead = ""
        lead.unicodeScalars.append(contentsOf: scalars[start..<offset])
        let number = String(mark.line)
        let margin = String(repeating: " ", count: number.count)
        var text = " \(number) | \(start > 0 ? "…" : "")\(visibleKeepingTabs(shown))"
        text += "\(end < scalars.count ? "…" : "")\n"
        guard mark.column > 0 else { return text }
        let indent = (start > 0 ? " " : "") + visibleKeepingTabs(lead).map { $0 == "\t" ? "\t" : " " }
        text += " \(margin) | \(indent)\(styled("^", "36;1"))\n"
        return text
    }

    private func visibleKeepingTabs(_ text: String) -> String {
        text.split(separator: "\t", omittingEmptySubsequences: false)
            .map { TerminalText.visible(String($0)) }.joined(separator: "\t")
    }

    private func styled(_ text: String, _ code: String) -> String {
        color ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text
    }
}
