import Testing
import XML

@Suite("XMLText")
struct XMLTextTests {
    @Test(
        "makes text legal",
        arguments: [
            ("plain é 😀\t\r\n", "plain é 😀\t\r\n"), ("\u{1B}[31mred\u{1B}[0m", "red"),
            ("a\u{1B}[1;38;5;9mb", "ab"), ("\u{1B}]0;title\u{7}x", "x"),
            ("\u{1B}]8;;http://a\u{1B}\\link\u{1B}]8;;\u{1B}\\", "link"), ("\u{1B}(Bx", "x"),
            ("\u{1B}Mx", "x"), ("\u{1B}Pq\u{1B}\\x", "x"),
            ("\u{1B}", #"\u{1b}"#), ("a\u{1B}[", #"a\u{1b}["#), ("\u{1B}[31\nx", "\\u{1b}[31\nx"),
            ("\u{1B}]never closed", #"\u{1b}]never closed"#),
            ("\u{1B}]two\nlines\u{7}", "\\u{1b}]two\nlines\\u{7}"),
            ("\0\u{1}\u{8}\u{B}\u{C}\u{1F}", #"\u{0}\u{1}\u{8}\u{b}\u{c}\u{1f}"#),
            ("\u{FFFE}x\u{FFFF}", #"\u{fffe}x\u{ffff}"#),
            ("\u{7F}\u{85}\u{FFFD}\u{1FFFE}", "\u{7F}\u{85}\u{FFFD}\u{1FFFE}"),
            ("\u{1B}\u{1B}[0m", #"\u{1b}"#), ("\u{1B}é", "\\u{1b}é"), ("", ""),
            ("\u{FFBE}\u{FFBF}", "\u{FFBE}\u{FFBF}"), ("\r\n\u{1}", "\r\n\\u{1}"),
        ])
    func legal(text: String, expected: String) {
        #expect(XMLText.legal(text) == expected)
        #expect(XMLText.legal(expected) == expected)
        #expect(XMLText.legal(text).unicodeScalars.allSatisfy { XMLText.isLegal($0) })
    }

    @Test("takes linear time for escapes that never end")
    func unclosed() {
        let text = String(repeating: "\u{1B}]", count: 20_000)
        #expect(XMLText.legal(text) == String(repeating: #"\u{1b}]"#, count: 20_000))
    }
}
