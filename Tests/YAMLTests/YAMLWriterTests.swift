import Diagnostics
import Testing
import YAML

@Suite struct YAMLWriterTests {
    @Test(
        "scalars are plain where no reader can mistake them",
        arguments: [
            ("hello world", "hello world"), ("a-b_c.d/e", "a-b_c.d/e"), ("gpt-5-mini", "gpt-5-mini"),
            ("http://x.y/z", "http://x.y/z"), ("👩‍👩‍👧 é", "👩‍👩‍👧 é"), ("9f2cab", "9f2cab"), ("it's", "it's"),
            ("", "\"\""), ("no", "\"no\""), ("On", "\"On\""), ("y", "\"y\""), ("NULL", "\"NULL\""),
            ("~", "\"~\""),
            ("1", "\"1\""), ("012", "\"012\""), ("1e3", "\"1e3\""), ("0x1f", "\"0x1f\""),
            ("1_000", "\"1_000\""),
            ("1:30", "\"1:30\""), ("2026-11-21", "\"2026-11-21\""),
            ("2026-11-21T10:00:00Z", "\"2026-11-21T10:00:00Z\""),
            (".inf", "\".inf\""), ("<<", "\"<<\""), ("=", "\"=\""), ("-", "\"-\""), ("- a", "\"- a\""),
            ("a: b", "\"a: b\""), ("a:", "\"a:\""), ("a #b", "\"a #b\""), ("a#b", "a#b"), (" a", "\" a\""),
            ("a ", "\"a \""), ("[x", "\"[x\""), ("{{ x }}", "\"{{ x }}\""), ("@a", "\"@a\""),
            ("a\tb", "\"a\\tb\""),
            ("say: \"x\"", "'say: \"x\"'"), ("\\d: ", "'\\d: '"), ("\"it's\"", "'\"it''s\"'"),
            ("a\u{7}\r\u{85}\u{2028}\u{FEFF}", "\"a\\x07\\r\\x85\\u2028\\uFEFF\""),
            ("---", "\"---\""), ("...", "\"...\""),
        ])
    func scalars(text: String, expected: String) {
        #expect(YAMLWriter.text(.mapping([.init("k", .string(text))])) == "k: \(expected)\n")
    }

    @Test("a document looks as one would write it")
    func document() {
        let value = YAMLOutput.mapping([
            .init("name", .string("x")), .init("empty", .list([])), .init("none", .mapping([])),
            .init(
                "exchanges",
                .list([
                    .mapping([
                        .init("for", .string("answer")), .init("count", .integer(-1)),
                        .init("t", .double(0.1)),
                        .init(
                            "usage",
                            .mapping([.init("in", .integer(41)), .init("a b", .bool(true))], flow: true)),
                        .init("content", .string("one\n  two\n\nthree")),
                        .init("more", .mapping([.init("null", .null)])),
                    ]),
                    .list([.string("\tx\n"), .list([.string("a,b")], flow: true)]),
                    .string("end\n\n"),
                ])),
            .init("last", .number("12345678901234567890")), .init("bad", .number("1 2")),
        ])
        let expected = """
            name: x
            empty: []
            none: {}
            exchanges:
              - for: answer
                count: -1
                t: 0.1
                usage: {in: 41, a b: true}
                content: |-
                  one
                    two

                  three
                more:
                  "null": null
              - - |2
                  \tx
                - ["a,b"]
              - |+
                end

            last: 12345678901234567890
            bad: "1 2"

            """
        #expect(YAMLWriter.text(value) == expected)
        #expect(same(value))
    }

    @Test(
        "what is written reads back as the same",
        arguments: [
            "", "\n", "\n\n", " ", "a\n", "a\n\n", "a\n\n\n", "\na", " a\nb", "\ta\nb", "a\n b\n", "a\n \nb",
            "a\nb ", "a \nb",
            "a\n\t\nb\n", "---\n...\n", "a\r\nb", "# x\ny", "- x\n- y\n", "%YAML\n", "a\u{2028}b\nc",
            "\u{FEFF}a\nb",
            "\u{FFFE}", "\u{1F600}\n", "\u{E000}\u{85}", "a: b\nc: d\n", "'", "\"", "\\", "'\"\\",
            "a'b: \"c\" \\", "e\u{301}\n",
            "x\n\u{A0}\ny", "\u{0}", "? a", "a ? b", "!x", "a\n  ", "  \n a", "x\n# y\n",
        ])
    func texts(text: String) {
        #expect(same(.string(text)))
        for flow in [true, false] {
            #expect(same(.list([.string(text), .string("z")], flow: flow)))
            #expect(
                same(.mapping([.init(text, .string(text)), .init("zz", .list([.string(text)]))], flow: flow)))
            #expect(
                same(
                    .list([
                        .list([.list([.string(text)])], flow: flow), .mapping([.init("q", .string(text))]),
                    ])))
        }
    }

    @Test("long keys and long text read back as the same")
    func long() {
        let text = String(repeating: "lorem ", count: 400)
        for text in [text, text + ":", "é\"\n" + text, String(text.dropLast())] {
            for flow in [true, false] {
                let inner = YAMLOutput.mapping(
                    [.init(text, .list([.string(text)])), .init("b", .null)], flow: flow)
                #expect(same(inner))
                #expect(same(.list([inner, inner])))
                #expect(same(.mapping([.init(text, inner), .init("c", .string(text))])))
            }
        }
    }

    @Test("random texts and trees read back as the same", arguments: 1...8)
    func random(seed: UInt64) {
        var generator = Generator(state: seed)
        for _ in 0..<500 {
            let value = generator.value(depth: 3)
            #expect(same(value), "\(YAMLWriter.text(value).debugDescription)")
        }
    }

    private func same(_ value: YAMLOutput) -> Bool {
        let reading = YAMLReader.parse(YAMLWriter.write(value), file: "a.yaml")
        guard reading.diagnostics.isEmpty, let root = reading.root else { return false }
        return same(value, root)
    }

    private func same(_ value: YAMLOutput, _ node: YAMLNode) -> Bool {
        switch (value, node.kind) {
        case (.list(let items, _), .sequence(let nodes)):
            return items.count == nodes.count && zip(items, nodes).allSatisfy { same($0, $1) }
        case (.mapping(let entries, _), .mapping(let nodes)):
            return entries.count == nodes.count
                && zip(entries, nodes).allSatisfy { entry, node in
                    entry.key.utf8.elementsEqual(node.keyText.utf8) && same(entry.value, node.value)
                }
        case (_, .scalar(let scalar)):
            switch (value, scalar.resolved) {
            case (.string(let text), .string): return text.utf8.elementsEqual(scalar.text.utf8)
            case (.null, .null): return true
            case (.bool(let expected), .bool(let found)): return expected == found
            case (.integer(let expected), .integer(let found)): return expected == found
            case (.number(let expected), .double(_, let found)): return expected == found
            case (.number(let expected), .bigInteger(let found)): return expected == found
            case (.number(let expected), .string): return expected == scalar.text
            default: return false
            }
        default:
            return false
        }
    }
}

/// Pseudo-random values: the same seed gives the same ones.
private struct Generator {
    var state: UInt64

    private static let pieces: [String] =
        (0..<32).map { String(Unicode.Scalar($0)) }
        + [
            "\n", "\n", "\n", "\n\n", " ", " ", "  ", "\t", "a", "b", "word", "1", "0", "-", "- ", ": ", ":",
            " #", "#", "---",
            "...", "'", "\"", "\\", "{", "}", "[", "]", ",", "&", "*", "!", "|", ">", "%", "@", "`", "?",
            "? ", "~", "no", "null",
            "\u{7F}", "\u{85}", "\u{A0}", "\u{2028}", "\u{2029}", "\u{FEFF}", "\u{FFFE}", "\u{FFFF}",
            "\u{E000}", "\u{301}", "é",
            "👩‍👩‍👧", "😀", "漢", "\u{10FFFF}", "<<", "=", "1:30", "2026-01-02", "\r", "\r\n",
        ]

    mutating func next(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % bound
    }

    mutating func text() -> String {
        let calm = next(2) == 0
        var text = ""
        for _ in 0..<next(9) { text += Self.pieces[calm ? 32 + next(40) : next(Self.pieces.count)] }
        return text
    }

    mutating func value(depth: Int) -> YAMLOutput {
        switch next(depth > 0 ? 9 : 6) {
        case 0: return .null
        case 1: return .bool(next(2) == 0)
        case 2: return .integer(Int64(next(1000)) - 500)
        case 3, 4, 5: return .string(text())
        case 6: return .list((0..<next(4)).map { _ in value(depth: depth - 1) }, flow: next(3) == 0)
        default:
            let entries = (0..<next(4)).map { YAMLOutput.Entry("\($0)" + text(), value(depth: depth - 1)) }
            return .mapping(entries, flow: next(3) == 0)
        }
    }
}
