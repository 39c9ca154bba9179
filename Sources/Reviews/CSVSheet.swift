/// A sheet as CSV (RFC 4180) for a spreadsheet: a row for each item.
struct CSVSheet: SheetWriting {
    /// The columns, in order.
    static let columns = ["id", "question", "context", "reference", "criteria", "answer", "label", "note"]

    /// With a byte order mark, without which spreadsheets take UTF-8 for something else.
    func head() -> [UInt8] {
        [0xEF, 0xBB, 0xBF] + Array((Self.columns.joined(separator: ",") + "\r\n").utf8)
    }

    func item(_ item: ReviewItem, number: Int) -> [UInt8] {
        let texts = [
            item.id, item.question ?? "", item.context.joined(separator: "\n\n"), item.reference ?? "",
            item.criteria ?? "", item.answer, "", "",
        ]
        return Array((texts.map(Self.field).joined(separator: ",") + "\r\n").utf8)
    }

    func tail() -> [UInt8] { [] }

    /// A quoted field that no spreadsheet takes for a formula.
    private static func field(_ text: String) -> String {
        let safe = neutralized(ShownText.of(text))
        guard safe.utf8.contains(where: { "\",;\n\r".utf8.contains($0) }) else { return safe }
        // By bytes: to Swift a quote with an accent on it is another character.
        let doubled = safe.utf8.flatMap { $0 == 0x22 ? [$0, $0] : [$0] }
        return "\"" + String(decoding: doubled, as: UTF8.self) + "\""
    }

    /// The text with an apostrophe, the spreadsheets' own sign for text, wherever a cell could begin with a formula.
    ///
    /// A formula begins with `=`, `+`, `-`, `@` or their full-width forms, behind white space or not. A cell begins with
    /// the text, and with each line and behind each `;` for spreadsheets that split there whatever is quoted. Texts are
    /// not read back, so that nothing need take the apostrophes off again.
    private static func neutralized(_ text: String) -> String {
        var safe = String.UnicodeScalarView()
        var space = String.UnicodeScalarView()
        var isStart = true
        for scalar in text.unicodeScalars {
            let ends = scalar == "\n" || scalar == ";"
            if isStart, !ends, scalar.properties.isWhitespace {
                space.append(scalar)
                continue
            }
            if isStart, formulaSigns.contains(scalar) || space.first == "\t" { safe.append("'") }
            safe.append(contentsOf: space)
            space.removeAll()
            safe.append(scalar)
            isStart = ends
        }
        if space.first == "\t" { safe.append("'") }
        safe.append(contentsOf: space)
        return String(safe)
    }

    /// What makes a formula of a cell that begins with it.
    private static let formulaSigns = "=+-@\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".unicodeScalars
}
