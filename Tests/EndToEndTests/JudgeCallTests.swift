import Foundation
import JSON
import StubServer
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What becomes of calls to judges in runs that are killed, held to a budget, batched, planned, and in recordings.
@Suite("Calls to judges", .serialized, .timeLimit(.minutes(5)))
struct JudgeCallTests {
    private static let pass = #"{"reason": "There is a number.", "pass": true}"#
    private static let models = [
        "small: {provider: stub, model: gpt-5-mini, price_as: gpt-5-mini, parameters: {max_tokens: 2}}",
        "big: {provider: stub, model: gpt-5, price_as: gpt-5, parameters: {max_tokens: 20}}",
    ]

    private static func isJudging(_ request: StubRequest) -> Bool { request.text.contains("Rubric:") }

    /// Answers questions, and judges that there is a number.
    private static func server() throws -> StubServer {
        try LiveProject.answering { request in
            isJudging(request) ? .json(200, LiveProject.completion(pass)) : nil
        }
    }

    private static func project(_ url: String, cases: [String]? = nil, provider: String = "") throws
        -> LiveProject
    {
        try LiveProject(
            settings: LiveProject.settings(
                url, models: models, provider: provider, more: "judge: {model: big}"),
            cases: cases
                ?? (1...4).map {
                    "{id: c\($0), vars: {q: {text: question \($0)}}, assert: [{rubric: Says a number., metric: number}]}"
                })
    }

    @Test(
        "after a kill in the middle of judging no answer and no verdict is paid twice",
        arguments: [1, 2, 3, 6], ["live", "record"])
    func resumed(answers: Int, mode: String) throws {
        let provider = DrowsyProvider(answers: answers)
        let server = try StubServer { request in
            let text = Self.isJudging(request) ? Self.pass : "answer \(LiveProject.number(request) ?? 0)"
            return provider.reply(to: request, saying: text)
        }
        let live = try Self.project(server.url, provider: "timeout_s: 600")
        let killed = try ToolRun.run(
            ["run", "--mode", mode, "--jobs", "1"], in: live.project.path,
            environment: ["STUB_KEY": LiveProject.key]
        ) { process in
            provider.silent.wait()
            kill(process.processIdentifier, SIGKILL)
        }
        #expect(killed.exitCode == 128 + SIGKILL, "\(killed.all)")
        provider.wake()
        #expect(server.requests.count == answers + 1)
        let (run, file) = try live.run("run", "--resume", "last", "--jobs", "1")
        #expect(run.exitCode == 0, "\(run.all)")
        // Four answers and four verdicts; the request that was under way is made again.
        #expect(server.requests.count == 8 + 1)
        #expect(server.requests.filter(Self.isJudging).count == 4 + (answers % 2 == 1 ? 1 : 0))
        #expect(file.summary["passed"] == 4)
        #expect(file.sources == ["live", "live", "live", "live"])
        let third = try live.run("run", "--resume", "last")
        #expect(third.file.without("latency_ms") == file.without("latency_ms"))
        #expect(server.requests.count == 8 + 1)
    }

    @Test("a budget that goes on counts what judges cost at the price of the judge, not of the judged")
    func budget() throws {
        let provider = DrowsyProvider(answers: 4)
        let server = try StubServer { request in
            let text = Self.isJudging(request) ? Self.pass : "answer \(LiveProject.number(request) ?? 0)"
            return provider.reply(to: request, saying: text)
        }
        let live = try Self.project(server.url, provider: "timeout_s: 600")
        _ = try ToolRun.run(
            ["run", "--mode", "live", "--jobs", "1"], in: live.project.path,
            environment: ["STUB_KEY": LiveProject.key]
        ) { process in
            provider.silent.wait()
            kill(process.processIdentifier, SIGKILL)
        }
        provider.wake()
        // Two answers for $0.0000065 each, and two verdicts for $0.0000325 each.
        let (run, file) = try live.run("run", "--resume", "last", "--jobs", "1", "--max-usd", "0.00007")
        #expect(run.exitCode == 6, "\(run.all)")
        #expect(server.requests.count == 5, "the budget was spent before")
        #expect(file.statuses.filter { $0.contains("budget") }.count == 2, "\(file.statuses)")
    }

    @Test("with --batch answers come from a batch, and judges are asked afterwards, at the usual price")
    func batch() throws {
        let server = try BatchServer(verdict: { $0.text.contains("Rubric:") ? Self.pass : nil })
        defer { server.stop() }
        let live = try Self.project(server.url)
        for _ in 0..<2 {
            let (run, file) = try live.run("record", "--batch")
            #expect(run.exitCode == 0, "\(run.all.prefix(3000))")
            #expect(server.batches == [(1...4).map { "question \($0)" }])
            #expect(server.calls.filter { $0.contains("chat/completions") }.count == 4)
            #expect(file.summary["passed"] == 4)
            let left = run.errors.contains("the batch goes on")
            #expect(!left, "\(run.errors)")
        }
        server.stop()
        #expect(try live.run("run", key: nil).run.exitCode == 0)
    }

    @Test("plan tells what judges would be asked and cost, as far as that is known")
    func plan() throws {
        let server = try Self.server()
        let live = try Self.project(server.url)
        let before = try live.project.run("plan", "--json")
        #expect(before.exitCode == 0, "\(before.all)")
        let judging = try before.json()["judging"]
        #expect(judging?["executions"] == 4 && judging?["recorded"] == 0 && judging?["calls_at_least"] == 4)
        let row = judging?["rows"]?[0]
        #expect(row?["model"] == "big" && row?["calls_at_least"] == 4)
        let low = try #require(row?["cost_usd"]?["low"]?.double)
        let high = try #require(row?["cost_usd"]?["high"]?.double)
        // Twenty tokens of output at $10 a million for each, and the prompt.
        #expect(low > 4 * 0.0002 && low < high && high < 0.01, "\(low) \(high)")
        let text = try live.project.run("plan")
        #expect(
            text.output.contains("judges would be asked at least 4 questions about 4 answers (big 4, $"),
            "\(text.all)")
        #expect(try live.run("record").run.exitCode == 0)
        try live.project.remove("fixtures/s/c2/p.small.yaml")
        let after = try live.project.run("plan", "--json").json()["judging"]
        #expect(after?["recorded"] == 3 && after?["calls_at_least"] == 1)
        let replay = try live.project.run("plan", "--mode", "replay")
        #expect(replay.output.contains("of 1 nothing is recorded that judges said"), "\(replay.all)")
        #expect(!(try live.project.run("plan", "--mode", "live")).output.contains("recorded already"))
    }

    #if canImport(Glibc)
        @Test("a replay that lacks only what judges say offers to record it", arguments: [true, false])
        func offer(isNew: Bool) throws {
            let server = try Self.server()
            let live = try Self.project(server.url)
            #expect(try live.run("record").run.exitCode == 0)
            let suite = try live.project.read("evalsuites/s.suite.yaml")
            let changed =
                isNew
                ? suite.replacingOccurrences(
                    of: "metric: number}]", with: "metric: number}, {rubric: Is short.}]")
                : suite.replacingOccurrences(of: "Says a number.", with: "Names a number.")
            try live.project.write(changed, to: "evalsuites/s.suite.yaml")
            let asked = server.requests.count
            let terminal = try Terminal()
            var screen = ""
            let run = try ToolRun.run(
                ["run"], in: live.project.path, environment: ["STUB_KEY": LiveProject.key],
                terminal: terminal.device
            ) { _ in
                screen = terminal.converse([("Record now? [y/N] ", "y\n")])
            }
            #expect(run.exitCode == 0, "\(screen)")
            #expect(screen.contains("what judges say of 4 answers not recorded, about $0.0"), "\(screen)")
            #expect(server.requests.count == asked + 4)
        }
    #endif

    @Test(
        "what judges said of an answer that the case brings along is not pruned, and follows a renamed case")
    func recordings() throws {
        let server = try Self.server()
        let rubric = "{rubric: Says a number., metric: number}"
        let cases = [
            "{id: own, response: one, assert: [\(rubric)]}",
            "{id: asked, vars: {q: {text: question 1}}, assert: [\(rubric)]}",
        ]
        let live = try Self.project(server.url, cases: cases)
        #expect(try live.run("record").run.exitCode == 0)
        let list = try live.project.run("fixtures", "list")
        #expect(list.output.contains("own  #1  judge/number  gpt-5"), "\(list.all)")
        #expect(list.output.contains("asked  #1  answer  gpt-5-mini"), "\(list.all)")
        let pruned = try live.project.run("fixtures", "prune")
        #expect(pruned.errors.contains("0 removed"), "\(pruned.all)")
        let stale = try live.project.run("fixtures", "stale")
        #expect(stale.exitCode == 0 && stale.errors.contains("1 fresh"), "\(stale.all)")
        server.stop()
        let suite = try live.project.read("evalsuites/s.suite.yaml")
        try live.project.write(
            suite.replacingOccurrences(of: "id: asked", with: "id: renamed"), to: "evalsuites/s.suite.yaml")
        let moved = try live.run("run", key: nil)
        #expect(moved.run.exitCode == 0, "\(moved.run.all)")
        #expect(moved.run.all.contains("fixtures mv --auto"), "\(moved.run.all)")
        let move = try live.project.run("fixtures", "mv", "--auto")
        #expect(move.exitCode == 0, "\(move.all)")
        let after = try live.run("run", key: nil)
        #expect(after.run.exitCode == 0 && !after.run.all.contains("mv --auto"), "\(after.run.all)")
        #expect(!live.project.exists("fixtures/s/asked"))
        // A missing verdict is told with the command that records it.
        try live.project.remove("fixtures/s/own/p.given.yaml")
        let missing = try live.run("run", key: nil)
        #expect(missing.run.exitCode == 4, "\(missing.run.all)")
        let hint = missing.file.executions.compactMap { $0["error"]?["hint"]?.string }.first
        #expect(hint == "record it with `evalrun record s --case own`")
    }
}
