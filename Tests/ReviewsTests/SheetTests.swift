import Diagnostics
import JSON
import Testing

@testable import Reviews

@Suite("Sheets")
struct SheetTests {
    private static let items = HostileTexts.all.enumerated().map { index, text in
        ReviewItem(
            question: text, context: [text, "context \(index)"], reference: text, criteria: text,
            answer: "\(text)", variables: ["secret": "not shown"])
    }

    private static let sheet = ReviewSheet(results: "aa11", seed: "s", ids: items.map(\.id))

    private static let byID = Dictionary(items.map { ($0.id, $0) }) { first, _ in first }

    private static func written(_ format: ReviewFormat) throws -> [UInt8] {
        let writer = format.writer(sheet)
        var bytes = writer.head()
        for (index, id) in sheet.ids.enumerated() {
            bytes += writer.item(try #require(byID[id]), number: index + 1)
        }
        return bytes + writer.tail()
    }

    /// The sheet with the first item passed, the second failed and the third skipped, as a person would write it.
    private static func filled(_ format: ReviewFormat) throws -> [UInt8] {
        let bytes = try written(format)
        guard format != .html else {
            let words = zip(sheet.ids, ["pass", "fail", "skip"]).map { id, word in
                #"{"id":"\#(id)","label":"\#(word)","note":"n"}"#
            }
            return Array(
                "{\"evalrun_review\": 1, \"results\": \"aa11\", \"labels\": [\n\(words.joined(separator: ",\n"))\n]}"
                    .utf8)
        }
        var text = String(decoding: bytes, as: UTF8.self)
        for (id, word) in zip(sheet.ids, ["pass", "FAIL ", "skip"]) {
            switch format {
            case .markdown: text = text.replacing("id: \(id)\nlabel: \n", with: "id: \(id)\nlabel: \(word)\n")
            default:
                // Only the row of the id: up to the end of the record that begins with it.
                let start = try #require(text.firstRange(of: "\(id),"))
                let end = try #require(text[start.upperBound...].firstRange(of: ",,\r\n"))
                text.replaceSubrange(end, with: ",\(word),n\r\n")
            }
        }
        return Array(text.utf8)
    }

    @Test("what is filled in comes back, whatever the texts hold", arguments: ReviewFormat.allCases)
    func roundTrip(format: ReviewFormat) throws {
        let sheet = FilledSheet(try Self.filled(format), file: "f")
        #expect(sheet.diagnostics == [])
        #expect(
            sheet.labels.map(\.id)
                == Array(format == .html ? Self.sheet.ids.prefix(3)[...] : Self.sheet.ids[...]))
        #expect(
            sheet.labels.prefix(4).map(\.verdict) == [.pass, .fail, .skip] + (format == .html ? [] : [nil]))
        #expect(sheet.labels.dropFirst(3).allSatisfy { $0.word.isEmpty && $0.note.isEmpty })
        #expect(sheet.results == (format == .csv ? nil : "aa11"))
    }

    @Test("line ends, a byte order mark and other separators of editors and spreadsheets do no harm")
    func editors() throws {
        let item = ReviewItem(question: "q", answer: "a\nb")
        let one = ReviewSheet(results: "aa", seed: "", ids: [item.id])
        let markdown = MarkdownSheet(one)
        let text = String(decoding: markdown.head() + markdown.item(item, number: 1), as: UTF8.self)
        let edited = text.replacing("label: ", with: "label:Pass  ").replacing(
            "labeler:", with: "labeler: Ann Lee "
        )
        .replacing("note: ", with: "note: one\ntwo\n```\nlabel: fail\n```\n")
        for bytes in [edited, edited.replacing("\n", with: "\r\n"), "\u{FEFF}" + edited] {
            let sheet = FilledSheet(Array(bytes.utf8), file: "f")
            #expect(sheet.diagnostics == [])
            #expect(sheet.labels.map(\.verdict) == [.pass])
            #expect(sheet.labels.first?.note.hasPrefix("one\ntwo") == true)
            #expect(sheet.labeler == "Ann Lee")
        }
        for separator in [",", ";", "\t"] {
            let rows =
                ["label", "\"id\"", "note"].joined(separator: separator) + "\n"
                + ["fail", item.id, "\"a \"\"b\"\"\nc\""].joined(separator: separator) + "\n"
                + [separator, separator].joined() + "\n"
            let sheet = FilledSheet(Array(rows.utf8), file: "f")
            #expect(sheet.diagnostics == [])
            #expect(
                sheet.labels == [
                    ReviewLabel(
                        id: item.id, word: "fail", note: "a \"b\"\nc",
                        mark: SourceMark(file: "f", line: 2, column: 1))
                ])
        }
    }

    @Test(
        "a file that is no sheet, or a damaged one, is told with its line",
        arguments: [
            ("", "not-a-sheet", 1), ("hello\n", "not-a-sheet", 1), ("{", "bad-json", 1),
            ("{}", "not-a-sheet", 1),
            (#"{"evalrun_review": 2, "labels": []}"#, "labels-format", 1),
            (#"{"evalrun_review": 1, "labels": []}"#, "no-labels", 1),
            ("{\"evalrun_review\": 1, \"labels\": [\n{\"id\": 1}]}", "bad-label", 2),
            ("id,label\n", "not-a-sheet", 1), ("id,label\nr1,pass\nr2\n", "csv-fields", 3),
            ("id,label\nr1,pass\nr2,\"fail\n", "csv-quote", 3),
            ("id: r1\nlabel: pass\n```\nlost\n", "lost-label", 3),
            ("label: pass\n", "lost-label", 1), ("id: r1\nlabel: pass\nlabel: fail\n", "lost-label", 3),
            ("items: 2\n\nid: r1\nlabel: pass\n", "lost-label", 1),
        ])
    func damaged(text: String, id: String, line: Int) {
        let sheet = FilledSheet(Array(text.utf8), file: "f")
        #expect(sheet.diagnostics.map(\.id) == [id])
        #expect(sheet.diagnostics.first?.mark?.line == line)
    }

    @Test("a sheet says nothing of where answers come from, and its page loads nothing")
    func blind() throws {
        for format in ReviewFormat.allCases {
            let text = String(decoding: try Self.written(format), as: UTF8.self)
            #expect(!text.contains("not shown"))
        }
        let page = String(decoding: try Self.written(.html), as: UTF8.self)
        #expect(page.firstRange(of: "http:") == nil)
        #expect(page.firstRange(of: "https:") == nil)
        #expect(page.contains("default-src 'none'"))
    }

    @Test("texts can't end the page's data, which is JSON as it stands")
    func pageData() throws {
        let page = try Self.written(.html)
        let text = String(decoding: page, as: UTF8.self)
        let ends = text.utf8.split(separator: UInt8(ascii: "<")).filter { $0.starts(with: "/script".utf8) }
        #expect(ends.count == 2)
        let start = try #require(text.firstRange(of: "id=\"sheet\">")).upperBound
        let end = try #require(text[start...].firstRange(of: "</script>")).lowerBound
        let data = try JSONParser().parse(String(text[start..<end]))
        #expect(data["count"]?.integer == Self.items.count)
        let shown = try #require(data["items"]?.array)
        #expect(shown.compactMap { $0["id"]?.string } == Self.sheet.ids)
        #expect(Set(shown.compactMap { $0["answer"]?.string }) == Set(HostileTexts.all))
    }

    @Test("no cell begins a formula, and every row has all columns")
    func cells() throws {
        let text = String(decoding: try Self.written(.csv), as: UTF8.self)
        let sheet = CSVLabels(Array(text.utf8).dropFirst(3), separator: UInt8(ascii: ",")).sheet("f")
        #expect(sheet.labels.count == Self.items.count)
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", " =cmd|' /C calc'!A0", "\u{FF1D}1"] {
            let row = String(decoding: CSVSheet().item(ReviewItem(answer: formula), number: 1), as: UTF8.self)
            #expect(row.contains(",'\(formula),"), "\(row)")
        }
        for (text, cell) in [
            ("Hello\n=cmd|'/C calc'!A0", "\"Hello\n'=cmd|'/C calc'!A0\""),
            ("a;=cmd|'/C calc'!A0;b", "\"a;'=cmd|'/C calc'!A0;b\""), ("a; +1", "\"a;' +1\""),
            ("a\n\tb", "\"a\n'\tb\""), ("\t", "'\t"), ("a\r=1", "a\\r=1"), ("a\nb; c\n", "\"a\nb; c\n\""),
        ] {
            let row = String(decoding: CSVSheet().item(ReviewItem(answer: text), number: 1), as: UTF8.self)
            #expect(row.contains(",\(cell),,\r\n"), "\(row)")
        }
        let plain = String(decoding: CSVSheet().item(ReviewItem(answer: "1-1=0"), number: 1), as: UTF8.self)
        #expect(plain.contains(",1-1=0,"))
    }
}
