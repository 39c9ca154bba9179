import Foundation
import JSON
import StubServer
import Synchronization
import Testing

/// What a run may spend, on the real program.
@Suite("Budgets of live runs", .serialized)
struct LiveBudgetTests {
    /// A model that costs a dollar for each thousand tokens either way, and the answers of the stub (10 tokens in, 2
    /// out) 0.012 dollars; at most 100 tokens of an answer make the worst case of a call some 0.11 dollars.
    private static func settings(_ url: String, _ more: String = "", provider: String = "") -> String {
        LiveProject.settings(
            url,
            models: [
                "small: {provider: stub, model: gpt-5-mini, price_as: stub-model, parameters: {max_tokens: 100}}",
                "free: {provider: stub, model: nobody-knows, parameters: {max_tokens: 100}}",
                "ill: {provider: stub, model: ill, price_as: stub-model, parameters: {max_tokens: 100}, fallback: [small]}",
            ], provider: provider, more: "prices: prices.yaml\n" + more)
    }

    private static let prices = [
        "prices.yaml": "date: 2026-11-01\nmodels:\n  stub-model: {input: 1000, output: 1000}\n"
    ]

    private func project(
        _ url: String, cases: Int, head: String = "models: [small]", more: String = "", provider: String = ""
    ) throws -> LiveProject {
        try LiveProject(
            settings: Self.settings(url, more, provider: provider), cases: LiveProject.cases(1...cases),
            head: head,
            files: Self.prices)
    }

    private func spent(_ file: RunFile) -> Double { file.summary["spent_usd"]?.double ?? .infinity }

    @Test(
        "a run stops before its cap, whatever is in flight: exit 6, the rest is not asked for",
        arguments: [1, 4, 64], [0.2, 0.5])
    func stops(jobs: Int, cap: Double) throws {
        let server = try LiveProject.answering()
        let live = try project(server.url, cases: 60)
        let (run, file) = try live.run("run", "--mode", "live", "--max-usd", "\(cap)", "--jobs", "\(jobs)")
        #expect(run.exitCode == 6, "\(run.all)")
        #expect(spent(file) <= cap)
        let kinds = file.executions.map { $0["error"]?["kind"]?.string }
        let refused = kinds.count { $0 == "budget" }
        #expect(refused > 0 && kinds.allSatisfy { $0 == nil || $0 == "budget" }, "\(run.all)")
        #expect(server.requests.count == 60 - refused)
        // As far as it goes one call after the other: until a worst case fits no more.
        #expect(cap - spent(file) < 0.13, "\(run.all)")
        #expect(file.summary["passed"]?.integer == 60 - refused)
        #expect(run.output.contains("exit 6") && run.output.contains("raise --max-usd"), "\(run.all)")
    }

    @Test(
        "worst cases that do not fit together wait, and what fits one after the other is asked",
        arguments: [1, 64])
    func waits(jobs: Int) throws {
        let server = try LiveProject.answering()
        let live = try project(server.url, cases: 30)
        // 30 × 0.012 = 0.36 dollars, and one worst case.
        let (run, file) = try live.run("run", "--mode", "live", "--max-usd", "0.5", "--jobs", "\(jobs)")
        #expect(run.exitCode == 0, "\(run.all)")
        #expect(file.summary["passed"] == 30 && server.requests.count == 30)
        #expect(file.summary["spent_usd"] == 0.36)
    }

    @Test(
        "a run that goes on counts what it has spent, keeps its cap, and takes a higher one",
        arguments: ["live", "record"])
    func resumed(mode: String) throws {
        let server = try LiveProject.answering()
        let live = try project(server.url, cases: 30)
        let (run, file) = try live.run("run", "--mode", mode, "--max-usd", "0.2", "--jobs", "1")
        #expect(run.exitCode == 6, "\(run.all)")
        let asked = server.requests.count
        let again = try live.run("run", "--resume", "last")
        #expect(again.run.exitCode == 6 && server.requests.count == asked, "\(again.run.all)")
        #expect(again.file.summary["spent_usd"] == file.summary["spent_usd"])
        let more = try live.run("run", "--resume", "last", "--max-usd", "0.35", "--jobs", "1")
        #expect(more.run.exitCode == 6 && server.requests.count > asked, "\(more.run.all)")
        #expect(spent(more.file) <= 0.35 && spent(more.file) > 0.2)
        let rest = try live.run("run", "--resume", "last", "--max-usd", "5")
        #expect(rest.run.exitCode == 0 && server.requests.count == 30, "\(rest.run.all)")
        #expect(rest.file.summary["spent_usd"] == 0.36 && rest.file.summary["cost_usd"] == 0.36)
    }

    @Test("what is recorded or cached costs nothing of a budget")
    func free() throws {
        let server = try LiveProject.answering()
        let live = try project(server.url, cases: 12)
        #expect(try live.run("record", "--cache", ".cache").run.exitCode == 0)
        let (run, file) = try live.run("record", "--max-usd", "0")
        #expect(run.exitCode == 0 && file.summary["spent_usd"] == 0, "\(run.all)")
        let cached = try live.run("run", "--mode", "live", "--cache", ".cache", "--max-usd", "0")
        #expect(cached.run.exitCode == 0 && cached.file.summary["spent_usd"] == 0, "\(cached.run.all)")
        #expect(server.requests.count == 12)
    }

    @Test("failed calls and fallbacks stay within the cap", arguments: [1, 64])
    func fallback(jobs: Int) throws {
        let server = try LiveProject.answering { $0.text.contains("\"ill\"") ? .text(503, "") : nil }
        let live = try project(server.url, cases: 20, head: "models: [ill]", provider: "breaker: 0")
        let (run, file) = try live.run("run", "--mode", "live", "--max-usd", "0.2", "--jobs", "\(jobs)")
        #expect(run.exitCode == 6 && spent(file) <= 0.2, "\(run.all)")
        #expect((file.summary["passed"]?.integer ?? 0) >= 6, "\(run.all)")
        #expect(file.executions.contains { $0["fallback"] == "small" })
    }

    @Test("a cap of a profile holds, the command line's goes before it")
    func profile() throws {
        let server = try LiveProject.answering()
        let live = try project(
            server.url, cases: 10, more: "profiles: {nightly: {mode: live, max_usd: 0.13}}")
        let (run, _) = try live.run("run", "--profile", "nightly", "--jobs", "1")
        #expect(run.exitCode == 6 && server.requests.count < 10, "\(run.all)")
        let more = try live.run("run", "--profile", "nightly", "--max-usd", "1")
        #expect(more.run.exitCode == 0, "\(more.run.all)")
    }

    @Test(
        "a model without a known price is exit 2 under a cap or a gate on costs, unless --allow-unpriced",
        arguments: [
            (["--max-usd", "1"], [], 2, "error[unknown-price]"),
            ([], ["{metric: cost_usd, max: 1}"], 2, "error["),
            (["--max-usd", "1", "--allow-unpriced"], [], 0, ""), ([], [], 0, ""),
        ] as [([String], [String], Int32, String)])
    func unpriced(words: [String], gates: [String], exitCode: Int32, says: String) throws {
        let server = try LiveProject.answering()
        let live = try LiveProject(
            settings: Self.settings(server.url), cases: LiveProject.cases(1...3), gates: gates,
            head: "models: [free]",
            files: Self.prices)
        let run = try ToolRun.run(
            ["run", "--mode", "live", "--report", "json=r.json"] + words, in: live.project.path,
            environment: ["STUB_KEY": LiveProject.key])
        #expect(says.isEmpty || run.errors.contains(says), "\(run.all)")
        #expect(run.exitCode == exitCode)
        #expect(server.requests.count == (exitCode == 0 ? 3 : 0))
        guard exitCode == 0 else { return }
        #expect(
            run.output.contains("cost not known in full, what this run spent is unknown"), "\(run.output)")
        let file = try live.results(run)
        #expect(file.summary["spent_usd"] == .null && file.summary["cost_usd"] == .null)
    }

    @Test("what a mixed run spent is at least the known part of it")
    func mixed() throws {
        let server = try LiveProject.answering()
        let live = try project(server.url, cases: 2, head: "models: [small, free]")
        let (run, file) = try live.run("run", "--mode", "live")
        #expect(run.exitCode == 0 && file.summary["spent_usd"] == .null, "\(run.all)")
        #expect(run.output.contains("this run spent at least $0.0240"), "\(run.output)")
        let replay = try live.run("record")
        #expect(replay.run.exitCode == 0)
        #expect(try live.run("run", key: nil).file.summary["spent_usd"] == 0)
    }
}
