import Foundation
import JSON
import Testing

@Suite("evalrun plan")
struct PlanCommandTests {
    private static let suite = """
        suite: support
        prompts: [reply]
        models: [small, mine]
        cases:
          - id: recorded
            vars: {text: "Where is it?"}
            assert: [contains: x]
          - id: missing
            vars: {text: "Again?"}
            repeat: 3
            only: {models: [small]}
            assert: [contains: x]
          - id: captured
            response: x
            assert: [contains: x]
          - id: left-out
            skip: not today
            vars: {text: "No"}
            assert: [contains: x]
          - id: built-in
            vars: {text: "No"}
            only: {models: [small]}
            tags: [slow]
            assert: [contains: x]

        """

    private static let answers = """
        {"suite": "support", "case": "recorded", "model": "small", "content": "x", "usage": {"input_tokens": 41, "output_tokens": 20}, "latency_ms": 1000}
        {"suite": "support", "case": "built-in", "model": "small", "content": "x", "usage": {"input_tokens": 41, "output_tokens": 40}, "latency_ms": 3000}

        """

    /// Two recordings, and four calls that lack one: three of a model with a listed price, one without.
    private func project() throws -> TemporaryProject {
        let project = try TemporaryProject([
            "evalrun.yaml": """
            models:
              small: {provider: openai, model: gpt-5-mini, parameters: {max_tokens: 400}}
              mine: {provider: ollama, model: gpt-5-mini}
            providers:
              openai: {limits: {rpm: 1, concurrency: 2}}

            """,
            "prompts/reply.prompt.yaml": "name: reply\nversion: 1\nuser: \"{{ text }}\"\n",
            "evalsuites/support.suite.yaml": Self.suite, "answers.jsonl": Self.answers,
        ])
        let imported = try project.run("fixtures", "import", "answers.jsonl")
        #expect(imported.exitCode == 0, "\(imported.all)")
        return project
    }

    private func plan(_ words: String...) throws -> (rows: [JSONValue], total: JSONValue, run: ToolRun) {
        let run = try project().run(words: ["plan", "--json"] + words)
        #expect(run.exitCode == 0, "\(run.all)")
        let json = try run.json()
        return (json["rows"]?.array ?? [], json["total"] ?? .null, run)
    }

    @Test("recording calls what is missing, and what is recorded tells what to expect")
    func record() throws {
        let (rows, total, run) = try plan()
        #expect(rows.map { $0["model"] } == ["small", "mine"], "\(run.all)")
        #expect(rows.first?["calls"] == 3 && rows.first?["recorded"] == 2)
        #expect(rows.first?["output_tokens"] == ["low": 90, "high": 1200])
        // At one request a minute.
        #expect(rows.first?["minutes"] == 3)
        #expect(rows.last?["calls"] == 1 && rows.last?["cost_usd"] == .null)
        #expect(total["calls"] == 4 && total["cost_usd"] == .null)
        let high = try #require(rows.first?["cost_usd"]?["high"]?.number?.double)
        let low = try #require(rows.first?["cost_usd"]?["low"]?.number?.double)
        // 1,200 tokens out at $2 a million, and a few in.
        #expect(high > 0.0024 && high < 0.0025 && low > 0.00018 && low < high)
    }

    @Test(
        "the mode and the selection decide what is called",
        arguments: [
            (["--mode", "live"], 6), (["--mode", "refresh"], 6), (["--mode", "record"], 4),
            (["--mode", "replay"], 0), (["--mode", "live", "--model", "small"], 5),
            (["--mode", "live", "--model", "mine"], 1), (["--mode", "live", "--case", "missing"], 3),
            (["--mode", "live", "--tag", "slow"], 1), (["--mode", "live", "--repeat", "2"], 9),
            (["--mode", "live", "--model", "echo"], 0), (["support"], 4),
        ])
    func modes(words: [String], calls: Int) throws {
        let run = try project().run(words: ["plan", "--json"] + words)
        #expect(run.exitCode == 0, "\(run.all)")
        #expect(try run.json()["total"]?["calls"] == .integer(calls), "\(run.all)")
    }

    @Test("the table is aligned and says what is unknown")
    func table() throws {
        let run = try project().run("plan")
        #expect(run.exitCode == 0 && run.errors.isEmpty, "\(run.all)")
        let lines = run.output.split(separator: "\n").map(String.init)
        #expect(lines.first?.hasPrefix("suite · model") == true && lines.count == 7, "\(run.all)")
        #expect(Set(lines.prefix(4).map(\.count)).count == 1, "\(run.all)")
        #expect(lines[2].contains("unknown") && lines[3].hasPrefix("total"))
        #expect(lines[4] == "--mode record would make 4 calls; 2 answers recorded already")
        #expect(lines[5] == "costs by prices of 2026-10-21")
        #expect(lines[6].hasPrefix("no price is known for mine: add 'gpt-5-mini' to prices.yaml"))
    }

    @Test("nothing is written, and mistakes end with exit code 2")
    func mistakes() throws {
        let project = try project()
        let before = try project.names()
        #expect(try project.run("plan").exitCode == 0)
        #expect(try project.names() == before)
        #expect(try project.run("plan", "nowhere").exitCode == 2)
        #expect(try project.run("plan", "--mode", "dead").exitCode == 64)
        try project.write("suite: [", to: "evalsuites/x.suite.yaml")
        #expect(try project.run("plan").exitCode == 2)
    }

    @Test("a replay of a known model has a cost from the list, and the report says from when it is")
    func replay() throws {
        let project = try project()
        let words = ["run", "--model", "small", "--case", "recorded"]
        let run = try project.run(words: words)
        #expect(run.exitCode == 0, "\(run.all)")
        #expect(run.output.contains("costs by prices of 2026-10-21\n"), "\(run.all)")
        // 41 in at $0.25 and 20 out at $2 a million.
        let json = try project.run(words: words + ["--report", "json"]).json()
        #expect(json["summary"]?["cost_usd"]?.number == JSONNumber(text: "0.00005025"))
        try project.write(
            "date: 2026-11-01\nmodels: {gpt-5-mini: {input: 1, output: 1}}\n", to: "prices.yaml")
        try project.write(try project.read("evalrun.yaml") + "prices: prices.yaml\n", to: "evalrun.yaml")
        let own = try project.run(words: words)
        #expect(own.output.contains("costs by prices.yaml of 2026-11-01\n"), "\(own.all)")
        #expect(own.output.components(separatedBy: "costs by").count == 2)
    }
}
