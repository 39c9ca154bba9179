import Assertions
import Diagnostics
import Evals
import JSON
import Testing

@Suite("is-html and contains-html")
struct HTMLAssertionTests {
    @Test(
        "is-html passes",
        arguments: [
            "<div>x</div>", "<!DOCTYPE html><html><head><title>a < b</title></head><body>x</body></html>",
            "<h1>T</h1>\n<p>one<p>two", "<ul><li>a<li>b</ul>", "<dl><dt>a<dd>b</dl>", "<br>", "<hr/>",
            "<table><tr><td>1<td>2<tr><td>3</table>", "<p>a < b && c</p>", "<my-tag a=\"1\">x</my-tag>",
            "<script>if (a</b/.test(c)) { x('<div>') }</script>",
            "<svg viewBox=\"0 0 1 1\"><path d=\"M0\"/><g></g></svg>",
            "<!-- c --><p>x</p><!-- d -->", "<DIV CLASS=x>y</DIV>", "<input disabled>",
            "<textarea><b></textarea>",
            "<p>text<div>block</div>", "<select><option>a<option selected>b</select>",
            "<div><center>x</center></div>",
            "<html><body>x", "<a href=x?a=b>y</a>", "<img src='a.png' alt=''>", "<p>&nbsp;</p>",
        ])
    func isHTML(answer: String) async throws {
        let result = try await Specimen(type: "is-html", answer: answer).result()
        #expect(result.passed, "\(result.reason)")
    }

    @Test(
        "is-html fails, and says why",
        arguments: [
            ("", "empty"), ("text", "outside"), ("<div>x</div> after", "outside"),
            ("before <p>x</p>", "outside"),
            ("<div>Unclosed", "<div> is not closed"), ("<b><i>x</b></i>", "</b> stands where <i>"),
            ("<div></span></div>", "ends nothing"), ("</p>", "ends nothing"), ("<br></br>", "void"),
            ("<root><child/></root>", "<root> is no element"),
            ("<div><foo>x</foo></div>", "<foo> is no element"),
            ("<div/>", "<div/> is not closed"), ("<!-- only -->", "no element"),
            ("<!DOCTYPE html>", "no element"),
            ("<font>x</font>", "no element"), ("<?xml version=\"1.0\"?><html></html>", "XML declaration"),
            ("```html\n<p>x</p>\n```", "code fence"), ("<p>x</p><", "outside"), ("<div", "outside"),
            ("<html></html>x", "outside"), ("<script>x", "<script> is not closed"), ("&amp;", "outside"),
            ("a<b", "outside"),
        ])
    func isNotHTML(answer: String, reason: String) async throws {
        let result = try await Specimen(type: "is-html", answer: answer).result()
        #expect(!result.passed)
        #expect(result.reason.contains(reason), "\(result.reason)")
    }

    @Test(
        "contains-html judges",
        arguments: [
            ("<p>paragraph</p>", true), ("<img src=\"image.jpg\" />", true), ("<br />", true),
            ("<br/><hr/>", true),
            ("Some text with <strong>emphasis</strong> in it", true), ("<div>", true), ("line<br>line", true),
            ("<custom-element attr=\"value\">Web component</custom-element>", true), ("see `<div>`", true),
            ("<!-- comment --><span>text</span>", true), ("<!doctype HTML>", true), ("&amp; <b>", true),
            ("word<b>bold</b>", true), ("<a href=x>y", true),
            ("2 < 3 and 4 > 1", false), ("email@example.com", false), ("Math: a < b > c", false),
            ("< div >", false),
            ("Generic <example> text", false), ("if (a<b) { return c>d; }", false),
            ("The price is <$50", false),
            ("Email me at <john@example.com>", false), ("<custom>", false), ("&amp;", false),
            ("<!-- c -->", false),
            ("<root><child>x</child></root>", false), ("List<data> items", false), ("Map<a> x", false),
            ("if (x <a && b> c)", false), ("AT&T; R&D", false), ("", false), ("x <b && y> z", false),
            ("&#x41; &#65;", false), ("<b>", false),
        ])
    func contains(answer: String, passes: Bool) async throws {
        let result = try await Specimen(type: "contains-html", answer: answer).result()
        #expect(result.passed == passes, "\(result.reason)")
        #expect(
            try await Specimen(type: "contains-html", answer: answer, isNegated: true).result().passed
                != passes)
    }

    @Test(
        "hostile text is judged soon",
        arguments: [
            "<", "<div", "<!--", "<a b='", "<script>", "<title><", "</", "<div>", "&", "&#", "<a b=\"<c d='",
            "<li>",
        ])
    func hostile(piece: String) async throws {
        let answer = String(repeating: piece, count: 400_000 / piece.utf8.count)
        for type in ["is-html", "contains-html"] {
            _ = try await Specimen(type: type, answer: answer).result()
        }
    }

    @Test("Neither takes a threshold that is no score", arguments: ["is-html", "contains-html"])
    func refuse(type: String) {
        #expect(Specimen(type: type, threshold: 3).mistake()?.id == "bad-threshold")
    }
}
