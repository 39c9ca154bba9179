import Assertions
import Diagnostics
import Evals
import JSON
import Testing

@Suite("is-xml and contains-xml")
struct XMLAssertionTests {
    @Test(
        "is-xml passes",
        arguments: [
            "<root/>", "  <root/>\n", "\u{FEFF}<root/>", "\n<!-- before --><root/>",
            "<!-- before --><root/><!-- after -->", "<𐀀>astral name</𐀀>", "<!DOCTYPE root><root/>",
            "<!DOCTYPE 𐀀><𐀀/>", "<root><a>1</a></root>", "<?xml version=\"1.0\" encoding=\"UTF-8\"?><r/>",
            "<?xml version=\"1.0\"?><?xml-stylesheet href=\"s.xsl\"?><r/>", "<r><![CDATA[<p>]]></r>",
            "<r xmlns:n=\"http://e.com\"><n:c>x</n:c></r>", "<r><!-- c --><c/></r>", "<r>&amp;&#65;</r>",
            "<!DOCTYPE root SYSTEM \"weird[name].dtd\"><root/>",
            "<!DOCTYPE root PUBLIC \"-//x#y//EN\" \"a.dtd\"><root/>",
            "<?xml version=\"1.0\" standalone=\"no\"?><!DOCTYPE root SYSTEM \"e.dtd\"><root>&external;</root>",
            "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><r>é</r>",
            String(repeating: "<a>", count: 1500) + String(repeating: "</a>", count: 1500),
        ])
    func isXML(answer: String) async throws {
        let result = try await Specimen(type: "is-xml", answer: answer).result()
        #expect(result.passed, "\(result.reason)")
    }

    @Test(
        "is-xml fails",
        arguments: [
            "", " ", "text", "<a></b>", "<a><b></a></b>", "<a/><b/>", "<a/>trailing", "<a x=1/>",
            "<a x='1' x='2'/>",
            "<r><!-- bad -- comment --></r>", "<r>&undefined;</r>", "<r>\u{1}</r>", "<r>\u{0}</r>",
            "<!DOCTYPE root [<!ELEMENT root (child>]><root/>", "<!DOCTYPE root []><root/>",
            "<!-- [ --><!DOCTYPE root [ ]><root/>", "<!DOCTYPE><root/>", "<!DOCTYPE 123><root/>",
            "<!DOCTYPE root junk><root/>",
            "<!DOCTYPE root PUBLIC \"-//x//[invalid]//EN\" \"sys.dtd\"><root/>",
            "<!DOCTYPE root PUBLIC \"-//x//\tinvalid//EN\" \"sys.dtd\"><root/>",
            "<?xml version=\"1.0\" standalone=\"yes\"?><!DOCTYPE root SYSTEM \"e.dtd\"><root>&external;</root>",
            "<!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><r>&b;</r>",
            "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><r>&x;</r>", "```xml\n<a/>\n```",
            " <?xml version=\"1.0\"?><r/>", "<r", "<r a='<'/>", "<!DOCTYPE r SYSTEM \"a", "<!--", "<?xml",
        ])
    func isNotXML(answer: String) async throws {
        let result = try await Specimen(type: "is-xml", answer: answer).result()
        #expect(!result.passed)
        #expect(result.error == nil, "\(result.reason)")
        #expect(try await Specimen(type: "is-xml", answer: answer, isNegated: true).result().passed)
    }

    private static let order = """
        <order xmlns:x="http://e.com" id="7"><item><name>a</name></item><item><name>b</name><x:tag k="1"/></item></order>
        """

    @Test(
        "finds elements",
        arguments: [
            ("order", true), ("order.item", true), ("order.item.name", true), ("order.item.0.name", true),
            ("order.item.1.name", true), ("order.item.2", false), ("order.item.0.x:tag", false),
            ("order.item.1.x:tag", true), ("order.item.x:tag.@k", true), ("order.@id", true),
            ("order.@nope", false),
            ("item", false), ("order.tag", false), ("order.item.name, order.@id", true),
            ("order.item , order.nope", false), (["order.item", "order"], true), (["order", "x"], false),
            (["requiredElements": ["order.item.1"]], true), (["requiredElements": "order.item"], true),
        ] as [(JSONValue, Bool)])
    func elements(value: JSONValue, passes: Bool) async throws {
        for type in ["is-xml", "contains-xml"] {
            let result = try await Specimen(type: type, value: value, answer: Self.order).result()
            #expect(result.passed == passes, "\(type): \(result.reason)")
        }
    }

    @Test(
        "contains-xml judges",
        arguments: [
            (nil, "Some text <root><child>Content</child></root> more text", true), (nil, "plain", false),
            (["xml1", "xml2"], "<xml1>c</xml1> more <xml2>c</xml2>", true),
            (["root2.child"], "<root1>C</root1> text <root2><child/></root2>", true),
            (["root.child"], "Text <unclosed><root><child/></root>", true),
            (["root.child"], "<root><!-- </root> --><child/></root>", true),
            (["root.child"], "<root><![CDATA[</root>]]><child/></root>", true),
            (["root.child"], "<wrapper><root><child/></root></wrapper>", false),
            (["b"], "<a x=1><b/></a>", true), (["a"], "<a x=1><b/></a>", false),
            (nil, "a < b and c > d", false),
            (nil, "if (a<b) return c>d", false), (nil, "<br> <hr>", false),
            (nil, "<a>&undefined;</a>", false),
            (nil, "<!-- <a/> -->", false), (nil, "<!-- never closed <a/>", true),
            (nil, "```xml\n<a/>\n```", true),
            (nil, "<a 'x'></a>", false), (nil, "Bob <bob@example.com>", false), (nil, "<1a/>", false),
        ] as [(JSONValue?, String, Bool)])
    func contains(value: JSONValue?, answer: String, passes: Bool) async throws {
        let result = try await Specimen(type: "contains-xml", value: value, answer: answer).result()
        #expect(result.passed == passes, "\(result.reason)")
        #expect(result.error == nil)
    }

    @Test(
        "hostile text is a failure or an error, and soon",
        arguments: [
            "<a", "<!--", "<a><!--", "<![CDATA[", "<?", "<a>", "</a>", "<a x='", "<a x=\"<b y='", "<a b></a>",
        ])
    func hostile(piece: String) async throws {
        let answer = String(repeating: piece, count: 200_000 / piece.utf8.count)
        for type in ["is-xml", "contains-xml"] {
            let result = try await Specimen(type: type, value: "nothing", answer: answer).result()
            #expect(!result.passed, "\(type)")
        }
    }

    @Test("what is too deep to be read is an error, under not- as well", arguments: [false, true])
    func tooDeep(isNegated: Bool) async throws {
        let answer = String(repeating: "<a>", count: 5000) + String(repeating: "</a>", count: 5000)
        for type in ["is-xml", "contains-xml"] {
            let result = try await Specimen(type: type, answer: answer, isNegated: isNegated).result()
            #expect(result.error?.kind == .assertion, "\(type): \(result.reason)")
        }
    }

    @Test(
        "refuses",
        arguments: [
            (5, "bad-value"), ([], "empty-list"), ("", "bad-value"), ("a..b", "bad-value"),
            (["a", 5], "bad-value"),
            (["requiredElement": ["a"]], "unknown-key"), ([:], "missing-key"),
            (["requiredElements": 1], "bad-value"),
            (["requiredElements": []], "empty-list"), ("a,,b", "bad-value"), (true, "bad-value"),
        ] as [(JSONValue, String)])
    func refuse(value: JSONValue, id: String) {
        for type in ["is-xml", "contains-xml"] {
            #expect(Specimen(type: type, value: value).mistake()?.id == id)
        }
    }
}
