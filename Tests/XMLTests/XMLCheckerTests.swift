import Testing
import XML

@Suite("XMLChecker")
struct XMLCheckerTests {
    @Test(
        "accepts well-formed documents",
        arguments: [
            "<a/>",
            "<?xml version=\"1.0\"?>\n<a b='c'>é &amp; &#233;<b/><![CDATA[<]]><!-- c --><?p i?></a>\n",
            "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>é</a>",
            "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>",
            "<!DOCTYPE a SYSTEM 'http://example.invalid/a.dtd'><a/>", "<p:a/>", "\u{FEFF}<a/>",
            "<a>" + String(repeating: "<b>t</b>", count: 20_000) + "</a>",
        ])
    func wellFormed(text: String) { #expect(XMLChecker.check(text) == []) }

    @Test(
        "tells what is wrong and where",
        arguments: [
            ("", 0), ("  ", 1), ("plain", 1), ("<a>", 1), ("<a></b>", 1), ("<a>\n<b></a>", 2),
            ("<a/><b/>", 1), ("<a b=c/>", 1), ("<a b='1' b='2'/>", 1),
            ("<a>&nope;</a>", 1), ("<a>\n\n&</a>", 3), ("<a>\u{1}</a>", 1), ("<a>&#27;</a>", 1),
            ("<a>\u{FFFF}</a>", 1), ("<a>]]></a>", 1), ("<a/>trailing", 1),
            ("<a>x\n\0</a>", 2), ("<a b='<'/>", 1), ("<a><!-- -- --></a>", 1), ("<1/>", 1),
            ("```xml\n<a/>\n```", 1),
        ])
    func malformed(text: String, line: Int) throws {
        let problems = XMLChecker.check(text)
        let first = try #require(problems.first)
        if line > 0 { #expect(first.line == line, "\(first)") }
        #expect(!first.message.isEmpty)
        #expect(first.message.last != "." && first.message.last != "\n")
        #expect(problems.count <= XMLChecker.maximumProblems)
    }

    @Test("survives hostile documents")
    func hostile() {
        let deep = String(repeating: "<a>", count: 100_000)
        #expect(!XMLChecker.check(deep).isEmpty)
        #expect(!XMLChecker.check(deep + String(repeating: "</a>", count: 100_000)).isEmpty)
        // An entity that would expand to 10^9 characters: refused or not expanded, and in no case grown.
        var bomb = "<!DOCTYPE a [<!ENTITY e0 '0123456789'>"
        for level in 1...9 {
            bomb += "<!ENTITY e\(level) '" + String(repeating: "&e\(level - 1);", count: 10) + "'>"
        }
        _ = XMLChecker.check(bomb + "]><a>&e9;</a>")
        _ = XMLChecker.check(bomb + "]><a b='&e9;'/>")
        #expect(!XMLChecker.check("<!DOCTYPE a [<!ENTITY x '&y;'><!ENTITY y '&x;'>]><a>&x;</a>").isEmpty)
        _ = XMLChecker.check("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>")
        _ = XMLChecker.check("<!DOCTYPE a [<!ENTITY % x SYSTEM 'http://example.invalid/x'> %x;]><a/>")
        #expect(!XMLChecker.check(String(repeating: "<!DOCTYPE a [", count: 10_000)).isEmpty)
        #expect(
            !XMLChecker.check("<!DOCTYPE a [<!ELEMENT a " + String(repeating: "(", count: 100_000)).isEmpty)
        #expect(!XMLChecker.check("<a " + String(repeating: "x='1' ", count: 10_000) + "/>").isEmpty)
    }
}
