import Diagnostics

/// Text that nobody vouches for, as files show it that are opened in a terminal or an editor.
enum ShownText {
    /// The text with its lines ended by LF alone, and control and bidirectional-override characters written out.
    static func of(_ text: String) -> String {
        guard text.utf8.contains(0x0D) else { return TerminalText.visible(text, multiline: true) }
        var lines: [UInt8] = []
        var wasReturn = false
        for byte in text.utf8 {
            if wasReturn, byte == 0x0A { lines.removeLast() }
            lines.append(byte)
            wasReturn = byte == 0x0D
        }
        return TerminalText.visible(String(decoding: lines, as: UTF8.self), multiline: true)
    }
}
