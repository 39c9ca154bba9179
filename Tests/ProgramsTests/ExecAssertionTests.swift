import Diagnostics
import Evals
import JSON
import Programs
import Testing

@Suite("exec", .serialized)
struct ExecAssertionTests {
    /// What a program prints for a case, and what becomes of it.
    struct Line: Sendable, CustomStringConvertible {
        let printed: String
        var threshold: Double?
        var passed: Bool?
        var score: Double?
        var says = ""
        var description: String { printed }
    }

    private static let lines: [Line] = [
        Line(
            printed: #"{"pass": true, "score": 1, "reason": "polite"}"#, passed: true, score: 1,
            says: "polite"),
        Line(
            printed: #"{"pass": false, "score": 0.25, "reason": "rude"}"#, passed: false, score: 0.25,
            says: "rude"),
        Line(printed: #"{"pass": true}"#, passed: true, score: 1, says: "says pass"),
        Line(printed: #"{"pass": false}"#, passed: false, score: 0, says: "says fail"),
        Line(printed: #"{"pass": true, "score": null, "reason": null}"#, passed: true, score: 1),
        Line(
            printed: #"{"pass": true, "score": 0.5}"#, threshold: 0.8, passed: false, score: 0.5,
            says: "below"),
        Line(printed: #"{"pass": false, "score": 1}"#, threshold: 0.8, passed: false, score: 1),
        Line(printed: #"{"score": 0.9}"#, threshold: 0.8, passed: true, score: 0.9),
        Line(printed: "true", passed: true, score: 1), Line(printed: "false", passed: false, score: 0),
        Line(printed: "0.7", threshold: 0.5, passed: true, score: 0.7, says: "0.7"),
        Line(printed: "0.3", threshold: 0.5, passed: false, score: 0.3, says: "below"),
        Line(printed: #"  {"pass": true}  "#, passed: true),
        Line(
            printed: #"{"pass": true, "componentResults": [{"pass": true, "score": 1, "reason": "a"}]}"#,
            passed: true),
        // None of these is a verdict.
        Line(printed: "0.7", says: "threshold"), Line(printed: #"{"score": 0.9}"#, says: "threshold"),
        Line(printed: "", says: "printed nothing"), Line(printed: "yes", says: "not one JSON value"),
        Line(printed: "null", says: "null"), Line(printed: "[]", says: "[]"),
        Line(printed: #""true""#, says: "true"),
        Line(printed: "{}", says: "neither pass nor score"),
        Line(printed: #"{"reason": "x"}"#, says: "neither"),
        Line(printed: #"{"pass": "true"}"#, says: "pass"), Line(printed: #"{"pass": 1}"#, says: "pass"),
        Line(printed: #"{"pass": null}"#, says: "pass"),
        Line(printed: #"{"pass": true, "score": "1"}"#, says: "score"),
        Line(printed: #"{"pass": true, "score": 1.5}"#, says: "no score from 0 to 1"),
        Line(printed: #"{"pass": true, "score": -0.5}"#, says: "no score"),
        Line(printed: "NaN", threshold: 0.5, says: "not one JSON value"),
        Line(printed: #"{"pass": true, "score": NaN}"#, says: "not one JSON value"),
        Line(printed: "1e999", threshold: 0.5, says: "no score"),
        Line(printed: #"{"pass": false, "pass": true}"#, says: "not one JSON value"),
        Line(printed: #"{"pass": true} {"pass": true}"#, says: "not one JSON value"),
        Line(printed: #"{"pass": true, "reason": 3}"#, says: "reason"),
        Line(printed: #"{"pass": true, "componentResults": [1]}"#, says: "componentResults"),
    ]

    @Test("what a program prints is a verdict or an error", arguments: lines, [true, false] as [JSONValue])
    func verdicts(line: Line, persistent: JSONValue) async throws {
        let shop = try Workshop([
            "say.sh": "#!/bin/sh\nwhile read -r line; do printf '%s\\n' \"$1\"; done\n"
        ])
        let specification = Workshop.specification(
            "exec", ["./say.sh", .string(line.printed)], threshold: line.threshold,
            options: ["persistent": persistent])
        let result = try await shop.result(specification)
        let text = result.reason + (result.error?.hint ?? "")
        #expect(text.contains(line.says), "\(text)")
        guard let passed = line.passed else {
            #expect(result.error?.kind == .assertion && !result.passed, "\(result)")
            var negated = specification
            negated.isNegated = true
            let inverse = try await shop.result(negated)
            #expect(inverse.error != nil && !inverse.passed, "an error stays an error under not-")
            return
        }
        #expect(result.error == nil && result.passed == passed, "\(result)")
        if let score = line.score { #expect(result.score == score) }
    }

    /// A program that does not do as it should.
    struct Misfit: Sendable, CustomStringConvertible {
        let rule: String
        let script: String
        var options: JSONObject = [:]
        var says: [String]
        var description: String { rule }
    }

    private static let pass = #"echo '{"pass": true}'"#

    private static let misfits: [Misfit] = [
        Misfit(
            rule: "an exit code other than 0, with what it wrote to standard error",
            script: "echo broken >&2; exit 3", says: ["exit code 3", "broken"]),
        Misfit(
            rule: "an exit code other than 0 behind a verdict", script: "\(pass); exit 3",
            says: ["exit code 3"]),
        Misfit(
            rule: "the same for a process of one case", script: "\(pass); exit 3",
            options: ["persistent": false],
            says: ["exit code 3", "pass"]),
        Misfit(rule: "a signal", script: "kill -SEGV $$", says: ["SIGSEGV"]),
        Misfit(
            rule: "no answer in time", script: "sleep 600", options: ["timeout_ms": 300],
            says: ["300 ms", "killed"]),
        Misfit(
            rule: "no answer in time, kept", script: "sleep 600",
            options: ["timeout_ms": 300, "persistent": true],
            says: ["300 ms", "persistent: false"]),
        Misfit(
            rule: "an answer that does not end in time", script: "printf '{'; sleep 600",
            options: ["timeout_ms": 300],
            says: ["300 ms"]),
        Misfit(
            rule: "two lines", script: "while read -r line; do \(pass); \(pass); done",
            options: ["persistent": false],
            says: ["not one JSON value"]),
        Misfit(
            rule: "two lines at once, kept",
            script: #"while read -r line; do printf '{"pass": true}\n{"pass": true}\n'; done"#,
            options: ["persistent": true], says: ["more than one line"]),
        Misfit(
            rule: "a flood without an end", script: "while :; do printf '%01000d' 7; done", says: ["1 MiB"]),
        Misfit(
            rule: "a flood of lines, kept", script: "yes", options: ["persistent": true],
            says: ["more than one line"]),
        Misfit(
            rule: "bytes that are no text", script: #"printf '{"pass": true, "reason": "\377"}\n'"#,
            says: ["JSON"]),
        Misfit(
            rule: "its output closed without an answer", script: "exec >&-; sleep 600",
            options: ["timeout_ms": 300], says: []),
        Misfit(
            rule: "no output, and exit code 0", script: "read -r line", options: ["persistent": true],
            says: ["without an answer"]),
        Misfit(rule: "an interpreter that is not there", script: "", says: ["exit code 12", "not found"]),
    ]

    @Test("a program that does not answer is an error, never a pass", arguments: misfits)
    func misfit(misfit: Misfit) async throws {
        let shop = try Workshop([
            "x.sh": (misfit.script.isEmpty ? "#!/no/such/interpreter" : "#!/bin/sh\n" + misfit.script) + "\n"
        ])
        let result = try await shop.result(Workshop.specification("exec", "./x.sh", options: misfit.options))
        #expect(result.error?.kind == .assertion && !result.passed, "\(result)")
        for text in misfit.says {
            let said = result.reason + (result.error?.hint ?? "")
            #expect(said.contains(text), "\(text) in \(result)")
        }
    }

    @Test(
        "what is wrong with an exec assertion is found when it is loaded",
        arguments: [
            ([], [:], "program to run"), ("", [:], "program to run"),
            (["./x.sh", ["a"]], [:], "list of texts"),
            ("/bin/sh", [:], "absolute"), ("../x.sh", [:], "leads out"),
            ("./none.sh", [:], "there is no file"),
            ("./plain.txt", [:], "may not be executed"), ("no-such-program-here", [:], "on the PATH"),
            ("./x.sh --fast", [:], "there is no file"), ("./x.sh", ["timeout_ms": 0], "timeout_ms"),
            ("./x.sh", ["timeout_ms": "5"], "timeout_ms"), ("./x.sh", ["memory_mb": 1], "memory_mb"),
            ("./x.sh", ["env": ["A=B"]], "names of variables"),
            ("./x.sh", ["env": [1]], "names of variables"),
            ("./x.sh", ["env": ["9A"]], "names of variables"),
            ("./x.sh", ["persistent": "yes"], "persistent"),
            ("./x.sh", ["args": ["a": 1]], "'args'"),
        ] as [(JSONValue, JSONObject, String)])
    func invalid(value: JSONValue, options: JSONObject, message: String) throws {
        let shop = try Workshop(["x.sh": "#!/bin/sh\n", "plain.txt": "hello\n"])
        let mistake = shop.mistake(Workshop.specification("exec", value, options: options))
        #expect(mistake?.message.contains(message) == true, "\(String(describing: mistake))")
        #expect(mistake?.mark?.line == 3)
    }

    @Test("hints say what to write instead")
    func hints() throws {
        let shop = try Workshop(["x.sh": "#!/bin/sh\n", "plain.txt": "hello\n"])
        for (value, hint) in [
            ("x.sh", "./x.sh"), ("./plain.txt", "chmod +x"), ("./x.sh --fast", "[./x.sh, --fast]"),
        ] {
            let mistake = shop.mistake(Workshop.specification("exec", .string(value)))
            #expect(mistake?.hint?.contains(hint) == true, "\(String(describing: mistake))")
        }
    }

    @Test("without permission it does not load; where nothing runs it loads and can't be evaluated")
    func permission() async throws {
        let specification = Workshop.specification("exec", "sh")
        let refused = ProgramAssertions(access: .refused)
        let descriptor = try #require(refused.descriptors.first)
        #expect {
            try descriptor.compile(specification)
        } throws: { error in
            guard let diagnostic = (error as? DiagnosticError)?.diagnostics.first else { return false }
            return diagnostic.id == "exec-not-allowed" && diagnostic.mark == specification.mark
                && diagnostic.hint?.contains("--allow-exec") == true
        }
        let checked = try #require(ProgramAssertions(access: .checkedOnly).descriptors.first)
        let assertion = try checked.compile(specification)
        await #expect(throws: EvaluationError.self) {
            try await assertion.judge(Subject(reply: Reply(content: "x")))
        }
    }

    @Test("outside of a run nothing is started")
    func notServing() async throws {
        let shop = try Workshop()
        let assertion = try shop.catalog.compile(Workshop.specification("exec", ["sh", "-c", "echo true"]))
        await #expect(throws: EvaluationError.self) {
            try await assertion.judge(Subject(reply: Reply(content: "x")))
        }
    }

    @Test("variables with keys are mistakes")
    func keys() throws {
        let shop = try Workshop()
        let specification = Workshop.specification(
            "exec", "sh", options: ["env": ["LANG", "OPENAI_API_KEY"]])
        _ = try shop.catalog.compile(specification)
        let mistakes = shop.variableMistakes(["OPENAI_API_KEY", "OTHER"])
        #expect(mistakes.map(\.id) == ["key-variable"] && mistakes.first?.mark == specification.mark)
    }
}
