import Diagnostics
import Secrets
import Testing

@testable import Suites

@Suite("Secrets and personal data in a project's files")
struct SensitiveFindsTests {
    private static let secret = "sk-ant-api03-abcdefgh-ABCDEFGH_1234"

    private func finds(
        _ files: [String: String], secrets: [String] = [], onlySent: Bool = false,
        targets: [Workspace.Target] = []
    ) throws -> [String] {
        let project = try TemporaryProject(files)
        let found = project.load(targets).workspace.sensitiveFinds(secrets: secrets, onlySent: onlySent)
        #expect(found.diagnostics.allSatisfy { $0.severity == .warning && !$0.showsSource })
        #expect(found.isEmpty == (found.secrets + found.personalData == 0))
        return found.diagnostics.map { "\($0.mark?.description ?? "-") \($0.id) \($0.message)" }
    }

    private static func suite(_ name: String, _ prompt: String, _ cases: String) -> String {
        "suite: \(name)\nprompts: [\(prompt)]\nmodels: [echo]\ncases:\n\(cases)\n"
    }

    @Test("each file that is read is looked through: place, kind, and nothing of the value")
    func places() throws {
        let found = try finds(
            [
                "evalrun.yaml": "redact: ['x']\n# \(Self.secret)\n",
                "prompts/p.prompt.yaml": "name: p\nuser: |\n  {% include \"part.md\" %}\n  ü ann@corp.io\n",
                "prompts/part.md": "Write to bob@corp.io.\n",
                "evalsuites/s.suite.yaml": Self.suite(
                    "s", "p",
                    "  - {id: a, vars: {x: {file: x.txt}}, assert: [{contains: \"\\ncal@corp.io\"}]}\n"
                        + "  - {dataset: t.csv, assert: [{contains: a}]}"),
                "evalsuites/x.txt": "no-shape-at-all-9\n",
                "evalsuites/t.csv": "\u{FEFF}dan@corp.io,b\r\n\"x\n+49 170 1234567\",eve@example.com\n",
            ], secrets: ["no-shape-at-all-9"])
        #expect(
            found == [
                "evalrun.yaml:2:3 secret a key of Anthropic (sk-ant-…(35 characters))",
                "evalsuites/s.suite.yaml:5:62 personal-data an e-mail address (c***@c***.io)",
                "evalsuites/t.csv:1:1 personal-data an e-mail address (d***@c***.io)",
                "evalsuites/t.csv:3:1 personal-data a phone number (+49***67)",
                "evalsuites/x.txt:1:1 secret the value of a key variable (…(17 characters))",
                "prompts/p.prompt.yaml:4:5 personal-data an e-mail address (a***@c***.io)",
                "prompts/part.md:1:10 personal-data an e-mail address (b***@c***.io)",
            ])
    }

    @Test("before something is sent only what is sent counts")
    func onlySent() throws {
        let files = [
            "evalrun.yaml": "# a@corp.io\n", "prompts/p.prompt.yaml": "name: p\nuser: b@corp.io\n",
            "prompts/q.prompt.yaml": "name: q\nuser: c@corp.io\n",
            "evalsuites/s.suite.yaml": Self.suite("s", "p", "  - {id: a, assert: [{contains: d@corp.io}]}"),
            "evalsuites/u.suite.yaml": Self.suite("u", "q", "  - {id: a, assert: [{contains: e@corp.io}]}"),
        ]
        #expect(try finds(files).count == 5)
        let sent = try finds(files, onlySent: true, targets: [.name("s")])
        #expect(
            sent.map { $0.split(separator: ":")[0] } == ["evalsuites/s.suite.yaml", "prompts/p.prompt.yaml"])
    }

    @Test(
        "escapes are no part of words",
        arguments: [
            ("a.jsonl", #"{"t": "x\nsk-ant-api03-abcdefgh-ABCDEFGH_1234"}"#, "1:11"),
            ("a.jsonl", #"{"t": "x\\nann@corp.io"}"#, "1:11"),
            ("a.jsonl", #"{"t": "\"ann@corp.io\""}"#, "1:10"),
            ("a.csv", #"x\n,ann@corp.io"#, "1:5"), ("a.yaml", "- \"a\\\n  ann@corp.io\"", "2:3"),
        ])
    func escapes(file: String, text: String, place: String) throws {
        let found = try finds([
            "prompts/p.prompt.yaml": "name: p\nuser: x\n", "evalsuites/\(file)": text,
            "evalsuites/s.suite.yaml": Self.suite(
                "s", "p", "  - {dataset: \(file), assert: [{contains: x}]}"),
        ])
        #expect(found.count == 1 && found[0].hasPrefix("evalsuites/\(file):\(place) "), "\(found)")
    }

    @Test("many finds of a file are counted; a file of bytes is passed over")
    func many() throws {
        let rows = (0..<5000).map { "r\($0),ann\($0)@corp.io,\(String(repeating: "x", count: 90))\n" }
            .joined()
        let files = [
            "prompts/p.prompt.yaml": "name: p\nuser: x\n", "evalsuites/t.csv": "id,a,b\n" + rows,
            "evalsuites/b.txt": "\0 ann@corp.io",
            "evalsuites/s.suite.yaml": Self.suite(
                "s", "p",
                "  - {dataset: t.csv, vars: {x: {file: b.txt}}, assert: [{contains: x}]}"),
        ]
        let project = try TemporaryProject(files)
        let found = project.load().workspace.sensitiveFinds()
        #expect(found.personalData == 5000 && found.secrets == 0)
        #expect(found.diagnostics.count == 21)
        #expect(found.diagnostics.last?.mark == SourceMark(file: "evalsuites/t.csv", line: 22, column: 5))
        #expect(found.diagnostics[19].mark == SourceMark(file: "evalsuites/t.csv", line: 21, column: 5))
        #expect(found.diagnostics.last?.message == "4980 more from here on")
        #expect(found.refusal.count == 22 && found.refusal.allSatisfy { $0.severity == .error })
        #expect(found.refusal.last?.message.hasSuffix("5000 pieces of personal data") == true)
        #expect(SensitiveFinds().refusal.isEmpty)
    }

    @Test(
        "entries of redact are patterns and known kinds",
        arguments: [
            ("['a', {kind: email}, {kind: card}]", [], ["card", "email"]), ("[]", [], []),
            ("[{kind: cards}]", ["wrong-type"], []), ("[{knd: card}]", ["unknown-key"], []),
            ("[{}]", ["missing-key"], []), ("[5]", ["wrong-type"], []), ("[{kind: }]", ["empty-value"], []),
            ("{kind: card}", ["wrong-type"], []), ("[{kind: [card]}]", ["wrong-type"], []),
        ])
    func redact(text: String, mistakes: [String], kinds: [String]) throws {
        let project = try TemporaryProject(["evalrun.yaml": "redact: \(text)\n"])
        let (settings, diagnostics) = Workspace.settings(root: project.root)
        #expect(diagnostics.map(\.id) == mistakes)
        #expect(settings.redactedKinds.map(\.rawValue).sorted() == kinds)
    }
}
