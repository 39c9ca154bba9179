import Diagnostics
import Evals
import Files
import JSON
import Secrets
import Testing

@testable import Recordings

@Suite("Redaction")
struct RedactorTests {
    private func redacted(_ text: String, _ patterns: [String] = []) throws -> String {
        var numbering = Redactor.Numbering()
        let redactor = try Redactor(patterns: patterns.map { (source: $0, mark: nil) })
        return try redactor.redact(text, numbering: &numbering)
    }

    @Test(
        "texts with the shape of a key are replaced by their kind",
        arguments: [
            ("key sk-abcDEF0123456789abcDEF01 end", "key [redacted:openai:1] end"),
            ("sk-proj-" + String(repeating: "aB3_", count: 20), "[redacted:openai:1]"),
            ("sk-ant-api03-abcdefgh-ABCDEFGH_1234", "[redacted:anthropic:1]"),
            ("id=AKIAIOSFODNN7EXAMPLE;", "id=[redacted:aws:1];"),
            ("ghp_" + String(repeating: "a1", count: 18), "[redacted:github:1]"),
            ("github_pat_" + String(repeating: "a1_", count: 10), "[redacted:github:1]"),
            ("xoxb-123456789012-abcdef", "[redacted:slack:1]"),
            ("AIza" + String(repeating: "a", count: 35), "[redacted:google:1]"),
            ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl!", "[redacted:jwt:1]!"),
            ("Authorization: bearer abcdefgh12345678", "Authorization: bearer [redacted:bearer:1]"),
            ("Bearer sk-ant-api03-abcdefgh12345678", "Bearer [redacted:anthropic:1]"),
            (
                "-----BEGIN RSA PRIVATE KEY-----\nMII\n-----END RSA PRIVATE KEY-----\nx",
                "[redacted:private-key:1]\nx"
            ),
            ("-----BEGIN PRIVATE KEY-----\nMII", "[redacted:private-key:1]"),
        ])
    func shapes(text: String, expected: String) throws {
        #expect(try redacted(text) == expected)
        #expect(try redacted(redacted(text)) == expected)
    }

    @Test(
        "ordinary texts stay as they are",
        arguments: [
            "", "ask-me-anything-about-the-risk-of-this", "sk-learn-is-a-well-known-python-library",
            "Bearer of bad news",
            "bearer authentication-is-required-here", "AKIA", "xAKIAIOSFODNN7EXAMPLE", "eyJust kidding.eyJ.x",
            "ghp_short",
            "-----BEGIN CERTIFICATE-----\nMII", "[redacted:openai:1] and [redacted:custom:7]", "日本語 🙂",
        ])
    func ordinary(text: String) throws {
        #expect(try redacted(text) == text)
    }

    @Test("patterns of the project are the kind custom; what is redacted already is left alone")
    func custom() throws {
        #expect(
            try redacted("INTERNAL-123456, internal-1", ["(?i)internal-[0-9]{6}"])
                == "[redacted:custom:1], internal-1")
        let once = try redacted("secret redacted sk-ant-api03-abcdefgh12345678 x", ["redacted|custom", "x*"])
        #expect(once == "secret [redacted:custom:1] [redacted:anthropic:2] [redacted:custom:3]")
        #expect(try redacted(once, ["redacted|custom", "x*"]) == once)
    }

    @Test(
        "personal data is replaced where the project wants it, and a second pass changes nothing",
        arguments: [
            ("ann@corp.io and 4539 1488 0343 6467", "[redacted:email:1] and [redacted:card:2]"),
            (
                "ann@corp.io, bob@corp.io, ann@corp.io",
                "[redacted:email:1], [redacted:email:2], [redacted:email:1]"
            ),
            ("Call +49 170 1234567", "Call +49 170 1234567"), ("1234 5678 9012 3456", "1234 5678 9012 3456"),
            ("a@b.io@c.io@d.io", "[redacted:email:1]@[redacted:email:2]"),
            ("4539148803436467@x.io", "[redacted:email:1]"), ("", ""),
        ])
    func personalData(text: String, expected: String) throws {
        let redactor = try Redactor(patterns: [], kinds: [.email, .card])
        var numbering = Redactor.Numbering()
        let once = try redactor.redact(text, numbering: &numbering)
        #expect(once == expected)
        var again = Redactor.Numbering()
        #expect(try redactor.redact(once, numbering: &again) == once)
    }

    @Test("a pattern that is no regular expression is a diagnostic")
    func invalid() {
        do throws(DiagnosticError) {
            _ = try Redactor(patterns: [(source: "(", mark: SourceMark(file: "evalrun.yaml", line: 3))])
            Testing.Issue.record("no error")
        } catch {
            #expect(error.diagnostics.map(\.id) == ["invalid-pattern"])
            #expect(error.diagnostics.first?.mark?.line == 3)
        }
    }

    @Test("one exchange numbers its secrets once, in request and reply, tools and parameters")
    func numbering() throws {
        let (one, two) = (
            "ghp_" + String(repeating: "a1", count: 18), "ghp_" + String(repeating: "b2", count: 18)
        )
        var request = TemporaryProject.request(text: "\(one) \(two) \(one)")
        request.parameters["user"] = .string(two)
        request.tools = [["description": .string("uses \(one)")]]
        var numbering = Redactor.Numbering()
        let clean = try Redactor.standard.redact(request, numbering: &numbering)
        #expect(clean.messages[1].text == "[redacted:github:1] [redacted:github:2] [redacted:github:1]")
        #expect(clean.parameters["user"] == "[redacted:github:2]")
        #expect(clean.tools == [["description": "uses [redacted:github:1]"]])
        let reply = Reply(
            content: "is \(two)", toolCalls: [["arguments": .string("{\"k\":\"\(one)\"}")]],
            logprobs: [["token": "ghp_"]])
        let cleanReply = try Redactor.standard.redact(reply, numbering: &numbering)
        #expect(cleanReply.content == "is [redacted:github:2]")
        #expect(cleanReply.toolCalls == [["arguments": "{\"k\":\"[redacted:github:1]\"}"]])
        #expect(cleanReply.logprobs == nil)
    }

    @Test("the key depends on what is asked, not on the secret's value, the place or the route")
    func key() throws {
        func key(_ request: ModelRequest) throws -> String {
            var numbering = Redactor.Numbering()
            return RequestKey.sha256(of: try Redactor.standard.redact(request, numbering: &numbering))
        }
        let one = TemporaryProject.request(text: "ghp_" + String(repeating: "a1", count: 18))
        var other = TemporaryProject.request(
            case: "x", text: "ghp_" + String(repeating: "c3", count: 18), model: "alias")
        other.model.provider = "gateway"
        #expect(try key(one) == key(other))
        other.sample = 2
        #expect(try key(one) != key(other))
        #expect(
            RequestKey.sha256(of: Array("abc".utf8))
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test("values of key variables are replaced in replies, and requests keep their keys")
    func keyVariables() throws {
        let secret = "plain words as key"
        let redactor = try Redactor(patterns: [], secrets: [secret + "\n", "short", secret])
        var numbering = Redactor.Numbering()
        let request = TemporaryProject.request(text: "Use \(secret) now")
        let clean = try redactor.redact(request, numbering: &numbering)
        #expect(clean == request)
        #expect(redactor.hasSecret(clean))
        #expect(!redactor.hasSecret(TemporaryProject.request(text: "short")))
        #expect(!Redactor.standard.hasSecret(clean))
        let reply = Reply(
            servedModel: secret, content: "It is \(secret), short. \(secret)",
            toolCalls: [["arguments": ["k": .string(secret)]]],
            refusal: "\(secret)!", logprobs: [.string(secret)])
        #expect(
            try redactor.redact(reply, numbering: &numbering)
                == Reply(
                    servedModel: "[redacted:key:1]",
                    content: "It is [redacted:key:1], short. [redacted:key:1]",
                    toolCalls: [["arguments": ["k": "[redacted:key:1]"]]], refusal: "[redacted:key:1]!"))
    }

    @Test("an import refuses a request that holds the value of a key variable, and redacts the answer")
    func importWithKeyVariables() async throws {
        let project = try TemporaryProject()
        let redactor = try Redactor(patterns: [], secrets: ["0123456789ab-key"])
        try project.write(
            #"{"suite":"support","case":"late-parcel","content":"It is 0123456789ab-key"}"#,
            to: "answers.jsonl")
        func run(_ request: ModelRequest) throws {
            let stream = try project.tree.stream(try #require(ProjectPath("answers.jsonl")))
            _ = try FixtureImport(store: project.store, redactor: redactor, recordedAt: nil)
                .run(stream) { (visit) throws(DiagnosticError) in try visit(request) }
        }
        let error = #expect(throws: DiagnosticError.self) {
            try run(TemporaryProject.request(text: "My key: 0123456789ab-key"))
        }
        #expect(error?.diagnostics.map(\.id) == ["secret-in-request"])
        #expect(!project.exists("fixtures"))
        try run(TemporaryProject.request())
        let answer = try await Replay(store: project.store).answer(TemporaryProject.request())
        #expect(answer.reply.content == "It is [redacted:key:1]")
    }
}
