import Foundation
import JSON
import StubServer
import Synchronization
import Testing

/// Answers kept across runs, on the real program.
@Suite("The cache across runs", .serialized)
struct LiveCacheTests {
    private func files(_ live: LiveProject) throws -> [String] {
        try LiveFaultTests.files(of: live.project, in: ".cache").map { ".cache/" + $0 }
    }

    @Test(
        "a second run asks nothing: source cached, nothing spent, the cost kept",
        arguments: ["live", "refresh", "record"])
    func second(mode: String) throws {
        let server = try LiveProject.answering()
        let live = try LiveProject(
            settings: LiveProject.settings(server.url), cases: LiveProject.cases(1...3),
            head: "models: [small]\nrepeat: 2")
        let (run, first) = try live.run("run", "--mode", mode, "--cache", ".cache")
        #expect(run.exitCode == 0 && server.requests.count == 6, "\(run.all)")
        #expect(try files(live).count == 6)
        if mode != "live" { try live.project.remove("fixtures") }
        let again = try live.run("run", "--mode", mode, "--cache", ".cache", key: nil)
        #expect(again.run.exitCode == 0 && server.requests.count == 6, "\(again.run.all)")
        #expect(Set(again.file.sources) == ["cached"])
        #expect(again.file.outputs == first.outputs)
        #expect(again.file.summary["spent_usd"] == 0)
        #expect(
            again.file.summary["cost_usd"] == first.summary["cost_usd"]
                && first.summary["spent_usd"] == first.summary["cost_usd"])
        #expect(again.file.without("source", "spent_usd") == first.without("source", "spent_usd"))
        // Without the option it is neither read nor written.
        _ = try live.run("run", "--mode", "live")
        #expect(server.requests.count == 12)
        #expect(try files(live).count == 6)
    }

    @Test("errors are not kept; the answers beside them are")
    func errors() throws {
        let isWell = Mutex(false)
        let server = try LiveProject.answering { request in
            LiveProject.number(request) == 2 && !isWell.withLock({ $0 }) ? .json(400, "{}") : nil
        }
        let live = try LiveProject(
            settings: LiveProject.settings(server.url), cases: LiveProject.cases(1...3))
        #expect(try live.run("run", "--mode", "live", "--cache", ".cache").run.exitCode == 3)
        #expect(try files(live).count == 2)
        isWell.withLock { $0 = true }
        let asked = server.requests.count
        let (run, file) = try live.run("run", "--mode", "live", "--cache", ".cache")
        #expect(run.exitCode == 0 && LiveProject.numbers(server, after: asked) == [2], "\(run.all)")
        #expect(file.sources == ["cached", "live", "cached"])
    }

    @Test(
        "a damaged file is a miss, and is replaced",
        arguments: ["", "{", "half", "{}", "[1]", "\u{0}\u{0}", "another's"])
    func damaged(text: String) throws {
        let server = try LiveProject.answering()
        let live = try LiveProject(
            settings: LiveProject.settings(server.url), cases: LiveProject.cases(1...2))
        #expect(try live.run("run", "--mode", "live", "--cache", ".cache").run.exitCode == 0)
        let files = try files(live)
        let whole = try files.map { try live.project.read($0) }
        let bad =
            switch text {
            case "half": String(whole[0].prefix(whole[0].count / 2))
            case "another's": whole[1]
            default: text
            }
        try live.project.write(bad, to: files[0])
        let (run, file) = try live.run("run", "--mode", "live", "--cache", ".cache")
        #expect(run.exitCode == 0 && server.requests.count == 3, "\(run.all)")
        #expect(Set(file.outputs.values) == ["answer 1", "answer 2"])
        #expect(
            file.executions.contains { $0["notice"]?.string?.contains("was damaged") == true }, "\(run.all)")
        let third = try live.run("run", "--mode", "live", "--cache", ".cache")
        #expect(Set(third.file.sources) == ["cached"] && server.requests.count == 3, "\(third.run.all)")
    }

    @Test("a cache that can't be written is told once, and changes nothing else")
    func unwritable() throws {
        let server = try LiveProject.answering()
        let live = try LiveProject(
            settings: LiveProject.settings(server.url), cases: LiveProject.cases(1...4))
        // Every folder that an answer may want is taken by a file.
        for high in "0123456789abcdef" {
            for low in "0123456789abcdef" { try live.project.write("a file", to: ".cache/\(high)\(low)") }
        }
        let (run, file) = try live.run("run", "--mode", "live", "--cache", ".cache")
        #expect(run.exitCode == 0 && file.summary["passed"] == 4, "\(run.all)")
        #expect(run.errors.components(separatedBy: "warning[cache-unwritable]").count == 2, "\(run.all)")
        let refused = try live.project.run(
            "run", "--mode", "live", "--cache", "evalrun.yaml", environment: ["STUB_KEY": LiveProject.key])
        #expect(refused.exitCode == 2 && refused.errors.contains("error[cache-folder]"), "\(refused.all)")
        #expect(server.requests.count == 4)
    }

    @Test("secrets are not in the cache")
    func secrets() throws {
        let server = try StubServer(script: [.json(200, LiveProject.completion("Ask ann@corp.io."))])
        let live = try LiveProject(
            settings: LiveProject.settings(server.url, more: "redact: [{kind: email}]"),
            cases: LiveProject.cases(1...1))
        #expect(try live.run("run", "--mode", "live", "--cache", ".cache").run.exitCode == 0)
        let text = try files(live).map { try live.project.read($0) }.joined()
        #expect(
            text.contains("[redacted:email:1]") && !text.contains("ann@corp")
                && !text.contains(LiveProject.key))
    }
}
