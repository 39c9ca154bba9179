import Testing
import XML

@Suite("XMLDocumentWriter")
struct XMLDocumentWriterTests {
    @Test("writes a document with two-space indentation")
    func document() throws {
        let text = try XMLDocumentWriter.string { (writer) throws(XMLWriteError) in
            try writer.startElement("testsuites")
            try writer.attribute("name", #"a "b" <c> & é"#)
            try writer.startElement("testcase")
            try writer.attribute("message", "1\n2\t3\r4")
            try writer.startElement("failure")
            try writer.text("a < b && c > d ]]> \"q\"\r\n\u{1B}[31mred\u{1B}[0m\u{0}")
            try writer.endElement()
            try writer.startElement("skipped")
            try writer.endElement()
        }
        #expect(
            text == """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites name="a &quot;b&quot; &lt;c&gt; &amp; é">
                  <testcase message="1&#10;2&#9;3&#13;4">
                    <failure>a &lt; b &amp;&amp; c &gt; d ]]&gt; "q"&#13;
                red\\u{0}</failure>
                    <skipped/>
                  </testcase>
                </testsuites>

                """)
        #expect(XMLChecker.check(text).isEmpty)
    }

    @Test(
        "is well-formed whatever the text",
        arguments: [
            "", "]]>", "<![CDATA[", "<!-- -- -->", "<?xml?>", "&lt;&#0;&", "\"'<>&",
            "\0\u{1B}\u{FFFE}\u{FFFF}", "😀\u{10FFFF}\u{7F}\u{85}\u{2028}", "\r\n\t",
            String(repeating: "é€😀", count: 50_000), String(repeating: "&\"\n", count: 30_000),
            "\u{202E}\u{FEFF}", "e\u{301}",
        ])
    func hostile(text: String) throws {
        let document = try XMLDocumentWriter.string { (writer) throws(XMLWriteError) in
            try writer.startElement("r")
            try writer.attribute("a", text)
            try writer.text(text)
            try writer.startElement("c")
            try writer.text(text)
            try writer.text(text)
        }
        #expect(XMLChecker.check(document) == [])
    }

    @Test(
        "refuses names that XML does not allow",
        arguments: [
            "", " ", "1a", "a b", "a\0b", "<a", "a>", "a=\"", "-a", "\u{1B}",
            String(repeating: "a", count: 2000),
        ])
    func badNames(name: String) throws {
        let writer = try XMLDocumentWriter { _ in }
        #expect(throws: XMLWriteError.self) { try writer.startElement(name) }
        try writer.startElement("a:é-1.x")
        #expect(throws: XMLWriteError.self) { try writer.attribute(name, "") }
    }

    @Test("refuses calls that do not fit the state of the document")
    func misplaced() throws {
        let writer = try XMLDocumentWriter { _ in }
        #expect(throws: XMLWriteError.self) { try writer.text("x") }
        #expect(throws: XMLWriteError.self) { try writer.endElement() }
        #expect(throws: XMLWriteError.self) { try writer.end() }
        #expect(throws: XMLWriteError.self) { try writer.attribute("a", "") }
        try writer.startElement("r")
        try writer.attribute("a", "")
        #expect(throws: XMLWriteError.self) { try writer.attribute("a", "") }
        try writer.text("x")
        #expect(throws: XMLWriteError.self) { try writer.attribute("b", "") }
        try writer.endElement()
        #expect(throws: XMLWriteError.self) { try writer.startElement("second") }
        #expect(throws: XMLWriteError.self) { try writer.text("x") }
        try writer.end()
        try writer.end()
        #expect(throws: XMLWriteError.self) { try writer.startElement("late") }
    }

    @Test("hands the document over in chunks")
    func chunks() throws {
        var largest = 0
        var total = 0
        let writer = try XMLDocumentWriter {
            largest = max(largest, $0.count)
            total += $0.count
        }
        try writer.startElement("r")
        for _ in 0..<2_000 {
            try writer.startElement("c")
            try writer.text(String(repeating: "x", count: 1_000))
            try writer.endElement()
        }
        let before = total
        try writer.text(String(repeating: "y", count: 3_000_000))
        try writer.end()
        #expect(before > 1_900_000)
        #expect(total > 5_000_000)
        #expect(largest < 200_000)
    }

    @Test("tells when the bytes cannot be stored, and writes no more")
    func failingOutput() throws {
        struct Full: Error {}
        var calls = 0
        let writer = try XMLDocumentWriter { _ in
            calls += 1
            throw Full()
        }
        try writer.startElement("r")
        let error = #expect(throws: XMLWriteError.self) {
            for _ in 0..<100 { try writer.text(String(repeating: "x", count: 1_000)) }
        }
        guard case .output(let cause)? = error else {
            return #expect(Bool(false), "\(String(describing: error))")
        }
        #expect(cause is Full)
        #expect(throws: XMLWriteError.self) { try writer.end() }
        #expect(calls == 1)
    }

    @Test("writes nothing after it was given up")
    func abandoned() throws {
        var bytes = 0
        do {
            let writer = try XMLDocumentWriter { bytes += $0.count }
            try writer.startElement("r")
            try writer.text("x")
        }
        #expect(bytes == 0)
    }
}
