/// Where the lines of a Markdown text are code: between fences of three or more backticks or tildes.
struct CodeFences {
    private var open: (mark: UInt8, length: Int)?

    /// Starts outside of code.
    init() {}

    /// Whether the next line is code or a fence itself.
    mutating func isInside(after line: ArraySlice<UInt8>) -> Bool {
        let body = line.drop { $0 == 0x20 }
        let indentation = body.startIndex - line.startIndex
        guard indentation < 4, let mark = body.first, mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~")
        else {
            return open != nil
        }
        let length = body.prefix { $0 == mark }.count
        let rest = body.dropFirst(length)
        if let fence = open {
            let isBlank = rest.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
            if mark == fence.mark, length >= fence.length, isBlank { open = nil }
            return true
        }
        // A backtick in the words behind makes it code inside a line.
        guard length >= 3, mark != UInt8(ascii: "`") || !rest.contains(mark) else { return false }
        open = (mark, length)
        return true
    }
}
