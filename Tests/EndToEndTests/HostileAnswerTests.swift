import Assertions
import Evals
import JSON
import Testing

@Suite("Hostile answers")
struct HostileAnswerTests {
    /// Answers that break parsers, by name.
    private static let answers: [(name: String, text: String)] = {
        func many(_ piece: String, _ bytes: Int = 40_000) -> String {
            String(repeating: piece, count: bytes / piece.utf8.count)
        }
        let laughs = (1...9).map { "<!ENTITY l\($0) \"\(many("&l\($0 - 1);", 50))\">" }.joined()
        return [
            ("braces", many("{")), ("brackets", many("[")), ("lists", many("[]")), ("keys", many("{\"a\":")),
            ("deep-json", many("[", 10_000) + many("]", 10_000)), ("surrogate", "{\"a\": \"\\ud800\"}"),
            ("exponent", "[1e999999999, -1e-999999999, 1E99999999999999999999]"),
            ("nan", "{\"a\": NaN, \"b\": Infinity}"),
            ("elements", many("<a>")), ("closed", many("<a>", 9_000) + many("</a>", 12_000)),
            ("laughs", "<!DOCTYPE l [<!ENTITY l0 \"ha\">\(laughs)]><l>&l9;</l>"),
            ("external", "<!DOCTYPE l SYSTEM \"http://127.0.0.1:9/x.dtd\"><l>&x;</l>"), ("angles", many("<")),
            ("fences", many("```\n")), ("parentheses", "SELECT " + many("(", 20_000)),
            ("selects", many("SELECT 1;")),
            ("letters", many("a")), ("spaces", many(" ")), ("accents", many("e\u{301}")),
            ("stars", many("*_")),
            ("dots", many(".")), ("digits", many("4111")), ("at-signs", many("a@")), ("quotes", many("\"")),
            ("nul", "a\u{0}b\u{1b}[31m"), ("direction", "\u{202E}abc\u{2066}"), ("empty", ""),
        ]
    }()

    @Test("no assertion crashes, hangs or is lost on them, and none that can't be evaluated passes")
    func everyType() throws {
        let examples = AssertionCatalog.standard.descriptors.map { "      - \($0.example)\n" }.joined()
        let suite = """
            suite: s
            prompts: [p]
            models: [echo]
            cases:
              - dataset: ../data/answers.jsonl
                id: "{{ row.id }}"
                vars: {q: {text: x}}
                response: {content: "{{ row.text }}"}
                assert:

            """
        let rows = Self.answers.map { answer in
            JSONWriter.compact.text(of: ["id": .string(answer.name), "text": .string(answer.text)]) + "\n"
        }
        let project = try Sample.project(
            [], more: ["evalsuites/s.suite.yaml": suite + examples, "data/answers.jsonl": rows.joined()])
        let (run, results) = try project.results()
        #expect(run.exitCode == 1 || run.exitCode == 3, "\(run.exitCode) \(run.errors.suffix(2000))")
        #expect(results.executions.count == Self.answers.count)
        let types = AssertionCatalog.standard.descriptors.count
        for execution in results.executions {
            let assertions = execution["assertions"]?.array ?? []
            #expect(assertions.count == types)
            for assertion in assertions {
                #expect(assertion["reason"]?.string?.isEmpty == false, "\(assertion)")
                if let error = assertion["error"], !error.isNull {
                    #expect(assertion["passed"] == false && assertion["score"] == 0, "\(assertion)")
                }
            }
        }
        #expect(!run.output.unicodeScalars.contains("\u{1b}"))
    }
}
