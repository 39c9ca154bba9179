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
    ///
    /// What begins with `=`, `+`, `-`, `@` or their full-width forms, behind white space or not, gets an apostrophe in
    /// front, the spreadsheets' own sign for text. Texts are not read back, so that nothing need take it off again.
    private static func field(_ text: String) -> String {
        let shown = ShownText.of(text)
        let first = shown.unicodeScalars.first { !$0.properties.isWhitespace }
        let isFormula =
            first.map { "=+-@\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".unicodeScalars.contains($0) } ?? false
        let startsWithTab = shown.unicodeScalars.first == "\t"
        let safe = isFormula || startsWithTab ? "'" + shown : shown
        guard safe.utf8.contains(where: { "\",;\n\r".utf8.contains($0) }) else { return safe }
        // By bytes: to Swift a quote with an accent on it is another character.
        let doubled = safe.utf8.flatMap { $0 == 0x22 ? [$0, $0] : [$0] }
        return "\"" + String(decoding: doubled, as: UTF8.self) + "\""
    }
}
