import Foundation
import JSON
import StubServer
import Testing

/// What models get and what is kept of it, where secrets and personal data are about.
@Suite("Secrets and live models", .serialized)
struct LiveSecretsTests {
    private static let shaped = "sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789"
    private static let said = "Write to ann@corp.io about INTERNAL-123456 with \(shaped)."
    private static let shown =
        "Write to [redacted:email:1] about [redacted:custom:2] with [redacted:anthropic-key:3]."

    private func project(_ url: String) throws -> LiveProject {
        try LiveProject(
            settings: LiveProject.settings(
                url, more: "redact: ['(?i)internal-[0-9]{6}', {kind: email}]"),
            cases: [
                "{id: a, vars: {q: {text: question 1 of bob@corp.io}}, assert: [no-secrets]}",
                "{id: b, vars: {q: {text: question 2 of bob@corp.io}}, assert: [no-pii]}",
                "{id: c, vars: {q: {text: question 3 of bob@corp.io}}, assert: [not-contains: ann]}",
                "{id: d, vars: {q: {text: question 4 of bob@corp.io}}, assert: [contains: '[redacted:email:']}",
                "{id: e, vars: {q: {text: question 5 of bob@corp.io}}, assert: [{expr: \"'@' in output\"}]}",
            ])
    }

    @Test(
        "what is judged live is what is judged in a replay, and the model alone gets the text as it is",
        arguments: ["record", "refresh", "live"])
    func redaction(mode: String) throws {
        let server = try StubServer(script: [.json(200, LiveProject.completion(Self.said))])
        let live = try project(server.url)
        let (run, file) = try live.run("run", "--mode", mode, "--allow-sensitive")
        #expect(run.exitCode == 1, "\(run.all)")
        #expect(
            file.statuses == ["a#1 failed", "b#1 failed", "c#1 passed", "d#1 passed", "e#1 failed"],
            "\(run.all)")
        #expect(
            server.requests.count == 5 && server.requests.allSatisfy { $0.text.contains("of bob@corp.io") })
        var kept = try live.texts(run)
        for name in try LiveFaultTests.files(of: live.project, in: ".evalrun") {
            kept += try live.project.read(".evalrun/" + name)
        }
        if mode != "live" {
            let replay = try live.run("run", key: nil)
            #expect(replay.run.exitCode == 1, "\(replay.run.all)")
            #expect(replay.file.without("spent_usd", "source") == file.without("spent_usd", "source"))
            for name in try LiveFaultTests.files(of: live.project, in: "fixtures") {
                kept += try live.project.read("fixtures/" + name)
            }
            #expect(try live.project.run("fixtures", "scan").exitCode == 0)
        }
        for secret in ["ann@corp", "bob@corp", "INTERNAL-1", "sk-ant-api03-a", LiveProject.key] {
            #expect(!kept.contains(secret), "\(secret)")
        }
        let output = file.executions.first?["output"]?.string ?? ""
        #expect(output.hasPrefix("Write to [redacted:email:"), "\(output)")
        #expect(output.contains("[redacted:custom:") && !output.contains("sk-"), "\(output)")
    }

    @Test(
        "sensitive files are not sent without leave: exit 2, and nothing is asked",
        arguments: ["record", "live"])
    func sensitive(mode: String) throws {
        let server = try StubServer(script: [.json(200, LiveProject.completion())])
        let live = try project(server.url)
        let run = try live.project.run(
            "run", "--mode", mode, "--report", "json=r.json", environment: ["STUB_KEY": LiveProject.key])
        #expect(run.exitCode == 2, "\(run.all)")
        #expect(
            run.errors.contains(
                "error[sensitive-data]: nothing was sent: the files hold 5 pieces of personal data"))
        #expect(!run.all.contains("bob@corp.io"), "\(run.all)")
        #expect(server.requests.isEmpty && !live.project.exists("r.json") && !live.project.exists(".evalrun"))
    }

    /// Where the value of a key variable stands in a request, and what is refused for it.
    @Test(
        "a request with the value of a key variable is not sent: kind refused, exit 3; the others are asked",
        arguments: [
            ("evalsuites/s.suite.yaml", "question 2", "question 2 KEY"),
            (
                "prompts/p.prompt.yaml", "user: \"",
                "system: \"{% if q.text == 'question 2' %}KEY{% endif %}\"\nuser: \""
            ),
        ], ["record", "refresh", "live"])
    func keyValue(edit: (file: String, old: String, new: String), mode: String) throws {
        let server = try LiveProject.answering()
        let live = try LiveProject(
            settings: LiveProject.settings(server.url), cases: LiveProject.cases(1...3))
        let text = try live.project.read(edit.file)
        try live.project.write(
            text.replacingOccurrences(
                of: edit.old, with: edit.new.replacingOccurrences(of: "KEY", with: LiveProject.key)),
            to: edit.file)
        let (run, file) = try live.run("run", "--mode", mode, "--allow-sensitive")
        #expect(run.exitCode == 3, "\(run.all)")
        #expect(file.statuses == ["c1#1 passed", "c2#1 errored refused", "c3#1 passed"], "\(run.all)")
        #expect(LiveProject.numbers(server) == [1, 3])
        #expect(!(try live.texts(run).contains(LiveProject.key)))
    }

    @Test("without --allow-sensitive the count says that it is a secret")
    func countedAsSecret() throws {
        let server = try LiveProject.answering()
        let live = try LiveProject(
            settings: LiveProject.settings(server.url),
            cases: ["{id: a, vars: {q: {text: \(Self.shaped) of ann@corp.io}}, assert: [{contains: a}]}"])
        let run = try live.project.run("record", environment: ["STUB_KEY": LiveProject.key])
        #expect(run.exitCode == 2 && server.requests.isEmpty, "\(run.all)")
        #expect(run.errors.contains("the files hold 1 secret and 1 piece of personal data"), "\(run.all)")
    }

    @Test(
        "a key goes over https or to this machine only: kind refused, and no connection is made",
        arguments: [
            "http://192.0.2.1/v1", "http://stub.invalid/v1", "http://127.0.0.1.evil.invalid/v1",
            "http://localhost@192.0.2.1/v1", "ftp://127.0.0.1/v1",
        ])
    func foreignHost(address: String) throws {
        let live = try LiveProject(
            settings: LiveProject.settings("x").replacingOccurrences(of: "x/v1", with: address),
            cases: LiveProject.cases(1...1))
        let (run, file) = try live.run("run", "--mode", "live")
        #expect(run.exitCode == 3, "\(run.all)")
        #expect(file.executions.first?["error"]?["kind"] == "refused", "\(run.all)")
        #expect(!(try live.texts(run).contains(LiveProject.key)))
    }

    @Test("a model's own address is no way around that, and neither are values in headers")
    func ownAddress() throws {
        let server = try LiveProject.answering()
        let live = try LiveProject(
            settings: LiveProject.settings(
                server.url,
                models: [
                    "own: {provider: stub, model: m, base_url: \"http://192.0.2.1/v1\"}",
                    "header: {provider: bare, model: m}", "fine: {provider: stub, model: m}",
                ],
                more:
                    "  bare: {type: openai-compatible, base_url: \"http://192.0.2.1/v1\", headers: {x-token: \"${STUB_KEY}\"}}"
            ), cases: LiveProject.cases(1...1), head: "models: [own, header, fine]")
        let (run, file) = try live.run("run", "--mode", "live")
        #expect(run.exitCode == 3, "\(run.all)")
        #expect(
            file.executions.map { $0["error"]?["kind"]?.string } == ["refused", "refused", nil], "\(run.all)")
        #expect(server.requests.count == 1)
    }

    @Test(
        "without a key: exit 4, kind needs-key, nothing asked; recordings still serve", arguments: [nil, ""])
    func withoutKey(key: String?) throws {
        let server = try LiveProject.answering()
        let live = try LiveProject(
            settings: LiveProject.settings(server.url), cases: LiveProject.cases(1...2))
        #expect(try live.run("record").run.exitCode == 0)
        try live.project.remove("fixtures/s/c2")
        let (run, file) = try live.run("record", key: key)
        #expect(run.exitCode == 4, "\(run.all)")
        #expect(file.statuses == ["c1#1 passed", "c2#1 errored needs-key"], "\(run.all)")
        #expect(run.output.contains("STUB_KEY") && server.requests.count == 2, "\(run.all)")
    }
}
