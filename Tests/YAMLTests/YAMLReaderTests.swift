import Diagnostics
import Testing

@testable import YAML

@Suite struct YAMLReaderTests {
    private func read(_ text: String, limits: YAMLLimits = .standard) -> YAMLReading {
        YAMLReader.parse(Array(text.utf8), file: "a.yaml", limits: limits)
    }

    /// `id@line:column` of each diagnostic.
    private func found(_ reading: YAMLReading) -> [String] {
        reading.diagnostics.map { "\($0.id)@\($0.mark?.line ?? -1):\($0.mark?.column ?? -1)" }
    }

    @Test(
        "plain scalars resolve by the core schema",
        arguments: [
            ("", YAMLCore.null), ("~", .null), ("null", .null), ("Null", .null), ("NULL", .null),
            ("nULL", .string),
            ("true", .bool(true)), ("False", .bool(false)), ("tRUE", .string),
            ("no", .string), ("on", .string), ("yes", .string), ("off", .string), ("y", .string),
            ("n", .string),
            ("012", .integer(12)), ("0", .integer(0)), ("-0", .integer(0)), ("+7", .integer(7)),
            ("-12", .integer(-12)),
            ("0o17", .integer(15)), ("0x1F", .integer(31)), ("0x", .string), ("0o8", .string),
            ("-0x1F", .string),
            ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
            ("9223372036854775808", .bigInteger("9223372036854775808")),
            ("-00018446744073709551616", .bigInteger("-18446744073709551616")),
            ("0x10000000000000000", .bigInteger("18446744073709551616")),
            ("1.5", .double(1.5, literal: "1.5")), (".5", .double(0.5, literal: ".5")),
            ("1.", .double(1, literal: "1.")), ("1.e3", .double(1000, literal: "1.e3")),
            ("-.5e-1", .double(-0.05, literal: "-.5e-1")), ("1e3", .double(1000, literal: "1e3")),
            ("+12e03", .double(12000, literal: "+12e03")),
            (".", .string), ("-", .string), ("+", .string), ("1e", .string), ("e1", .string),
            ("1_000", .string),
            ("1:30", .string), ("2026-11-21", .string), ("0b1", .string), ("1.2.3", .string),
            ("0x1G", .string),
        ])
    func plainScalars(text: String, expected: YAMLCore) {
        #expect(YAMLCore.resolve(plain: text) == expected)
    }

    @Test(
        "infinite numbers are refused",
        arguments: [".inf", "-.Inf", "+.INF", ".nan", ".NaN", ".NAN", "1e999"])
    func nonFinite(text: String) {
        #expect(found(read("a: \(text)\n")) == ["non-finite-number@1:4"])
        #expect(found(read("a: '\(text)'\n")).isEmpty)
    }

    @Test("a tree knows order, styles and places")
    func tree() throws {
        let reading = read("b: 1\na:\n  - x\n  - 'y'\nc: |\n  t\n  u\n\"k\": {z: ~}\n")
        #expect(reading.diagnostics.isEmpty)
        let root = try #require(reading.root)
        #expect(root.entries?.map(\.keyText) == ["b", "a", "c", "k"])
        #expect(root["b"]?.scalar?.resolved == .integer(1))
        #expect(root["a"]?.items?[1].scalar?.style == .singleQuoted)
        #expect(root["a"]?.items?[1].mark == SourceMark(file: "a.yaml", line: 4, column: 5))
        #expect(root["c"]?.scalar?.text == "t\nu\n")
        #expect(root["k"]?["z"]?.isNull == true)
        #expect(root.entries?[3].keyMark.line == 8)
    }

    @Test("an empty file is a null", arguments: ["", "\n", "# only a comment\n", "\u{FEFF}"])
    func empty(text: String) {
        let reading = read(text)
        #expect(reading.diagnostics.isEmpty)
        #expect(reading.root?.isNull == true)
    }

    @Test("merges: explicit keys win, then earlier mappings, at the place of the merge")
    func merges() throws {
        let reading = read(
            """
            x: &x {a: 1, b: 2}
            y: &y {b: 3, c: 4}
            z:
              first: 0
              <<: [*x, *y]
              a: 9
            q: {'<<': 1}
            w: {<<: *y}
            """)
        #expect(reading.diagnostics.isEmpty)
        let z = try #require(reading.root?["z"]?.entries)
        #expect(z.map(\.keyText) == ["first", "b", "c", "a"])
        #expect(z.map(\.value.scalar?.text) == ["0", "2", "4", "9"])
        #expect(reading.root?["q"]?["<<"] != nil)
        #expect(reading.root?["w"]?["c"]?.scalar?.text == "4")
    }

    @Test(
        "mistakes are found at their place",
        arguments: [
            ("a: 1\nb: 2\na: 3\n", ["duplicate-key@3:1"]),
            ("a: {b: 1, b: 2}\nc: 1\nc: 2\n", ["duplicate-key@1:11", "duplicate-key@3:1"]),
            ("a: *x\n", ["undefined-alias@1:4"]),
            ("a: &x [1, *x]\n", ["alias-cycle@1:11"]),
            ("a: 1\n---\nb: 2\n", ["multiple-documents@2:1"]),
            ("a: !mine 1\n", ["yaml-tag@1:4"]),
            ("a: !!int x\n", ["yaml-tag@1:4"]),
            ("a: !!binary x\n", ["yaml-tag@1:4"]),
            ("<<: 1\n", ["yaml-merge@1:1"]),
            ("? [a]\n: 1\n", ["non-scalar-key@1:3"]),
            ("a:\n\tb: 1\n", ["yaml-tab@2:1"]),
            ("a:\n  - x\n \t- y\n", ["yaml-tab@3:2"]),
            ("a: \"x\n", ["yaml-syntax@1:6"]),
            ("a: [1, 2\nb: 1\n", ["yaml-syntax@2:2"]),
            ("a: b\u{0}c\n", ["control-character@1:5"]),
            ("é: \u{7}\nb: \u{80}\n", ["control-character@1:4", "control-character@2:4"]),
            ("a: 1\n b: 2\n", ["yaml-syntax@2:3"]),
            ("a: 'it''s' x\n", ["yaml-syntax@1:4"]),
            ("a: & x\n", ["yaml-syntax@1:4"]),
            ("a: &x foo\n", ["yaml-unused-anchor@1:4"]),
            ("a: ! foo\n", ["yaml-bare-tag@1:4"]),
            ("a: !!str 1\nb: !!null ''\nc: !!seq [1]\nd: !!float 1\n", []),
            ("a: \"\\x00\\u2028\"\n", []),
        ])
    func mistakes(text: String, expected: [String]) {
        #expect(found(read(text)) == expected)
    }

    @Test("text that is not UTF-8 is found by line")
    func notUTF8() {
        let bytes: [([UInt8], String)] = [
            ([0x61, 0x0A, 0x62, 0xFF], "not-utf8@2:2"), ([0xC0, 0x80], "not-utf8@1:1"),
            ([0xED, 0xA0, 0x80], "not-utf8@1:1"), ([0xFE, 0xFF, 0, 0x61], "not-utf8@1:1"),
            ([0xFF, 0xFE, 0x61, 0], "not-utf8@1:1"), ([0xE2, 0x82], "not-utf8@1:1"),
        ]
        for (bytes, expected) in bytes {
            #expect(found(YAMLReader.parse(bytes, file: "a.yaml")) == [expected])
        }
    }

    @Test("a line separator of YAML 1.1 is an ordinary character")
    func foreignBreaks() {
        let reading = read("a: |\n  one\u{2028}two\u{85}three\u{E000}\nb: x\u{2029}y\nb: 1\n")
        #expect(found(reading) == ["duplicate-key@4:1"])
        #expect(reading.root?["a"]?.scalar?.text == "one\u{2028}two\u{85}three\u{E000}\n")
        #expect(reading.root?["b"]?.scalar?.text == "x\u{2029}y")
    }

    @Test("keys that look alike but differ in bytes are two keys")
    func exactKeys() {
        #expect(found(read("\u{E9}: 1\ne\u{301}: 2\n")).isEmpty)
    }

    @Test("hostile input ends in a diagnostic")
    func hostile() {
        var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            bomb += "a\(level): &a\(level) [" + String(repeating: "*a\(level - 1), ", count: 10) + "]\n"
        }
        #expect(found(read(bomb)).first?.hasPrefix("yaml-too-large@") == true)
        let deep = read(String(repeating: "[", count: 5000))
        #expect(found(deep) == ["yaml-too-deep@1:1001"])
        #expect(deep.root == nil)
        #expect(found(read(String(repeating: "- ", count: 5000))) == ["yaml-too-deep@1:2001"])
        let nested = String(repeating: "[", count: 1000) + String(repeating: "]", count: 1000)
        #expect(found(read(nested)).isEmpty)
        let aliased =
            "a: &a " + String(repeating: "[", count: 600) + String(repeating: "]", count: 600) + "\nb: "
            + String(repeating: "[", count: 600) + "*a" + String(repeating: "]", count: 600)
        #expect(found(read(aliased)) == ["yaml-too-deep@2:604"])
        let text = "a: &a \"" + String(repeating: "x", count: 1000) + "\"\nb: [*a, *a, *a]\n"
        #expect(found(read(text, limits: YAMLLimits(textBytes: 2500))) == ["yaml-too-large@2:9"])
        #expect(found(read(text, limits: YAMLLimits(bytes: 100))) == ["file-too-large@0:0"])
        let merges = "a: &a {b: 1, c: 2}\n" + (0..<50).map { "d\($0): {<<: *a}\n" }.joined()
        #expect(
            found(read(merges, limits: YAMLLimits(nodes: 100))).first?.hasPrefix("yaml-too-large") == true)
        let duplicates = String(repeating: "a: 1\n", count: 5000)
        #expect(found(read(duplicates)).count == 200)
    }

    @Test("broken bytes never crash the reader")
    func noise() {
        var state: UInt64 = 7
        let alphabet = Array("ab:-?[]{},#&*!|>'\"%@` \n\n\t  {{}}<<~0.1é\u{2028}".utf8)
        for _ in 0..<3000 {
            var bytes: [UInt8] = []
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            for _ in 0..<Int(state >> 58) {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                bytes.append(alphabet[Int(state >> 33) % alphabet.count])
            }
            let reading = YAMLReader.parse(bytes, file: "a")
            #expect(reading.root != nil || reading.diagnostics.contains { $0.severity == .error })
        }
    }
}
