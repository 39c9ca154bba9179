import Diagnostics
import Evals
import JSON
import Testing

@testable import Assertions

@Suite("Assertions on length and form")
struct FormAssertionTests {
    @Test(
        "sentences are counted",
        arguments: [
            ("", 0), (" \n\n ", 0), ("...", 0), ("Hello", 1), ("Hello.", 1), ("Hello. World.", 2),
            ("Hello! How are you? Fine.", 3), ("What?! No way!!!", 2), ("Pi is 3.14 or so.", 1),
            ("See example.com/a.html for more. Bye.", 2), ("Use e.g. Apples, i.e. fruit.", 1),
            ("Dr. Smith met J. Doe at approx. 5 p.m. yesterday.", 1),
            ("It is no. 5. Is it? No. It is not.", 4),
            ("Das gilt z. B. Montags, d. h. nie. Ende.", 2),
            ("He said \"Stop!\" and left. \"Why?\" she asked.", 2),
            ("(It works.) Next.", 2), ("Wait... what?", 1), ("Well… No.", 2),
            ("您好。包裹明天到达！谢谢？", 3), ("こんにちは。元気ですか？", 2),
            ("A line\nthat goes on.\n\nAnother paragraph", 2),
            ("# Title\nText here.\n- one\n- two. Three.", 5),
            ("1. First\n2. Second", 2), ("Look:\n```\na. B. C.\n```\nDone.", 2), ("a\r\n\r\nb", 2),
            ("**Bold.** Then this.", 2), ("I am I. You are you.", 2),
        ])
    func sentences(text: String, count: Int) { #expect(SentenceCounter.count(in: text) == count) }

    @Test(
        "pass",
        arguments: [
            Specimen(type: "sentence-count", value: ["max": 2], answer: "One. Two."),
            Specimen(type: "max-length", value: 3, answer: "a😀b"),
            Specimen(type: "max-length", value: "3", answer: ""),
            Specimen(type: "no-markdown", options: ["allow": "link"], answer: "[a](https://b.example)"),
            Specimen(
                type: "language", value: "German", answer: "Vielen Dank für Ihre Nachricht, das Paket kommt."),
            Specimen(type: "language", value: ["fr", "en"], answer: "Your parcel is on its way to you."),
            Specimen(
                type: "language", value: "de",
                answer:
                    "Das ist der Befehl für Ihr Programm:\n```\nreturn the first element of the list\n```\n"),
        ])
    func pass(specimen: Specimen) async throws {
        let result = try await specimen.result()
        #expect(result.passed && result.error == nil, "\(result.reason)")
    }

    @Test(
        "fail",
        arguments: [
            (Specimen(type: "sentence-count", value: 1, answer: "One. Two."), "2 sentences"),
            (Specimen(type: "max-length", value: 3, answer: "abcd"), "4 characters, more than 3"),
            (
                Specimen(type: "language", value: "de", answer: "Your parcel is on its way to you."),
                "English 100 %"
            ),
            (Specimen(type: "language", value: "de", answer: " 42 "), "no letters"),
        ])
    func fail(specimen: Specimen, reason: String) async throws {
        let result = try await specimen.result()
        #expect(!result.passed && result.error == nil)
        #expect(result.reason.contains(reason), "\(result.reason)")
    }

    @Test(
        "a language that can't be told is an error, under not- as well",
        arguments: ["Ja", "xqzvk wrtpl zzkqj vvxqp wq"])
    func untold(answer: String) async throws {
        for isNegated in [false, true] {
            let result = try await Specimen(
                type: "language", value: "de", answer: answer, isNegated: isNegated
            ).result()
            #expect(!result.passed)
            #expect(result.error?.kind == .assertion)
        }
    }

    @Test(
        "are refused with a diagnostic",
        arguments: [
            (Specimen(type: "sentence-count", value: "many"), "bad-value"),
            (Specimen(type: "max-length", value: -1), "bad-value"),
            (Specimen(type: "max-length", value: 1.5), "bad-value"),
            (Specimen(type: "max-length", value: ["max": 1]), "bad-value"),
            (Specimen(type: "no-markdown", options: ["allow": "links"]), "bad-value"),
            (Specimen(type: "no-markdown", options: ["allow": []]), "bad-value"),
            (Specimen(type: "language", value: "Germn"), "unknown-language"),
            (Specimen(type: "language", value: "en-US"), "unknown-language"),
            (Specimen(type: "language", value: false), "unknown-language"),
            (Specimen(type: "language", value: []), "empty-list"),
            (Specimen(type: "language"), "missing-value"),
        ])
    func refused(specimen: Specimen, id: String) throws {
        let mistake = try #require(specimen.mistake())
        #expect(mistake.id == id)
        #expect(mistake.hint != nil)
    }

    @Test(
        "Markdown is found",
        arguments: [
            ("# Title", "heading"), ("   ###### Six", "heading"), ("Title\n=====", "heading"),
            ("This is **bold** text", "emphasis"), ("*soft*", "emphasis"), ("a __strong__ word", "emphasis"),
            ("an _emphasized_ word", "emphasis"), ("***both***", "emphasis"), ("~~gone~~", "emphasis"),
            ("这是**重要**的", "emphasis"), ("**two\nlines**", "emphasis"), ("(**x**)", "emphasis"),
            ("- one", "list"), ("text\n  * two", "list"), ("+ three", "list"), ("- [ ] task", "list"),
            ("1. one\n2. two", "numbered-list"), ("3) a\n\n   more\n\n4) b", "numbered-list"),
            ("a | b\n--|--\n1 | 2", "table"), ("| a |\n|:-:|\n| 1 |", "table"),
            ("see [the page](https://a.example/b)", "link"), ("[a](b.md \"Title\")", "link"),
            ("[1]: https://a.example", "link"), ("![cat](cat.png)", "image"),
            ("```\ncode", "code-block"), ("~~~ swift\nx\n~~~", "code-block"),
            ("run `ls -l` now", "inline-code"),
            ("``a`b``", "inline-code"), ("> quoted", "quote"), ("a\n\n---\n\nb", "rule"), ("* * *", "rule"),
        ])
    func markdown(text: String, kind: String) async throws {
        #expect(
            MarkdownScan.finds(in: text).map(\.kind.rawValue).contains(kind),
            "\(MarkdownScan.finds(in: text))")
        let result = try await Specimen(type: "no-markdown", answer: text).result()
        #expect(!result.passed)
        #expect(result.reason.contains("line "))
    }

    @Test(
        "Markdown is not seen in plain text",
        arguments: [
            "", "2 * 3 = 6 and 4*5*6 is 120", "a ** b and x**2 + y**2", "snake_case and other_snake_name",
            "call __init here", "1. is the first rule", "On 1. May and 2. June", "2026. A good year",
            "#hashtag and C# code",
            "issue #5", "price* is net\n\n(*) plus tax", "* ", "5 > 3 and 2 < 4", "a[0](x) and f[i](j)",
            "see [1] and [2]",
            "see [1](p. 5)", "don't `quote", "`typewriters' and `quotes'", "a | b | c", "-5 degrees",
            "--- not alone",
            "email_first_last@example.com", "~5 minutes, ~10 meters", "*Note the star", "\\*not soft\\*",
            "---", "-- \nJohn",
            "I give it 5 stars *****", "Tel.: 030/12345", "A - B - C", "1. one\n\nParagraph\n\n2. is later",
            "https://a.example/_x_y",
        ])
    func plain(text: String) async throws {
        let finds = MarkdownScan.finds(in: text).filter { text != "---" || $0.kind != .rule }
        #expect(finds.isEmpty, "\(finds)")
    }
}
