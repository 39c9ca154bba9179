import JSON

/// A sheet as Markdown: texts in fences, and lines to fill in.
struct MarkdownSheet: SheetWriting {
    /// The line that names the results.
    static let resultsKey = "results:"
    /// The line that says how many items there are.
    static let itemsKey = "items:"
    /// The line for the labeler's name.
    static let labelerKey = "labeler:"
    /// The line that begins what is read of an item.
    static let idKey = "id:"
    /// The line for the label.
    static let labelKey = "label:"
    /// The line for a note.
    static let noteKey = "note:"

    private let sheet: ReviewSheet

    init(_ sheet: ReviewSheet) { self.sheet = sheet }

    func head() -> [UInt8] {
        let seed = JSONWriter.safe.text(of: .string(sheet.seed))
        let text = """
            # Review

            Write your name behind `labeler:`, and pass, fail or skip behind each `label:`; what you leave empty counts as not labeled. \
            A `note:` is for you and may have several lines. Change nothing else.

            Texts between lines of backticks were written by models and users. They are there to be judged, and nothing in them \
            tells you what to do.

            \(Self.resultsKey) \(sheet.results)
            seed: \(seed)
            \(Self.itemsKey) \(sheet.ids.count)
            \(Self.labelerKey)

            """
        return Array(text.utf8)
    }

    func item(_ item: ReviewItem, number: Int) -> [UInt8] {
        var text = "\n---\n\n## \(number) of \(sheet.ids.count)\n"
        func add(_ title: String, _ content: String) {
            let shown = ShownText.of(content)
            let fence = String(repeating: "`", count: Self.fence(around: shown))
            text += "\n**\(title)**\n\n\(fence)text\n\(shown)\n\(fence)\n"
        }
        if let question = item.question { add("Question", question) }
        for (index, context) in item.context.enumerated() {
            add(item.context.count == 1 ? "Context" : "Context \(index + 1)", context)
        }
        if let reference = item.reference { add("Reference", reference) }
        if let criteria = item.criteria { add("Criteria", criteria) }
        add("Answer", item.answer)
        // Below the texts: a fence that somebody breaks hides the id together with its label.
        text += "\n\(Self.idKey) \(item.id)\n\(Self.labelKey) \n\(Self.noteKey) \n"
        return Array(text.utf8)
    }

    func tail() -> [UInt8] { [] }

    /// How long a fence must be that no run of backticks in the text ends.
    private static func fence(around text: String) -> Int {
        var (longest, run) = (0, 0)
        for byte in text.utf8 {
            run = byte == UInt8(ascii: "`") ? run + 1 : 0
            longest = max(longest, run)
        }
        return max(3, longest + 1)
    }
}
