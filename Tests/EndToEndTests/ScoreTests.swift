import JSON
import StubServer
import Testing

/// Answers captured in production, judged on the real program.
@Suite("Scoring captured answers")
struct ScoreTests {
    private static let mapping = """
        {id: "{{ row.id }}", response: "{{ row.output }}", question: "{{ row.q }}", \
        vars: {q: {text: "{{ row.q }}"}}, tags: ["{{ row.team }}"], \
        assert: [{not-contains: sorry, metric: tone}]}
        """

    /// A suite of traces alone.
    private static func suite(_ traces: String = mapping, gates: [String] = [], cases: String = "") -> String
    {
        "suite: prod\nprompts: [p]\n\(cases)traces: \(traces)\n"
            + (gates.isEmpty ? "" : "gates:\n" + gates.map { "  - \($0)\n" }.joined())
    }

    private static func project(_ suite: String = suite(), _ files: [String: String] = [:]) throws
        -> TemporaryProject
    {
        try Sample.project([], more: ["evalsuites/s.suite.yaml": suite].merging(files) { $1 })
    }

    /// Rows `r1`, `r2`, … as JSON Lines, of which every third is sorry.
    private static func rows(_ numbers: some Sequence<Int>) -> String {
        numbers.map {
            let output = $0.isMultiple(of: 3) ? "sorry, no" : "yes \($0)"
            return #"{"id": "r\#($0)", "q": "q \#($0)?", "output": "\#(output)", "team": "t\#($0 % 2)"}"#
                + "\n"
        }.joined()
    }

    /// The results of `score` with a JSON report.
    private static func score(_ project: TemporaryProject, _ words: String...) throws -> (
        run: ToolRun, file: RunFile
    ) {
        let run = try project.run(words: ["score"] + words + ["--report", "json=r.json"])
        try #require(project.exists("r.json"), "\(run.all)")
        let text = try project.read("r.json")
        try project.remove("r.json")
        return (run, RunFile(value: try JSONParser().parse(text)))
    }

    private static let csv =
        "id,q,output,team\nr1,q 1?,yes 1,t1\nr2,q 2?,yes 2,t0\nr3,q 3?,\"sorry, no\",t1\n"
    private static let json =
        #"[{"id":"r1","q":"q 1?","output":"yes 1","team":"t1"},{"id":"r2","q":"q 2?","output":"yes 2","team":"t0"},"#
        + #"{"id":"r3","q":"q 3?","output":"sorry, no","team":"t1"}]"#
    private static let yaml = """
        - {id: r1, q: q 1?, output: yes 1, team: t1}
        - {id: r2, q: q 2?, output: yes 2, team: t0}
        - {id: r3, q: q 3?, output: "sorry, no", team: t1}
        """

    @Test(
        "every format of rows gives the same executions, the gates and the exit code of a run",
        arguments: [
            ("t.jsonl", rows(1...3)), ("t.ndjson", rows(1...3)), ("t.csv", csv), ("t.json", json),
            ("t.yaml", yaml), ("data/deep/T.JSONL", rows(1...3)),
        ])
    func formats(name: String, text: String) throws {
        let project = try Self.project(Self.suite(), [name: text])
        let (run, file) = try Self.score(project, name)
        #expect(run.exitCode == 1, "\(run.all)")
        #expect(file.statuses == ["r1#1 passed", "r2#1 passed", "r3#1 failed"])
        #expect(file.executions.map { $0["output"]?.string } == ["yes 1", "yes 2", "sorry, no"])
        #expect(file.executions.allSatisfy { $0["model"] == "given" && $0["source"] == "given" })
        #expect(file.summary["spent_usd"] == 0)
        #expect(
            run.output.contains("Next: evalrun score \(name) --suite prod --case r3 --verbose\n"),
            "\(run.output)")
        #expect(run.output.contains("0 errored, 0 skipped; this run spent $0"), "\(run.output)")
        let one = try Self.score(project, name, "--suite", "prod", "--case", "r3", "--verbose")
        #expect(one.file.statuses == ["r3#1 failed"], "\(one.run.all)")
    }

    @Test("a file may stand outside the project, and is named as it was typed")
    func outside() throws {
        let project = try Self.project()
        let elsewhere = try TemporaryProject(["t.jsonl": Self.rows(1...2) + "{\"id\": \"r3\"}\n"])
        let path = elsewhere.path + "/t.jsonl"
        let bad = try project.run("score", path)
        #expect(bad.exitCode == 2, "\(bad.all)")
        #expect(bad.errors.contains("\(path):3"), "\(bad.errors)")
        try elsewhere.write(Self.rows(1...2), to: "t.jsonl")
        let (run, file) = try Self.score(project, path)
        #expect(run.exitCode == 0 && file.statuses == ["r1#1 passed", "r2#1 passed"], "\(run.all)")
    }

    @Test("gates judge rows by their tags and columns; one that fails is exit 1, a looser one is 0")
    func gates() throws {
        let table: [([String], Int32)] = [
            (["{metric: pass_rate, min: 0.6}"], 0), (["{metric: pass_rate, min: 0.7}"], 1),
            (["{metric: score.tone, min: 0.6}", "{metric: pass_rate, min: 0.9, where: {row.id: r1}}"], 0),
            (["{metric: pass_rate, min: 0.9, where: {tags: [t1]}}"], 1),
            (["{metric: pass_rate, min: 0.9, where: {row.id: r3}}"], 1),
        ]
        for (gates, status) in table {
            let project = try Self.project(Self.suite(gates: gates), ["t.jsonl": Self.rows(1...6)])
            let (run, _) = try Self.score(project, "t.jsonl")
            #expect(run.exitCode == status, "\(gates): \(run.all)")
        }
    }

    @Test("a sample is the same rows every time and in every order, and is told with its size")
    func sample() throws {
        let project = try Self.project(
            Self.suite(gates: ["{metric: pass_rate, min: 0.1}"]),
            ["t.jsonl": Self.rows(1...400), "u.jsonl": Self.rows((1...400).reversed())])
        let (run, file) = try Self.score(project, "t.jsonl", "--sample", "10%")
        #expect(run.exitCode == 0, "\(run.all)")
        let count = file.executions.count
        #expect((10...80).contains(count))
        #expect(run.errors.contains("--sample 10% takes \(count) of 400 rows of t.jsonl\n"), "\(run.errors)")
        let again = try Self.score(project, "t.jsonl", "--sample", "10%")
        #expect(try again.file.withoutRun == file.withoutRun)
        let turned = try Self.score(project, "u.jsonl", "--sample", "0.1")
        #expect(turned.file.statuses.sorted() == file.statuses.sorted())
        let more = try Self.score(project, "t.jsonl", "--sample", "50%")
        #expect(Set(more.file.statuses).isSuperset(of: file.statuses))
        let all = try Self.score(project, "t.jsonl")
        #expect(all.file.executions.count == 400 && all.run.errors == "", "\(all.run.errors)")
        let quiet = try Self.score(project, "t.jsonl", "--sample", "10%", "--quiet")
        #expect(quiet.run.errors == "")
    }

    @Test("a sample without rows is a mistake and no pass", arguments: ["0.000001%", "0.00000001"])
    func emptySample(share: String) throws {
        let project = try Self.project(Self.suite(), ["t.jsonl": Self.rows(1...3)])
        let run = try project.run("score", "t.jsonl", "--sample", share)
        #expect(run.exitCode == 2 && run.errors.contains("error[empty-dataset]"), "\(run.all)")
        #expect(run.errors.contains("'t.jsonl'"), "\(run.errors)")
    }

    @Test(
        "rows that are none are told with file and line, all of them, and nothing is judged",
        arguments: [
            ("t.jsonl", "{\"id\": \"a\", \"output\": \"x\", \"team\": \"t\"}\n", "t.jsonl:1"),
            (
                "t.jsonl",
                #"{"id": "a", "q": "x", "team": "t", "output": 7}"# + "\n"
                    + #"{"id": "b", "q": "x", "team": "t", "output": null}"# + "\n", "t.jsonl:2"
            ),
            ("t.jsonl", rows(1...1) + "[1]\n", "t.jsonl:2"), ("t.jsonl", rows(1...1) + "{\n", "t.jsonl:2"),
            ("t.jsonl", rows(1...1) + rows(1...1), "t.jsonl:2"),
            ("t.csv", "id,q,output,team\na,b\n", "t.csv:2"), ("t.json", "{}", "t.json: error[bad-dataset]"),
            ("t.jsonl", "", "'t.jsonl' has no row"), ("t.csv", "id,q,output,team\n", "'t.csv' has no row"),
        ])
    func badRows(name: String, text: String, says: String) throws {
        let project = try Self.project(Self.suite(), [name: text])
        let run = try project.run("score", name, "--report", "json=r.json")
        #expect(run.exitCode == 2 && run.output == "", "\(run.all)")
        #expect(run.errors.contains(says), "\(run.errors)")
        #expect(!run.errors.contains(".evalrun/traces"), "\(run.errors)")
        #expect(!project.exists("r.json"))
    }

    @Test("a row without an answer is an error of its own, counted, and never a pass")
    func rowWithoutAnswer() throws {
        let project = try Self.project(
            Self.suite(),
            ["t.jsonl": Self.rows(1...1) + #"{"id": "r2", "q": "x", "team": "t"}"# + "\n"])
        let (run, file) = try Self.score(project, "t.jsonl")
        #expect(run.exitCode == 3, "\(run.all)")
        #expect(file.statuses == ["r1#1 passed", "r2#1 errored template"])
        #expect(run.output.contains("'row.output' is undefined"), "\(run.output)")
    }

    @Test(
        "files that can't be read are exit 2, by the name that was typed",
        arguments: ["nothing.jsonl", "evalsuites", "evalsuites/s.jsonl", "t.txt", "t"])
    func unreadable(name: String) throws {
        let project = try Self.project(Self.suite(), ["t.txt": Self.rows(1...1), "t": "x"])
        try project.link("evalsuites/s.jsonl", to: "..")
        let run = try project.run("score", name)
        #expect(run.exitCode == 2 && run.output == "", "\(run.all)")
        #expect(run.errors.contains(name) && !run.errors.contains(".evalrun/traces"), "\(run.errors)")
    }

    @Test(
        "wrong use is exit 64",
        arguments: [
            [], ["t.jsonl", "--sample", "0%"], ["t.jsonl", "--sample", "101%"],
            ["t.jsonl", "--sample", "few"],
            ["t.jsonl", "--sample", "-5%"], ["t.jsonl", "--batch"], ["t.jsonl", "--mode", "best"],
        ])
    func wrongUse(words: [String]) throws {
        let project = try Self.project(Self.suite(), ["t.jsonl": Self.rows(1...1)])
        let run = try project.run(words: ["score"] + words)
        #expect(run.exitCode == 64, "\(run.all)")
    }

    @Test("a suite of traces alone is valid for check, and run says what to type instead")
    func tracesAlone() throws {
        let project = try Self.project(Self.suite(), ["t.jsonl": Self.rows(1...2)])
        for words in [["check"], ["check", "--strict"]] {
            let run = try project.run(words: words)
            #expect(run.exitCode == 0, "\(words): \(run.all)")
        }
        for words in [["run"], ["run", "prod"], ["plan"], ["record"]] {
            let run = try project.run(words: words)
            #expect(run.exitCode == 2, "\(words): \(run.all)")
            #expect(
                run.errors.contains("`evalrun score FILE --suite prod` judges captured answers with it"),
                "\(words): \(run.errors)")
        }
        try project.write(
            Sample.suite([Sample.passing("a")]), to: "evalsuites/other.suite.yaml")
        let (run, results) = try project.results()
        #expect(run.exitCode == 0 && results.statuses == ["a#1 passed"], "\(run.all)")
        #expect(!run.errors.contains("warning"), "\(run.errors)")
        let score = try Self.score(project, "t.jsonl")
        #expect(score.run.exitCode == 0 && score.file.statuses == ["r1#1 passed", "r2#1 passed"])
    }

    @Test("score judges the traces of a suite that has cases too, and none of its cases; run the reverse")
    func casesBeside() throws {
        let project = try Self.project(
            Self.suite(cases: "models: [echo]\ncases:\n  - \(Sample.failing("a"))\n"),
            ["t.jsonl": Self.rows(1...2)])
        let score = try Self.score(project, "t.jsonl")
        #expect(score.run.exitCode == 0, "\(score.run.all)")
        #expect(score.file.statuses == ["r1#1 passed", "r2#1 passed"])
        let (run, results) = try project.results()
        #expect(run.exitCode == 1 && results.statuses == ["a#1 failed"], "\(run.all)")
    }

    @Test("a suite without traces has no place for rows, and says what to add")
    func withoutTraces() throws {
        let project = try Sample.project([Sample.passing("a")], more: ["t.jsonl": Self.rows(1...2)])
        let run = try project.run("score", "t.jsonl")
        #expect(run.exitCode == 2 && run.errors.contains("error[no-traces]"), "\(run.all)")
        #expect(run.errors.contains("add traces: {response:"), "\(run.errors)")
    }

    @Test("a report is not written over the rows that are judged, by whatever path", arguments: 0..<4)
    func overwriting(index: Int) throws {
        let project = try Self.project()
        let elsewhere = try TemporaryProject(["t.jsonl": Self.rows(1...2)])
        let file = elsewhere.path + "/t.jsonl"
        try project.link("link.jsonl", to: file)
        let pairs = [
            (file, file), ("link.jsonl", file), (file, "link.jsonl"), (file, elsewhere.path + "/./t.jsonl"),
        ]
        let run = try project.run("score", pairs[index].0, "--report", "json=\(pairs[index].1)")
        #expect(run.exitCode == 64 && run.errors.contains("error[report-path]"), "\(run.all)")
        #expect(try elsewhere.read("t.jsonl") == Self.rows(1...2))
    }

    // MARK: judges

    private static let rubric = """
        {id: "{{ row.id }}", response: "{{ row.output }}", question: "{{ row.q }}", \
        assert: [{rubric: Says a number., metric: number}]}
        """

    private static func live(_ server: StubServer, _ rows: String) throws -> LiveProject {
        let project = try Self.project(
            Self.suite(rubric),
            [
                "prompts/p.prompt.yaml": "name: p\nversion: 1\nuser: hello\n", "t.jsonl": rows,
                "evalrun.yaml": LiveProject.settings(
                    server.url, models: ["big: {provider: stub, model: gpt-5, price_as: gpt-5}"],
                    more: "judge: {model: big}"),
            ])
        return LiveProject(project: project)
    }

    @Test("judges are asked about captured answers, recorded, and a replay asks nobody")
    func judged() throws {
        let server = try LiveProject.answering { request in
            .json(
                200,
                LiveProject.completion(
                    #"{"reason": "So it is.", "pass": \#(request.text.contains("yes"))}"#))
        }
        let live = try Self.live(server, Self.rows(1...3))
        let missing = try live.run("score", "t.jsonl")
        #expect(missing.run.exitCode == 4, "\(missing.run.all)")
        #expect(
            missing.run.output.contains("Next: evalrun score t.jsonl --suite prod --mode record\n"),
            "\(missing.run.output)")
        #expect(!missing.run.all.contains("evalrun record") && !missing.run.all.contains("fixtures stale"))
        #expect(
            missing.run.output.contains(
                "record it with `evalrun score t.jsonl --suite prod --case r1 --mode record`"),
            "\(missing.run.output)")
        #expect(server.requests.isEmpty)
        let (run, file) = try live.run("score", "t.jsonl", "--mode", "record", "--max-usd", "100")
        #expect(run.exitCode == 1, "\(run.all)")
        #expect(file.statuses == ["r1#1 passed", "r2#1 passed", "r3#1 failed"])
        #expect(server.requests.count == 3)
        #expect(file.summary["spent_usd"] == file.summary["judge_cost_usd"])
        #expect(file.summary["spent_usd"] != 0 && file.summary["spent_usd"] != .null)
        let replay = try live.run("score", "t.jsonl", key: nil)
        #expect(replay.run.exitCode == 1 && server.requests.count == 3, "\(replay.run.all)")
        #expect(replay.file.statuses == file.statuses && replay.file.summary["spent_usd"] == 0)
        let asked = try live.run("score", "t.jsonl", "--mode", "live")
        #expect(asked.run.exitCode == 1 && server.requests.count == 6, "\(asked.run.all)")
        #expect(
            asked.run.output.contains(
                "Next: evalrun score t.jsonl --suite prod --case r3 --mode live --verbose\n"),
            "\(asked.run.output)")
        // Nobody knows which rows are scored again.
        try live.project.write(
            "suite: other\nprompts: [p]\nmodels: [echo]\ncases: [{id: a, assert: [contains: hello]}]\n",
            to: "evalsuites/other.suite.yaml")
        let prune = try live.project.run("fixtures", "prune")
        #expect(prune.exitCode == 0 && prune.errors.hasSuffix("0 removed\n"), "\(prune.all)")
        let after = try live.run("score", "t.jsonl", key: nil)
        #expect(after.run.exitCode == 1 && after.file.statuses == file.statuses, "\(after.run.all)")
    }

    @Test("a judge that does not answer is an error, and --resume goes on with it")
    func resumed() throws {
        let server = try LiveProject.answering { request in
            request.text.contains("yes 2")
                ? .text(500, "boom")
                : .json(200, LiveProject.completion(#"{"reason": "Yes.", "pass": true}"#))
        }
        let live = try Self.live(server, Self.rows(1...2))
        let (run, _) = try live.run("score", "t.jsonl", "--mode", "live")
        #expect(run.exitCode == 3, "\(run.all)")
        let line = try #require(run.errors.split(separator: "\n").first { $0.hasPrefix("to go on: ") })
        let id = try #require(line.split(separator: " ").last.map(String.init))
        #expect(line == "to go on: evalrun score t.jsonl --resume \(id)")
        let asked = server.requests.count
        let plain = try live.project.run("run", "--resume", id, environment: ["STUB_KEY": LiveProject.key])
        #expect(plain.exitCode == 2, "\(plain.all)")
        let again = try live.run("score", "t.jsonl", "--resume", id)
        #expect(again.run.exitCode == 3 && again.file.statuses.first == "r1#1 passed", "\(again.run.all)")
        let later = server.requests.dropFirst(asked)
        #expect(!later.isEmpty && later.allSatisfy { $0.text.contains("yes 2") })
    }

    @Test(
        "personal data in captured answers is not sent to judges unless it is allowed, and the file is named")
    func sensitive() throws {
        let server = try LiveProject.answering { _ in
            .json(200, LiveProject.completion(#"{"reason": "Yes.", "pass": true}"#))
        }
        let elsewhere = try TemporaryProject([
            "t.jsonl": Self.rows(1...1) + #"{"id": "r2", "q": "who?", "output": "ann@corp.io"}"# + "\n"
        ])
        let path = elsewhere.path + "/t.jsonl"
        let live = try Self.live(server, "")
        for mode in ["live", "record"] {
            let run = try live.project.run(
                "score", path, "--mode", mode, environment: ["STUB_KEY": LiveProject.key])
            #expect(run.exitCode == 2, "\(run.all)")
            #expect(
                run.errors.contains("\(path):2:") && run.errors.contains("--allow-sensitive"), "\(run.errors)"
            )
            #expect(!run.all.contains("ann@corp.io"))
        }
        #expect(server.requests.isEmpty)
        let allowed = try live.run("score", path, "--mode", "live", "--allow-sensitive")
        #expect(allowed.run.exitCode == 0 && server.requests.count == 2, "\(allowed.run.all)")
    }
}
