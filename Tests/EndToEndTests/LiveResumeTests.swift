import Foundation
import JSON
import StubServer
import Synchronization
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Going on with runs that ended before their time, on the real program.
@Suite("Going on with live runs", .serialized)
struct LiveResumeTests {
    private static let gates = ["{metric: pass_rate, min: 0.5}", "{metric: cost_usd, max: 1}"]

    private func project(_ url: String) throws -> LiveProject {
        try LiveProject(
            settings: LiveProject.settings(
                url,
                models: ["small", "other"].map {
                    "\($0): {provider: stub, model: gpt-5-mini, price_as: gpt-5-mini}"
                },
                provider: "timeout_s: 600"),
            cases: LiveProject.cases(1...6) + [
                "{id: same, vars: {q: {text: question 1}}, assert: [contains: answer]}",
                "{id: failing, vars: {q: {text: question 8}}, assert: [equals: something else]}",
            ], gates: Self.gates, head: "models: [small]\nrepeat: 2")
    }

    /// Starts a run, and kills it once the provider is silent.
    private func killedRun(
        _ live: LiveProject, _ provider: DrowsyProvider, _ words: [String], signal: Int32 = SIGKILL
    ) throws -> ToolRun {
        try ToolRun.run(words, in: live.project.path, environment: ["STUB_KEY": LiveProject.key]) { process in
            provider.silent.wait()
            kill(process.processIdentifier, signal)
        }
    }

    /// What a run without an interruption reports.
    private func whole(mode: String) throws -> String {
        let server = try LiveProject.answering()
        let live = try project(server.url)
        let (run, file) = try live.run("run", "--mode", mode, "--jobs", "1")
        #expect(run.exitCode == 0 && server.requests.count == 14, "\(run.all)")
        return file.without("latency_ms")
    }

    @Test(
        "a killed run goes on where it was, and ends with the report of one that was not interrupted",
        arguments: [0, 1, 2, 7, 13], ["live", "record", "refresh"])
    func resumed(answers: Int, mode: String) throws {
        let provider = DrowsyProvider(answers: answers)
        let server = try StubServer { provider.reply(to: $0) }
        let live = try project(server.url)
        let run = try killedRun(live, provider, ["run", "--mode", mode, "--jobs", "1"])
        #expect(run.exitCode == 128 + SIGKILL && run.output == "", "\(run.all)")
        let id = try #require(try live.project.names(in: ".evalrun/runs").first)
        #expect(run.errors == "run \(id)\n")
        provider.wake()
        let asked = server.requests.count
        #expect(asked == answers + 1)
        let (again, file) = try live.run("run", "--resume", "last", "--jobs", "1")
        #expect(again.exitCode == 0, "\(again.all)")
        // 16 executions, two of which ask what others ask.
        #expect(server.requests.count == asked + 14 - answers)
        #expect(file.without("latency_ms") == (try whole(mode: mode)))
        #expect(file.value["run"]?["id"]?.string == id && file.value["run"]?["mode"]?.string == mode)
        let isTold = again.errors.contains("run \(id) goes on: answers that are there already: \(answers)")
        #expect(isTold == (answers > 0), "\(again.errors)")
        #expect(try live.project.names(in: ".evalrun/runs") == [id])
        if mode != "live" {
            #expect(try live.run("run", key: nil).run.exitCode == 0)
        }
        // Nothing is missing any more.
        let third = try live.run("run", "--resume", id)
        #expect(third.file.without("latency_ms") == file.without("latency_ms"), "\(third.run.all)")
        #expect(server.requests.count == asked + 14 - answers)
    }

    @Test("with many calls in flight a kill loses no answer that was there", arguments: [SIGKILL, SIGINT])
    func inFlight(signal: Int32) throws {
        let provider = DrowsyProvider(answers: 37)
        let server = try StubServer { provider.reply(to: $0) }
        let live = try LiveProject(
            settings: LiveProject.settings(server.url, provider: "timeout_s: 600, limits: {concurrency: 16}"),
            cases: LiveProject.cases(1...80))
        let run = try ToolRun.run(
            ["run", "--mode", "live"], in: live.project.path, environment: ["STUB_KEY": LiveProject.key]
        ) { process in
            for _ in 0..<16 { provider.silent.wait() }
            kill(process.processIdentifier, signal)
        }
        #expect(run.exitCode == (signal == SIGINT ? 130 : 128 + SIGKILL), "\(run.all)")
        if signal == SIGINT {
            #expect(run.output.contains("80 executions: 37 passed, 0 failed, 43 errored"), "\(run.all)")
        }
        let id = try #require(try live.project.names(in: ".evalrun/runs").first)
        let journal = try live.project.read(".evalrun/runs/\(id)/journal.jsonl")
        let kept = journal.split(separator: "\n", omittingEmptySubsequences: false).count - 1
        // A kill may come between an answer and the disk.
        #expect(signal == SIGKILL ? (1...37).contains(kept) : kept == 37)
        provider.wake()
        let asked = server.requests.count
        let (again, file) = try live.run("run", "--resume", "last")
        #expect(again.exitCode == 0 && file.summary["passed"] == 80, "\(again.all)")
        #expect(server.requests.count - asked == 80 - kept)
        #expect(
            file.outputs.allSatisfy {
                $0.value == "answer " + $0.key.drop { !$0.isNumber }.prefix { $0.isNumber }
            })
    }

    @Test(
        "errors are asked for again by --resume, and answers are not",
        arguments: ["live", "record", "refresh"])
    func errors(mode: String) throws {
        let isWell = Mutex(false)
        let server = try LiveProject.answering { request in
            LiveProject.number(request) == 2 && !isWell.withLock({ $0 }) ? .text(500, "boom") : nil
        }
        let live = try LiveProject(
            settings: LiveProject.settings(server.url), cases: LiveProject.cases(1...3))
        let (run, _) = try live.run("run", "--mode", mode)
        #expect(run.exitCode == 3, "\(run.all)")
        let id = try #require(try live.project.names(in: ".evalrun/runs").first)
        #expect(run.errors.contains("to go on: evalrun run --resume \(id)\n"), "\(run.errors)")
        isWell.withLock { $0 = true }
        let asked = server.requests.count
        let (again, file) = try live.run("run", "--resume", id)
        #expect(again.exitCode == 0 && file.summary["passed"] == 3, "\(again.all)")
        #expect(LiveProject.numbers(server, after: asked) == [2])
        #expect(file.summary["spent_usd"] == file.summary["cost_usd"])
        #expect(file.sources == ["live", "live", "live"])
        if mode != "live" { #expect(try live.run("run", key: nil).run.exitCode == 0) }
    }

    @Test(
        "record goes on by itself with a killed run of the same plan, and with no other",
        arguments: [true, false])
    func recordGoesOn(isSamePlan: Bool) throws {
        let provider = DrowsyProvider(answers: 3)
        let server = try StubServer { provider.reply(to: $0) }
        let live = try project(server.url)
        _ = try killedRun(live, provider, ["record", "--jobs", "1"])
        let id = try #require(try live.project.names(in: ".evalrun/runs").first)
        provider.wake()
        let asked = server.requests.count
        if !isSamePlan {
            try live.project.write(
                try live.project.read("prompts/p.prompt.yaml").replacingOccurrences(of: "1", with: "2"),
                to: "prompts/p.prompt.yaml")
        }
        let run = try live.run("record").run
        #expect(run.exitCode == 0, "\(run.all)")
        #expect(run.errors.contains("run \(id) goes on: answers that are there already: 3") == isSamePlan)
        #expect(server.requests.count - asked == (isSamePlan ? 11 : 14))
        #expect(try live.project.names(in: ".evalrun/runs").count == (isSamePlan ? 1 : 2))
        #expect(try live.run("run", key: nil).run.exitCode == 0)
    }

    @Test("two evalruns do not work on one run: exit 2, and the first goes on undisturbed")
    func inUse() throws {
        let provider = DrowsyProvider(answers: 2)
        let server = try StubServer { provider.reply(to: $0) }
        let live = try project(server.url)
        var second: ToolRun?
        let first = try ToolRun.run(
            ["run", "--mode", "live", "--jobs", "1"], in: live.project.path,
            environment: ["STUB_KEY": LiveProject.key]
        ) { process in
            provider.silent.wait()
            second = try live.project.run(
                "run", "--resume", "last", environment: ["STUB_KEY": LiveProject.key])
            kill(process.processIdentifier, SIGINT)
        }
        let refused = try #require(second)
        #expect(refused.exitCode == 2 && refused.errors.contains("error[run-in-use]"), "\(refused.all)")
        #expect(first.exitCode == 130 && first.output.contains("2 passed"), "\(first.all)")
        #expect(server.requests.count == 3)
    }

    /// A command line that can't go on with a run.
    struct Refusal: Sendable, CustomTestStringConvertible {
        let words: [String]
        var file = "evalsuites/s.suite.yaml"
        var old = "", new = ""
        var exitCode: Int32 = 2
        let says: [String]
        var testDescription: String { "\(words.joined(separator: " ")) \(old) → \(new)" }
    }

    @Test(
        "what can't be gone on with is exit 2, and nothing is asked",
        arguments: [
            Refusal(words: ["run", "--resume", "20200101T000000-x"], says: ["error[unknown-run]", "last"]),
            Refusal(words: ["run", "--resume", "../runs"], says: ["error[unknown-run]"]),
            Refusal(
                words: ["run", "--resume", "last", "--mode", "record"],
                says: ["error[run-mode]", "--mode live"]),
            Refusal(words: ["record", "--resume", "last"], says: ["error[run-mode]"]),
            Refusal(
                words: ["run", "--resume", "last", "--mode", "replay"], exitCode: 64,
                says: ["--resume needs live models"]),
            Refusal(words: ["run", "--resume", "last", "--case", "c1"], says: ["error[run-plan]"]),
            Refusal(words: ["run", "--resume", "last", "--repeat", "3"], says: ["error[run-plan]"]),
            Refusal(words: ["run", "--resume", "last", "--model", "other"], says: ["error[run-plan]"]),
            Refusal(
                words: ["run", "--resume", "last"], old: "id: c2", new: "id: c9", says: ["error[run-plan]"]),
            Refusal(
                words: ["run", "--resume", "last"], file: "prompts/p.prompt.yaml", old: "version: 1",
                new: "version: 2",
                says: ["error[run-plan]", "undo the change"]),
        ])
    func refused(refusal: Refusal) throws {
        let server = try LiveProject.answering()
        let live = try project(server.url)
        #expect(try live.run("run", "--mode", "live").run.exitCode == 0)
        let asked = server.requests.count
        if !refusal.old.isEmpty {
            let text = try live.project.read(refusal.file)
            try live.project.write(
                text.replacingOccurrences(of: refusal.old, with: refusal.new), to: refusal.file)
        }
        let run = try ToolRun.run(
            refusal.words, in: live.project.path, environment: ["STUB_KEY": LiveProject.key])
        #expect(run.exitCode == refusal.exitCode && run.output == "", "\(run.all)")
        for text in refusal.says { #expect(run.errors.contains(text), "\(run.all)") }
        #expect(server.requests.count == asked)
    }

    @Test("without runs, --resume and --failed say so: exit 2", arguments: ["--resume", "--failed"])
    func withoutRuns(option: String) throws {
        let live = try project("http://127.0.0.1:9")
        let run = try live.project.run("run", option, "last")
        #expect(run.exitCode == 2 && run.errors.contains("error[no-r"), "\(run.all)")
    }
}
