/// Where the lines of a Markdown text are code: between fences of three or more backticks or tildes.
struct CodeFences {
    private var open: MarkdownLine.Fence?

    /// Starts outside of code.
    init() {}

    /// Whether the next line is code or a fence itself.
    mutating func isInside(_ line: Substring.UnicodeScalarView) -> Bool {
        if let fence = open {
            if fence.isClosed(by: line) { open = nil }
            return true
        }
        open = MarkdownLine.fence(in: line)
        return open != nil
    }
}
