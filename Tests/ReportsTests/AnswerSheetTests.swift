import Evals
import JSON
import Testing

@testable import Reports

@Suite("Answers side by side") struct AnswerSheetTests {
    private func answer(_ model: String, _ content: String, sample: Int = 1) -> Execution {
        SampleRun.execution("try") {
            $0.model = model
            $0.sample = sample
            $0.answer?.reply.content = content
            $0.answer?.source = .live
            $0.answer?.reply.servedModel = model
        }
    }

    private func lines(_ executions: [Execution], width: Int?) -> [String] {
        AnswerSheet(width: width, color: false).text(executions).split(
            separator: "\n", omittingEmptySubsequences: false
        ).map(String.init)
    }

    @Test("stand in columns where each has 40, feet at the same height")
    func columns() {
        let long = "one two three four five six seven eight nine ten eleven"
        let lines = lines([answer("small", long), answer("haiku", "short")], width: 83)
        let rule = String(repeating: "─", count: 40)
        #expect(
            lines == [
                "small                                    │ haiku", "\(rule) │ \(rule)",
                "one two three four five six seven eight  │ short",
                "nine ten eleven                          │",
                "                                         │",
                "stop · 412ms · 41 tokens in, 12 out ·    │ stop · 412ms · 41 tokens in, 12 out ·",
                "$0.0003                                  │ $0.0003", "",
            ])
        #expect(lines.allSatisfy { DisplayWidth.of($0) <= 83 })
    }

    @Test(
        "stand one below the other where there is less room, one answer, or no terminal",
        arguments: [82, nil])
    func stacked(width: Int?) {
        let text = AnswerSheet(width: width, color: false).text([
            answer("small", "a\nb"), answer("haiku", "c"),
        ])
        #expect(
            text == """
                ── small
                a
                b

                stop · 412ms · 41 tokens in, 12 out · $0.0003

                ── haiku
                c

                stop · 412ms · 41 tokens in, 12 out · $0.0003

                """)
        #expect(AnswerSheet(width: 400, color: false).text([answer("small", "a")]).hasPrefix("── small\na\n"))
    }

    @Test("to the same sample stand beside each other, and are numbered")
    func samples() {
        let lines = lines(
            [
                answer("a", "a1"), answer("a", "a2", sample: 2), answer("b", "b1"),
                answer("b", "b2", sample: 2),
            ], width: 90)
        #expect(
            lines.filter { $0.contains("#") }.map { $0.split(separator: "│").map { $0.prefix(4) } } == [
                ["a #1", " b #"], ["a #2", " b #"],
            ])
        #expect(lines.contains { $0.hasPrefix("a1 ") && $0.hasSuffix("b1") })
        #expect(lines.contains { $0.hasPrefix("a2 ") && $0.hasSuffix("b2") })
    }

    @Test("say what is not known, what went wrong, and what the answer misses")
    func details() {
        let streamed = changed(answer("m", "x")) {
            $0.answer?.reply.firstTokenMS = 120
            $0.answer?.reply.usage = nil
            $0.answer?.reply.finishReason = nil
            $0.answer?.reply.attempts = 3
            $0.answer?.reply.fallback = "other"
            $0.answer?.reply.servedModel = "m-2026"
            $0.cost = nil
            $0.assertions = [
                AssertionResult(type: "output_schema", passed: false, score: 0, reason: "/a is missing"),
                AssertionResult(type: "contains", passed: true, score: 1, reason: "yes", expected: "Ada"),
            ]
        }
        let text = AnswerSheet(width: nil, color: false).text([streamed])
        #expect(
            text.hasSuffix(
                """
                finish reason unknown · 412ms · first token 120ms · tokens unknown · cost unknown · 3 attempts · \
                answered by the fallback other · m-2026
                ✗ output_schema: /a is missing
                ✓ contains 'Ada'

                """))
        let errored = changed(SampleRun.missing("try")) {
            $0.error = EvaluationError(.provider, "429: slow down\nplease", hint: "wait")
        }
        #expect(
            AnswerSheet(width: nil, color: false).text([errored])
                == "── small\nerror provider: 429: slow down\nplease\nhint: wait\n")
        let refused = changed(answer("m", "")) {
            $0.answer?.reply.content = nil
            $0.answer?.reply.refusal = "I can't."
            $0.answer?.reply.toolCalls = [["name": "f"]]
        }
        let refusal = AnswerSheet(width: nil, color: false).text([refused])
        #expect(refusal.hasPrefix("── m\nrefusal: I can't.\ntool call: {\"name\":\"f\"}\n"), "\(refusal)")
    }

    @Test("are made safe, and color adds nothing but color")
    func hostile() {
        let executions = [
            answer("a\u{1b}[31m", "\u{1b}]0;x\u{7}##vso[task]\tx"), answer("b", "日本語 \u{202E}x"),
        ]
        for width in [100, nil] {
            let plain = AnswerSheet(width: width, color: false).text(executions)
            #expect(!plain.contains("\u{1b}") && !plain.contains("\u{202E}") && !plain.contains("##vso["))
            let colored = AnswerSheet(width: width, color: true).text(executions)
            #expect(colored.contains("\u{1b}[1m"))
            #expect(
                colored.replacing(#/\u{1b}\[[0-9]+m/#, with: "").split(separator: "\n").map { trimmed($0) }
                    == plain.split(separator: "\n").map { trimmed($0) })
        }
    }

    private func trimmed(_ text: Substring) -> String {
        String(text.reversed().drop { $0 == " " }.reversed())
    }

    @Test(
        "lines are broken between words, and inside words that are too wide",
        arguments: [
            ("", 5, [""]), ("abc", 5, ["abc"]), ("abc def", 5, ["abc", "def"]),
            ("abcde fgh", 5, ["abcde", "fgh"]),
            ("abcdefg", 5, ["abcde", "fg"]), ("ab cdefghijk l", 5, ["ab", "cdefg", "hijk", "l"]),
            ("a  b  c  d", 4, ["a  b", "c  d"]), ("  ab cd", 5, ["  ab", "cd"]),
            ("日本語日本", 5, ["日本", "語日", "本"]),
            ("a     b", 3, ["a", "b"]), ("      ", 3, ["", ""]),
        ])
    func wrap(text: String, width: Int, expected: [String]) {
        let lines = TextWrap.lines(text, width: width)
        #expect(lines == expected || (text == "      " && lines.allSatisfy { $0.isEmpty }))
        #expect(lines.allSatisfy { DisplayWidth.of($0) <= width })
    }
}
