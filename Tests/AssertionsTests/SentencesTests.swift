import Testing

@testable import Assertions

@Suite("Sentences of a text")
struct SentencesTests {
    @Test(
        "Each sentence stands for itself, with its end",
        arguments: [
            ("", []), ("One.", ["One."]), ("One. Two? Three!", ["One.", "Two?", "Three!"]),
            (
                "It weighs 3.14 kg, e.g. now. So Dr. Smith says.",
                ["It weighs 3.14 kg, e.g. now.", "So Dr. Smith says."]
            ),
            ("no end", ["no end"]), ("Over\ntwo lines.", ["Over two lines."]),
            ("He said \"yes.\" She left.", ["He said \"yes.\"", "She left."]),
            (
                "# Title\n\n- first item\n- second one. And more",
                ["Title", "first item", "second one.", "And more"]
            ),
            ("これは文です。次の文！", ["これは文です。", "次の文！"]), ("…", []), ("Wait... What?!", ["Wait...", "What?!"]),
            ("Before.\n```\ncode. More code.\n```\nAfter.", ["Before.", "After."]),
        ])
    func sentences(text: String, expected: [String]) {
        #expect(SentenceCounter.sentences(in: text) == expected)
        #expect(SentenceCounter.count(in: text) == expected.count)
    }
}
