import JSON
import StubServer
import Synchronization
import Testing

/// Answers of an earlier run judged again, on the real program.
@Suite("Judging the answers of an earlier run", .serialized)
struct JudgeRunAgainTests {
    private static let pass = #"{"reason": "There is a number.", "pass": true}"#
    private static let fail = #"{"reason": "There is no number.", "pass": false}"#

    /// A project that was run once, its results in `first.json`, and the server it asked.
    private struct Bench {
        let live: LiveProject
        let server: StubServer
        /// The requests of the first run.
        let asked: Int

        /// The requests since the first run: those to judges, and all others.
        var later: (judges: Int, others: Int) {
            let all = server.requests.dropFirst(asked)
            let judges = all.count { $0.text.contains("Rubric:") }
            return (judges, all.count - judges)
        }

        func suite(_ old: String, _ new: String) throws {
            let file = "evalsuites/s.suite.yaml"
            let text = try live.project.read(file)
            try #require(text.contains(old), "\(text)")
            try live.project.write(text.replacing(old, with: new), to: file)
        }

        func again(_ words: String...) throws -> (run: ToolRun, file: RunFile) {
            try live.run(words: ["judge", "run", "first.json"] + words)
        }
    }

    /// Runs cases whose assertion is `not-equals: no model says this`.
    private static func bench(
        _ cases: [String] = LiveProject.cases(1...2), gates: [String] = [], verdict: String = pass,
        mode: String = "live", status: Int32 = 0,
        handler: @escaping @Sendable (StubRequest) -> StubReply? = { _ in nil }
    ) throws -> Bench {
        let server = try LiveProject.answering { request in
            if request.text.contains("Rubric:") { return .json(200, LiveProject.completion(verdict)) }
            return handler(request)
        }
        let live = try LiveProject(
            settings: LiveProject.settings(
                server.url,
                models: [
                    "small: {provider: stub, model: gpt-5-mini, price_as: gpt-5-mini}",
                    "big: {provider: stub, model: gpt-5, price_as: gpt-5}",
                ], more: "judge: {model: big}"), cases: cases, gates: gates)
        let run = try ToolRun.run(
            ["run", "--mode", mode, "--report", "json=first.json"], in: live.project.path,
            environment: ["STUB_KEY": LiveProject.key])
        try #require(run.exitCode == status, "\(run.all)")
        return Bench(live: live, server: server, asked: server.requests.count)
    }

    @Test(
        "an assertion of today judges the answers of then, and nobody is asked",
        arguments: [
            ("contains: answer", 0), ("contains: question", 1), ("equals: answer 1", 1),
            ("regex: '^answer [12]$'", 0), ("latency: 1000000", 0),
        ] as [(String, Int32)], ["replay", "record", "live"])
    func newAssertion(assertion: (text: String, status: Int32), mode: String) throws {
        let bench = try Self.bench()
        try bench.suite("not-equals: no model says this", assertion.text)
        let (run, file) = try bench.again("--mode", mode)
        #expect(run.exitCode == assertion.status, "\(run.all)")
        #expect(bench.later == (0, 0))
        #expect(file.executions.map { $0["output"]?.string } == ["answer 1", "answer 2"])
        #expect(file.sources == ["replayed", "replayed"])
        #expect(file.summary["spent_usd"] == 0 && file.summary["cost_usd"] != .null)
        #expect(!bench.live.project.exists("fixtures"))
    }

    @Test("a rubric of today costs the calls of its judge alone; a replay of them asks nobody")
    func newRubric() throws {
        let bench = try Self.bench()
        try bench.suite("not-equals: no model says this", "rubric: Says a number.")
        let missing = try bench.again()
        #expect(missing.run.exitCode == 4, "\(missing.run.all)")
        #expect(
            missing.run.output.contains("Next: evalrun judge run first.json --suite s --mode record\n"),
            "\(missing.run.output)")
        #expect(!missing.run.all.contains("evalrun record"), "\(missing.run.all)")
        let (run, recorded) = try bench.again("--mode", "record", "--max-usd", "100")
        #expect(run.exitCode == 0, "\(run.all)")
        #expect(bench.later == (2, 0))
        #expect(recorded.summary["spent_usd"] == recorded.summary["judge_cost_usd"])
        #expect(recorded.summary["spent_usd"] != 0 && recorded.summary["spent_usd"] != .null)
        let fixture = try bench.live.project.read("fixtures/s/c1/p.small.yaml")
        #expect(fixture.contains("for: judge/") && !fixture.contains("for: answer"), "\(fixture)")
        let replay = try bench.again()
        #expect(replay.run.exitCode == 0 && bench.later == (2, 0), "\(replay.run.all)")
        #expect(replay.file.summary["spent_usd"] == 0)
        #expect(
            replay.file.without("spent_usd", "source", "judge_spent_usd")
                == recorded.without("spent_usd", "source", "judge_spent_usd"))
    }

    @Test("a judge that says no fails the run, and the next command judges again what failed")
    func failing() throws {
        let bench = try Self.bench(verdict: Self.fail)
        try bench.suite("not-equals: no model says this", "rubric: Says a number.")
        let (run, _) = try bench.again("--mode", "record")
        #expect(run.exitCode == 1, "\(run.all)")
        #expect(
            run.output.contains("Next: evalrun judge run first.json --suite s --case c1 --verbose\n"),
            "\(run.output)")
    }

    @Test("a gate of today fails answers that passed")
    func newGate() throws {
        let bench = try Self.bench(gates: ["{metric: pass_rate, min: 0.5}"])
        try bench.suite("min: 0.5}", "min: 0.5}\n  - {metric: tokens.output, max: 1}")
        let (run, file) = try bench.again()
        #expect(run.exitCode == 1, "\(run.all)")
        #expect(file.gates.contains { $0.hasPrefix("tokens.output failed") }, "\(file.gates)")
        #expect(bench.later == (0, 0))
    }

    @Test("an error of then stays an error, and is asked for neither in replay nor live")
    func storedError() throws {
        let bench = try Self.bench(
            status: 3,
            handler: { LiveProject.number($0) == 2 ? .text(500, "boom") : nil })
        for mode in ["replay", "live"] {
            let (run, file) = try bench.again("--mode", mode)
            #expect(run.exitCode == 3, "\(run.all)")
            #expect(file.statuses == ["c1#1 passed", "c2#1 errored provider"])
            #expect(bench.later == (0, 0))
        }
    }

    @Test("an execution that the results lack is no recording: exit 4, counted, and never dropped")
    func missingExecution() throws {
        let bench = try Self.bench(gates: ["{metric: pass_rate, min: 0.1}"])
        try bench.suite("{id: c2", "{id: c3, vars: {q: {text: hi}}, assert: [contains: a]}\n  - {id: c2")
        for mode in ["replay", "record", "live"] {
            let (run, file) = try bench.again("--mode", mode)
            #expect(run.exitCode == 4, "\(run.all)")
            #expect(
                file.statuses == ["c1#1 passed", "c3#1 errored fixture-missing", "c2#1 passed"], "\(run.all)")
            #expect(file.summary["executions"] == 3 && file.summary["errored"] == 1)
            #expect(
                run.output.contains(
                    "Next: take results that have the answers: evalrun run s --report json=FILE writes them\n"
                ),
                "\(run.output)")
            #expect(!run.all.contains("evalrun record") && !run.all.contains("fixtures"), "\(run.all)")
            #expect(bench.later == (0, 0))
        }
    }

    @Test("an answer to a question that was changed since is stale: exit 4, and not judged as today's")
    func changedRequest() throws {
        let bench = try Self.bench()
        try bench.suite("question 2", "another question 2")
        for mode in ["replay", "live"] {
            let (run, file) = try bench.again("--mode", mode)
            #expect(run.exitCode == 4, "\(run.all)")
            #expect(file.statuses == ["c1#1 passed", "c2#1 errored fixture-stale"], "\(run.all)")
            #expect(bench.later == (0, 0))
        }
    }

    @Test("executions that the suites do not have any more are told, unless the run is narrowed")
    func unused() throws {
        let bench = try Self.bench(LiveProject.cases(1...3))
        try bench.suite("id: c2", "id: other")
        try bench.suite("id: c3", "id: another")
        let (run, _) = try bench.again()
        #expect(run.exitCode == 4)
        #expect(
            run.errors.contains(
                "warning[unknown-execution]: the suites have no place for 2 executions of the results, the first being s"
            ), "\(run.errors)")
        let narrow = try bench.again("--case", "c1")
        #expect(narrow.run.exitCode == 0, "\(narrow.run.all)")
        #expect(narrow.file.statuses == ["c1#1 passed"])
        #expect(!narrow.run.errors.contains("warning"), "\(narrow.run.errors)")
    }

    /// Files that are no results.
    private static let unreadable: [(name: String, text: String, says: String)] = [
        ("absent.json", "", "absent.json"), ("empty.json", "", "error["), ("text.json", "hello", "error["),
        ("other.json", #"{"results": []}"#, "error["),
        (
            "version.json",
            #"{"evalrun_results": 99, "run": {}, "summary": {}, "gates": [], "executions": []}"#,
            "error["
        ), ("CUT", "", "error["),
    ]

    @Test("what is no result of a run is exit 2, and nothing is asked", arguments: 0..<6)
    func unreadable(index: Int) throws {
        let sample = Self.unreadable[index]
        let bench = try Self.bench()
        var name = sample.name
        if name == "CUT" {
            name = "cut.json"
            try bench.live.project.write(
                String(try bench.live.project.read("first.json").dropLast(200)), to: name)
        } else if name != "absent.json" {
            try bench.live.project.write(sample.text, to: name)
        }
        let run = try bench.live.project.run("judge", "run", name, "--mode", "live")
        #expect(run.exitCode == 2 && run.output == "", "\(run.all)")
        #expect(run.errors.contains(sample.says) && run.errors.contains(name), "\(run.errors)")
        #expect(bench.later == (0, 0))
    }

    @Test("a run of judges goes on as itself alone: neither as an ordinary run nor with other answers")
    func resumed() throws {
        let isWell = Mutex(false)
        let server = try LiveProject.answering { request in
            guard request.text.contains("Rubric:") else { return nil }
            return request.text.contains("answer 2") && !isWell.withLock({ $0 })
                ? .text(500, "boom") : .json(200, LiveProject.completion(Self.pass))
        }
        let live = try LiveProject(
            settings: LiveProject.settings(
                server.url,
                models: [
                    "small: {provider: stub, model: gpt-5-mini, price_as: gpt-5-mini}",
                    "big: {provider: stub, model: gpt-5, price_as: gpt-5}",
                ], more: "judge: {model: big}"),
            cases: (1...2).map {
                "{id: c\($0), vars: {q: {text: question \($0)}}, assert: [rubric: Says a number.]}"
            })
        #expect(try live.run("run", "--mode", "live").run.exitCode == 3)
        try live.project.write(try live.project.read("r.json"), to: "first.json")
        let (broken, _) = try live.run("judge", "run", "first.json", "--mode", "live")
        #expect(broken.exitCode == 3, "\(broken.all)")
        let line = try #require(
            broken.errors.split(separator: "\n").first { $0.hasPrefix("to go on: ") }, "\(broken.errors)")
        let id = try #require(line.split(separator: " ").last.map(String.init))
        #expect(line == "to go on: evalrun judge run first.json --resume \(id)")
        let asked = server.requests.count
        isWell.withLock { $0 = true }
        let plain = try live.project.run("run", "--resume", id, environment: ["STUB_KEY": LiveProject.key])
        #expect(plain.exitCode == 2 && plain.errors.contains("error[run-plan]"), "\(plain.all)")
        let file = try live.project.read("first.json")
        try live.project.write(file.replacing("answer 1", with: "answer 7"), to: "other.json")
        let other = try live.project.run(
            "judge", "run", "other.json", "--resume", id, environment: ["STUB_KEY": LiveProject.key])
        #expect(other.exitCode == 2 && other.errors.contains("error[run-plan]"), "\(other.all)")
        #expect(server.requests.count == asked)
        let (whole, results) = try live.run("judge", "run", "first.json", "--resume", id)
        #expect(whole.exitCode == 0 && results.summary["passed"] == 2, "\(whole.all)")
        #expect(server.requests.count == asked + 1)
    }

    @Test("a report is not written over the results that are judged, by whatever path", arguments: 0..<4)
    func overwriting(index: Int) throws {
        let bench = try Self.bench()
        let before = try bench.live.project.read("first.json")
        try bench.live.project.link("link.json", to: "first.json")
        let paths = [
            "first.json", "./evalsuites/../first.json", "link.json", bench.live.project.path + "/first.json",
        ]
        let run = try bench.live.project.run(
            "judge", "run", "first.json", "--report", "json=\(paths[index])")
        #expect(run.exitCode == 64 && run.errors.contains("error[report-path]"), "\(run.all)")
        #expect(try bench.live.project.read("first.json") == before)
    }

    @Test("answers that would drive a terminal or a template are judged as they are, and shown harmless")
    func hostile() throws {
        let answers = [
            "{{ 1 + 1 }} {% for %} \u{1b}[31mred", "nul \u{0} \u{202E}gnp.exe", "\"}], \"executions\": [",
            "::error file=a::boo\n]]>", "🙂\u{301} \u{FFFF}", "",
        ]
        let bench = try Self.bench(LiveProject.cases(1...6)) { request in
            LiveProject.number(request).map { .json(200, LiveProject.completion(answers[$0 - 1])) }
        }
        let first = RunFile(value: try JSONParser().parse(try bench.live.project.read("first.json")))
        try bench.suite("not-equals: no model says this", "not-contains: no model says this")
        let (run, file) = try bench.again("--verbose")
        #expect(run.exitCode == 0, "\(run.all)")
        #expect(file.outputs == first.outputs && file.outputs.count == 6)
        #expect(!run.output.unicodeScalars.contains { $0 == "\u{1b}" || $0 == "\u{0}" || $0 == "\u{202E}" })
    }

    @Test(
        "wrong use is exit 64",
        arguments: [[], ["first.json", "--batch"], ["first.json", "--mode", "best"]])
    func wrongUse(words: [String]) throws {
        let project = try Sample.project([Sample.passing("a")])
        let run = try project.run(words: ["judge", "run"] + words)
        #expect(run.exitCode == 64, "\(run.all)")
    }
}
