import Testing

@testable import Patterns

@Suite("Pattern")
struct PatternTests {
    @Test(
        "matches what JavaScript matches",
        arguments: [
            ("a+b", "xaab", "aab"), ("/REFUND/i", "a refund", "refund"), ("/a.b/s", "a\nb", "a\nb"),
            ("/^b$/m", "a\nb\nc", "b"), ("/^b$/m", "a\r\nb\r\nc", "b"), (#"/a\/b/i"#, "A/b", "A/b"),
            ("(?i)as an ai", "As an AI, I", "As an AI"), ("a(?i)b", "aB", "aB"), ("(?s)a.b", "a\nb", "a\nb"),
            (#"\u0041\u{42}"#, "AB", "AB"), (#"\uD83D\uDE00"#, "😀", "😀"), ("[😀-😂]", "x😁", "😁"),
            (#"\x41\cJ\0"#, "A\n\0", "A\n\0"), ("a[^]b", "a\nb", "a\nb"), (#"a[\s\S]b"#, "a\nb", "a\nb"),
            (#"\s"#, "a\u{A0}b", "\u{A0}"), (#"[\S]"#, "\u{2003}é", "é"), (#"\S"#, "\u{FEFF}é", "é"),
            (#"[\w.-]+@[\w-.]+"#, "to a-b@c-d.e", "a-b@c-d.e"), (#"\v"#, "\n\u{B}", "\u{B}"),
            ("a{,3}", "aaa a{,3}", "a{,3}"), ("{x}", "{x}", "{x}"), ("x{2,}", "xxxx", "xxxx"),
            (#"\p{Letter}+"#, "1éa", "éa"), (#"\p{Script=Greek}"#, "aλ", "λ"), (#"[\p{Lu}\d]+"#, "aÉ1", "É1"),
            (#"(a)|b\1c"#, "bc", "bc"), ("é", "É é", "é"), ("/É/iu", "é", "é"), ("", "abc", ""),
            ("a|", "b", ""),
            (#"(?<y>\d{4})-\k<y>"#, "2020-2020", "2020-2020"), ("(?<=a)b", "ab", "b"),
            ("(?x) a # c [\n b", "ab", "ab"),
            ("[[:alpha:]]+", "12ab", "ab"), (#"\Qa.b\E+"#, "a.bb", "a.bb"), (#"\x{1F600}"#, "😀", "😀"),
            ("a++b", "aab", "aab"),
            (".*", "a\rb", "a"), ("[[a]", "[", "["), (#"[\]]"#, "]", "]"), (#"[\b]"#, "\u{8}", "\u{8}"),
            ("/api/", "/api/v", "/api/"),
            (#"\sx"#, "\r\nx", "\nx"), ("[^a]x", "\r\nx", "\nx"), ("/usr/bin/i", "/usr/bin/i", "/usr/bin/i"),
        ])
    func matching(pattern: String, text: String, expected: String) throws {
        let match = try Pattern(pattern).firstMatch(in: text)
        #expect(match?.text == expected)
        let interpreted = try Pattern(
            pattern, options: [], dialect: .standard, budget: PatternBudget(), compiled: false)
        #expect(try interpreted.firstMatch(in: text) == match)
    }

    @Test(
        "does not match what JavaScript does not match",
        arguments: [
            ("a$", "a\n"), (#"\d"#, "٣"), (#"\w"#, "é"), (#"^\bé"#, "é"), ("a.b", "a\nb"), ("a.b", "a\rb"),
            ("^b", "a\nb"), ("[]", "a"),
            ("REFUND", "refund"), ("/b/y", "ab"), (#"\S"#, "\u{A0}\u{FEFF}\u{2028}"),
            (#"[\S]"#, "\u{A0} \u{3000}"), ("a", ""),
            ("/x/", "x"), (#"\s"#, "\u{200B}\u{180E}\u{85}"),
        ])
    func notMatching(pattern: String, text: String) throws {
        #expect(try Pattern(pattern).matches(text) == false)
    }

    @Test(
        "refuses what is no pattern and tells where",
        arguments: [
            ("a(b", 3), ("a)", 1), ("[a", 0), ("*a", 0), ("a**", 2), (#"a\"#, 1), (#"ab\u12"#, 2),
            (#"\u{110000}"#, 0),
            (#"\u{FFFFFFFFFFFF}"#, 0), (#"\uD800"#, 0), (#"\C"#, 0), (#"a\Gb"#, 1), ("(*LIMIT_MATCH=1)a", 0),
            ("é(*ACCEPT)", 1), ("[z-a]", 1), (#"\y"#, 0), ("/a(/i", 3), ("(?C1)a", 0), (#"\p{Nope}"#, nil),
            (#"\p{"#, 0),
            ("(?<n>a)(?<n>b)", nil), (#"\xg"#, 0), ("a{2}{3", nil), (#"\s\s\s(?<"#, nil), ("[\\", 1),
        ] as [(String, Int?)])
    func mistakes(pattern: String, offset: Int?) {
        do {
            _ = try Pattern(pattern)
            // A brace that is no quantifier is a plain one.
            #expect(pattern == "a{2}{3")
        } catch {
            #expect(error.kind == .syntax)
            #expect(error.source == pattern)
            #expect(!error.message.isEmpty)
            if let offset { #expect(error.offset == offset, "\(error)") }
            #expect((0...pattern.unicodeScalars.count).contains(error.offset ?? 0))
        }
    }

    @Test(
        "keeps to ECMA-262 where a schema asks for it",
        arguments: [
            (#"\a"#, false), (#"\Z"#, false), (#"\A"#, false), (#"\cA"#, true), (#"\-"#, true),
            (#"\/"#, true), (#"a++"#, false), ("(?>a)", false),
            (#"^\S(|(.|\n)*\S)\Z"#, false), (#"^[\w\-]+$"#, true), (#"\p{Letter}cole"#, true),
            (#"\pL"#, false), (#"\x{41}"#, false), ("(?P<a>b)", false),
            ("(?<a>b)", true), ("(?:a)(?=b)(?!c)(?<=a)(?<!b)", true), (#"\01"#, false), (#"[\1]"#, false),
            ("(?i:a)", true), ("(?x:a)", false),
            ("a{2}+", false), (#"\Qa"#, false), ("(?#a)", false),
        ])
    func ecma(pattern: String, isValid: Bool) {
        let pattern = try? Pattern(pattern, dialect: .ecma262)
        #expect((pattern != nil) == isValid)
    }

    @Test("gives groups by number and name, with places in UTF-8 bytes")
    func captures() throws {
        let match = try #require(try Pattern(#"(?<who>\w+)(,)? é (x)"#).firstMatch(in: "éé bob é x"))
        #expect(match.range == 5..<13)
        #expect(match.groups.map { $0?.text } == ["bob", nil, "x"])
        #expect(match.groups[0]?.range == 5..<8)
        #expect(match.named == ["who": "bob"])
        #expect(match.group(0) == "bob é x")
        #expect(match.group(2) == nil)
        #expect(match.group(9) == nil)
    }

    @Test(
        "replaces every match",
        arguments: [
            ("a", "banana", "b-n-n-"), ("x*", "aé", "-a-é-"), ("é", "éaé", "-a-"), ("z", "abc", "abc"),
            ("^", "a\nb", "-a\nb"),
            ("/^/m", "a\nb", "-a\n-b"), ("", "", "-"), ("a+", "aaa", "-"), (#"(?=b)"#, "ab", "a-b"),
        ])
    func replacing(pattern: String, text: String, expected: String) throws {
        #expect(try Pattern(pattern).replacing(in: text, with: "-") == expected)
    }

    @Test("finds all matches up to a limit")
    func allMatches() throws {
        let pattern = try Pattern("[a-z]")
        #expect(try pattern.allMatches(in: "a1b2c").map(\.text) == ["a", "b", "c"])
        #expect(try pattern.allMatches(in: "a1b2c", limit: 2).count == 2)
    }

    @Test("refuses a pattern that is too long or too deep without a crash")
    func hugePatterns() {
        for pattern in [
            String(repeating: "a", count: 40_000), String(repeating: "(", count: 30_000),
            String(repeating: "(", count: 10_000) + String(repeating: ")", count: 10_000),
            String(repeating: "(a{1,1000}", count: 20) + String(repeating: "){1,1000}", count: 20),
            String(repeating: "[", count: 30_000), String(repeating: "\\", count: 29_999),
        ] {
            #expect(throws: PatternError.self) { try Pattern(pattern) }
        }
    }

    @Test("is used by many tasks at once")
    func concurrency() async throws {
        let pattern = try Pattern(#"(\d+)-(\w+)"#)
        let texts = try await withThrowingTaskGroup(of: String?.self) { group in
            for number in 0..<200 {
                group.addTask { try pattern.firstMatch(in: "x \(number)-abc")?.group(1) }
            }
            return try await group.reduce(into: Set<String>()) { if let text = $1 { $0.insert(text) } }
        }
        #expect(texts.count == 200)
    }
}
