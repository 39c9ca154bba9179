/// The lines of a terminal report on their way to the sink.
final class TerminalPage {
    /// What a piece of text stands for; color only underlines it.
    enum Ink: String {
        /// Something failed.
        case red = "31"
        /// Something passed.
        case green = "32"
        /// Something to look at.
        case yellow = "33"
        /// Headings.
        case bold = "1"
        /// Places and other details.
        case faint = "2"
    }

    /// How the report looks.
    let style: TerminalStyle
    /// What the user may type next.
    let command: NextCommand
    private let sink: ReportSink
    private var buffer: [UInt8] = []
    private var isEmpty = true
    private var wantsGap = false

    /// Begins an empty page.
    init(style: TerminalStyle, command: NextCommand, sink: @escaping ReportSink) {
        self.style = style
        self.command = command
        self.sink = sink
    }

    /// Adds a line.
    func line(_ text: String) throws {
        if wantsGap, !isEmpty { buffer.append(UInt8(ascii: "\n")) }
        (isEmpty, wantsGap) = (false, false)
        buffer += Array(text.utf8)
        buffer.append(UInt8(ascii: "\n"))
        if buffer.count > 1 << 15 { try flush() }
    }

    /// Puts an empty line before the next line, unless that is the first.
    func gap() { wantsGap = true }

    /// Hands over what is still held.
    func flush() throws {
        guard !buffer.isEmpty else { return }
        try sink(buffer)
        buffer.removeAll(keepingCapacity: true)
    }

    /// The text in a color, if the style has colors.
    func colored(_ text: String, _ ink: Ink) -> String {
        style.color ? "\u{1b}[\(ink.rawValue)m\(text)\u{1b}[0m" : text
    }
}
