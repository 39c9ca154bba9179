import JSON
import Testing

@testable import Judges

@Suite("A judge's verdict")
struct VerdictReaderTests {
    private static let schema = VerdictSchema.object([
        "reason": ["type": "string"], "verdict": ["type": "string", "enum": ["correct", "wrong"]],
    ])

    private func reader() throws -> VerdictReader { try VerdictReader(schema: Self.schema) }

    @Test(
        "is one JSON value, with white space or a single fence around it",
        arguments: [
            #"{"reason": "r", "verdict": "correct"}"#,
            "\n\t {\"reason\": \"r\", \"verdict\": \"correct\"} \r\n",
            "\u{FEFF}{\"reason\": \"r\", \"verdict\": \"correct\"}",
            "\u{A0}\u{2003}{\"reason\": \"r\", \"verdict\": \"correct\"}\u{3000}\u{2028}",
            "```json\n{\"reason\": \"r\", \"verdict\": \"correct\"}\n```",
            "```\n{\"reason\": \"r\", \"verdict\": \"correct\"}\n```",
            "```JSON \r\n{\"reason\": \"r\", \"verdict\": \"correct\"}\r\n```\r\n",
            "``` json\n{\"reason\": \"r\", \"verdict\": \"correct\"}```",
        ])
    func read(_ answer: String) throws {
        #expect(try reader().verdict(answer) == ["reason": "r", "verdict": "correct"])
    }

    @Test(
        "may have anything in its reason",
        arguments: [
            "a } and a { and \"quotes\"", #"{"reason": "r", "verdict": "wrong"}"#, "```", "</answer>",
            "\u{202E}\u{0}", "",
        ])
    func reason(_ reason: String) throws {
        let verdict: JSONValue = ["reason": .string(reason), "verdict": "correct"]
        #expect(try reader().verdict(JSONWriter.compact.text(of: verdict)) == verdict)
    }

    @Test(
        "is nothing else: no part of a text is taken for it",
        arguments: [
            ("", "the answer is empty"), (" \n\u{FEFF}\t", "the answer is empty"),
            ("```\n```", "the answer is empty"),
            (#"Here it is: {"reason": "r", "verdict": "correct"}"#, "not one JSON value"),
            (#"{"reason": "r", "verdict": "correct"} I hope this helps."#, "not one JSON value"),
            (
                #"{"reason": "r", "verdict": "correct"}{"reason": "r", "verdict": "wrong"}"#,
                "not one JSON value"
            ),
            (
                "{\"reason\": \"r\", \"verdict\": \"correct\"}\n{\"reason\": \"r\", \"verdict\": \"wrong\"}",
                "not one"
            ),
            (#"{"reason": "r", "verdict": "wrong", "verdict": "correct"}"#, "not one JSON value"),
            (#"{"reason": "r", "verdict": "correct""#, "not one JSON value"),
            (#"{'reason': 'r', 'verdict': 'correct'}"#, "not one JSON value"),
            (#"{"reason": "r", "verdict": "correct",}"#, "not one JSON value"),
            (#"{"reason": NaN, "verdict": "correct"}"#, "not one JSON value"),
            ("{\u{A0}\"reason\": \"r\", \"verdict\": \"correct\"}", "not one JSON value"),
            (
                "```\n```json\n{\"reason\": \"r\", \"verdict\": \"correct\"}\n```\n```", "not one JSON value"
            ),
            ("```json\n{\"reason\": \"r\", \"verdict\": \"correct\"}\n``` and more", "not one JSON value"),
            (
                "```json\n{\"reason\": \"r\", \"verdict\": \"correct\"}\n```\n```json\n{}\n```",
                "not one JSON value"
            ),
            ("```yaml\n{\"reason\": \"r\", \"verdict\": \"correct\"}\n```", "not one JSON value"),
            ("correct", "not one JSON value"), (#""correct""#, "form asked for"), ("null", "form asked for"),
            ("true", "form asked for"), ("[]", "form asked for"), ("{}", "form asked for"),
            (#"[{"reason": "r", "verdict": "correct"}]"#, "form asked for"),
            (#"{"reason": "r", "verdict": "incorrect"}"#, "form asked for"),
            (#"{"reason": "r", "verdict": "Correct"}"#, "form asked for"),
            (#"{"reason": "r", "verdict": " correct"}"#, "form asked for"),
            (#"{"reason": "r", "verdict": true}"#, "form asked for"),
            (#"{"reason": "r", "verdict": null}"#, "form asked for"),
            (#"{"reason": "correct"}"#, "form asked for"),
            (#"{"reason": "r", "verdict": "correct", "confidence": 1}"#, "form asked for"),
            (#"{"reason": "r", "Verdict": "correct"}"#, "form asked for"),
            (#"{"verdict": {"verdict": "correct"}, "reason": "r"}"#, "form asked for"),
        ])
    func refused(_ answer: String, why: String) {
        #expect {
            try reader().verdict(answer)
        } throws: {
            ($0 as? VerdictReader.Mistake)?.message.contains(why) == true
        }
    }

    @Test("is looked for in 1 MB of text or white space without trouble, and not found")
    func large() {
        let megabyte = 1 << 20
        for answer in [
            String(repeating: "a", count: megabyte), String(repeating: " ", count: megabyte),
            String(repeating: "{", count: megabyte), String(repeating: "[", count: megabyte),
            String(repeating: " ", count: megabyte / 2) + "x" + String(repeating: " ", count: megabyte / 2),
            "```json\n" + String(repeating: "`", count: megabyte) + "\n```",
            "a" + String(repeating: "\u{301}", count: megabyte / 2),
        ] {
            #expect(throws: VerdictReader.Mistake.self) { try reader().verdict(answer) }
        }
    }

    @Test("may have a reason of 1 MB")
    func longReason() throws {
        let verdict: JSONValue = [
            "reason": .string(String(repeating: "}{", count: 1 << 19)), "verdict": "wrong",
        ]
        #expect(try reader().verdict(JSONWriter.compact.text(of: verdict)) == verdict)
    }

    @Test("has what the schema can't say, too")
    func complaint() throws {
        let reader = try VerdictReader(schema: Self.schema) {
            $0["reason"] == "" ? "there is no reason" : nil
        }
        #expect(throws: VerdictReader.Mistake(message: "there is no reason")) {
            try reader.verdict(#"{"reason": "", "verdict": "correct"}"#)
        }
        #expect(try reader.verdict(#"{"reason": "r", "verdict": "correct"}"#)["verdict"] == "correct")
    }
}
