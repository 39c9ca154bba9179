import Foundation
import JSON
import StubServer
import Testing

/// Models that stand in for others, and failures on purpose, on the real program.
@Suite("Fallbacks of live models", .serialized)
struct LiveFallbackTests {
    private static func settings(
        _ url: String, provider: String = "breaker: 0", fallback: String = "[second, third]"
    ) -> String {
        LiveProject.settings(
            url,
            models: [
                "small: {provider: stub, model: first-id, price_as: dear, fallback: \(fallback)}",
                "second: {provider: stub, model: second-id, price_as: middling}",
                "third: {provider: stub, model: third-id, price_as: cheap}",
                "alone: {provider: stub, model: first-id}",
            ], provider: provider, more: "prices: prices.yaml")
    }

    private static let prices = [
        "prices.yaml":
            "date: 2026-11-01\nmodels:\n  dear: {input: 1000, output: 1000}\n  middling: {input: 100, output: 100}\n  cheap: {input: 10, output: 10}\n"
    ]

    /// What each model of a chain does, and who answers at which price.
    struct Chain: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// Status codes by model id; others answer.
        var failing: [String: Int]
        let answering: String?
        let cost: Double
        /// How often each model is asked.
        let asked: [Int]
        var kind: String?
        var exitCode: Int32 = 0
    }

    @Test(
        "the first that answers counts, at its own price, and the result names it",
        arguments: [
            Chain(testDescription: "all well", failing: [:], answering: nil, cost: 0.012, asked: [1, 0, 0]),
            Chain(
                testDescription: "the first overloaded", failing: ["first-id": 503], answering: "second",
                cost: 0.0012,
                asked: [2, 1, 0]),
            Chain(
                testDescription: "the first two overloaded", failing: ["first-id": 429, "second-id": 529],
                answering: "third",
                cost: 0.000_12, asked: [2, 2, 1]),
            Chain(
                testDescription: "all overloaded",
                failing: ["first-id": 500, "second-id": 500, "third-id": 500],
                answering: nil, cost: 0, asked: [2, 2, 2], kind: "provider", exitCode: 3),
            Chain(
                testDescription: "a wrong key is not hidden", failing: ["first-id": 401], answering: nil,
                cost: 0,
                asked: [1, 0, 0], kind: "provider", exitCode: 3),
            Chain(
                testDescription: "a bad request is not hidden", failing: ["first-id": 400], answering: nil,
                cost: 0,
                asked: [1, 0, 0], kind: "provider", exitCode: 3),
        ])
    func chain(chain: Chain) throws {
        let ids = ["first-id", "second-id", "third-id"]
        let server = try LiveProject.answering { request in
            let id = ids.first { request.text.contains($0) } ?? ""
            return chain.failing[id].map { .json($0, "{}") }
        }
        let live = try LiveProject(
            settings: Self.settings(server.url), cases: LiveProject.cases(1...1), files: Self.prices)
        let (run, file) = try live.run("record")
        #expect(run.exitCode == chain.exitCode, "\(run.all)")
        #expect(ids.map { id in server.requests.count { $0.text.contains(id) } } == chain.asked)
        let execution = try #require(file.executions.first)
        #expect(execution["fallback"]?.string == chain.answering && execution["model"] == "small")
        #expect(execution["error"]?["kind"]?.string == chain.kind)
        #expect(
            file.summary["cost_usd"]?.double == chain.cost && file.summary["spent_usd"]?.double == chain.cost)
        guard chain.exitCode == 0 else { return }
        let replay = try live.run("run", key: nil)
        #expect(replay.run.exitCode == 0, "\(replay.run.all)")
        #expect(replay.file.without("source", "spent_usd") == file.without("source", "spent_usd"))
    }

    @Test("a model whose chain is not written has none")
    func unwritten() throws {
        let server = try LiveProject.answering { $0.text.contains("first-id") ? .text(503, "") : nil }
        let live = try LiveProject(
            settings: Self.settings(server.url), cases: LiveProject.cases(1...1), head: "models: [alone]",
            files: Self.prices)
        #expect(try live.run("run", "--mode", "live").run.exitCode == 3)
        #expect(server.requests.count == 2)
    }

    /// Gates on how answers came about, over four cases of which the first two make the first model fail.
    @Test(
        "fallback_rate and retry_rate are judged",
        arguments: [
            ("{metric: fallback_rate, max: 0.5}", 0, 0.5), ("{metric: fallback_rate, max: 0.25}", 1, 0.5),
            ("{metric: retry_rate, max: 0.75}", 0, 0.75), ("{metric: retry_rate, max: 0.5}", 1, 0.75),
        ] as [(String, Int32, Double)])
    func rates(gate: String, exitCode: Int32, value: Double) throws {
        let server = try LiveProject.answering { request in
            let number = LiveProject.number(request) ?? 0
            if request.text.contains("first-id"), number <= 2 { return .json(503, "{}") }
            // The third case gets its answer from the second attempt.
            return number == 3 && request.number == 1 ? .json(503, "{}") : nil
        }
        let live = try LiveProject(
            settings: Self.settings(server.url),
            cases: [LiveProject.cases(3...3), LiveProject.cases(1...2), LiveProject.cases(4...4)].flatMap {
                $0
            },
            gates: [gate], files: Self.prices)
        let (run, file) = try live.run("record", "--jobs", "1")
        #expect(run.exitCode == exitCode, "\(run.all)")
        #expect(file.value["gates"]?.array?.first?["value"]?.double == value, "\(run.all)")
        // Requests of the whole chain count.
        #expect(file.executions.map { $0["attempts"]?.integer } == [2, 3, 3, 1], "\(run.all)")
        #expect(try live.run("run", key: nil).run.exitCode == exitCode, "a replay judges the same")
    }

    @Test(
        "--inject makes a model fail on purpose, and nothing else",
        arguments: [
            (["--inject", "503@small"], "[second]", 0, ["second", "second"], [0, 2]),
            (["--inject", "503@small"], "[]", 3, [nil, nil], [0, 0]),
            (["--inject", "timeout@small"], "[second]", 0, ["second", "second"], [0, 2]),
            (["--inject", "reset@small"], "[]", 3, [nil, nil], [0, 0]),
            (["--inject", "garbage@small"], "[]", 3, [nil, nil], [0, 0]),
            (["--inject", "401@small"], "[second]", 3, [nil, nil], [0, 0]),
            (["--inject", "503@stub"], "[second]", 3, [nil, nil], [0, 0]),
            (["--inject", "503@second"], "[second]", 0, [nil, nil], [2, 0]),
            (["--inject", "503@small:0"], "[second]", 0, [nil, nil], [2, 0]),
            (["--inject", "503@small", "--inject", "503@second"], "[second]", 3, [nil, nil], [0, 0]),
        ] as [([String], String, Int32, [String?], [Int])])
    func injected(words: [String], fallback: String, exitCode: Int32, by: [String?], asked: [Int]) throws {
        let server = try LiveProject.answering()
        let live = try LiveProject(
            settings: Self.settings(server.url, fallback: fallback), cases: LiveProject.cases(1...2),
            files: Self.prices)
        let run = try ToolRun.run(
            ["run", "--mode", "live", "--report", "json=r.json"] + words, in: live.project.path,
            environment: ["STUB_KEY": LiveProject.key])
        #expect(run.exitCode == exitCode, "\(run.all)")
        let file = try live.results(run)
        #expect(file.executions.map { $0["fallback"]?.string } == by)
        #expect(
            ["first-id", "second-id"].map { id in server.requests.count { $0.text.contains(id) } } == asked)
        if exitCode != 0 {
            #expect(run.output.contains("injected") && run.output.contains("--inject"), "\(run.all)")
        }
    }

    @Test(
        "--inject that makes no sense is exit 2 with what to write",
        arguments: [
            ("503", "does not say what fails"), ("503@smal", "did you mean 'small'"),
            ("99@small", "is no fault"),
            ("timout@small", "did you mean 'timeout'"), ("503@small:2", "no number from 0 to 1"),
        ])
    func badInjection(text: String, says: String) throws {
        let server = try LiveProject.answering()
        let live = try LiveProject(
            settings: Self.settings(server.url), cases: LiveProject.cases(1...1), files: Self.prices)
        let run = try live.project.run(
            "run", "--mode", "live", "--inject", text, environment: ["STUB_KEY": LiveProject.key])
        #expect(run.exitCode == 2 && run.errors.contains(says), "\(run.all)")
        #expect(server.requests.isEmpty && !live.project.exists(".evalrun"))
        let replay = try live.project.run("run", "--inject", text)
        #expect(
            replay.exitCode == 64 && replay.errors.contains("--inject needs live models"), "\(replay.all)")
    }

    @Test("a chain goes on where a breaker has opened: every case is answered")
    func breaker() throws {
        let server = try LiveProject.answering { $0.path.contains("ill") ? .json(503, "{}") : nil }
        let live = try LiveProject(
            settings: """
                models:
                  small: {provider: ill, model: first-id, fallback: [second]}
                  second: {provider: stub, model: second-id}
                providers:
                  ill: {type: openai-compatible, base_url: "\(server.url)/ill/v1", retry: {attempts: 1}, breaker: 3}
                  stub: {type: openai-compatible, base_url: "\(server.url)/v1"}

                """, cases: LiveProject.cases(1...30))
        let (run, file) = try live.run("run", "--mode", "live", "--jobs", "1")
        #expect(run.exitCode == 0 && file.summary["passed"] == 30, "\(run.all)")
        #expect(server.requests.count == 33)
        #expect(file.executions.allSatisfy { $0["fallback"] == "second" })
    }
}
