import Foundation
import JSON
import StubServer
import Testing

/// `--batch`, on the real program.
@Suite("Runs by batches", .serialized, .timeLimit(.minutes(5)))
struct BatchTests {
    private func project(
        _ server: BatchServer, cases: Int = 3, kind: String = "openai-compatible", more: String = ""
    ) throws -> LiveProject {
        let live = try LiveProject(url: server.url, cases: cases)
        try live.project.write(
            """
            models:
              small: {provider: stub, model: gpt-5-mini, parameters: {max_tokens: 20}, price_as: gpt-5-mini}
              other: {provider: ollama, model: llama}
            providers:
              stub: {type: \(kind), base_url: "\(server.url)/v1", api_key_env: STUB_KEY, retry: {attempts: 2, base_s: 0.001, cap_s: 0.002}}
            profiles:
              nightly: {mode: live, batch: true}
            \(more)
            """, to: "evalrun.yaml")
        return live
    }

    private func ledger(_ live: LiveProject) throws -> JSONValue {
        let run = try #require(try live.project.names(in: ".evalrun/runs").last)
        return try JSONParser().parse(try live.project.read(".evalrun/runs/\(run)/batches.json"))
    }

    @Test(
        "all cases go in one batch, at the price of batches",
        arguments: ["openai-compatible", "anthropic"], ["--batch", "--profile=nightly"])
    func run(kind: String, option: String) throws {
        let server = try BatchServer()
        defer { server.stop() }
        let live = try project(server, kind: kind)
        let words = option == "--batch" ? ["--mode", "live", option] : [option]
        let (run, file) = try live.run(words: ["run"] + words)
        #expect(run.exitCode == 0, "\(run.all.prefix(3000))")
        #expect(file.summary["passed"] == 3)
        #expect(server.batches == [["question 1", "question 2", "question 3"]])
        let execution = file.executions[0]
        #expect(execution["source"] == "live" && execution["latency_ms"] == .null)
        #expect(execution["attempts"] == 1 && execution["output"] == "fine")
        // 10 × 0.125 + 2 × 1 per million: half of the list price of gpt-5-mini.
        #expect(execution["cost_usd"]?.double == 0.00000325, "\(execution)")
        #expect(file.summary["spent_usd"]?.double == 0.00000975)
        #expect(run.errors.contains("3 requests submitted to stub (gpt-5-mini)"), "\(run.errors)")
        #expect(!(try live.texts(run)).contains(LiveProject.key))
        let part = try ledger(live)["parts"]?[0]
        #expect(part?["is_collected"] == true && part?["requests"] == 3 && part?["custom_ids"] == nil)
        #expect(!server.calls.contains { $0.contains("chat/completions") || $0 == "POST /v1/messages" })
    }

    @Test("answers of batches are recorded, and replayed with the price they had")
    func recorded() throws {
        let server = try BatchServer()
        defer { server.stop() }
        let live = try project(server)
        let (run, _) = try live.run("record", "--batch")
        #expect(run.exitCode == 0, "\(run.all.prefix(3000))")
        #expect(try live.project.names(in: "fixtures/s") == ["c1", "c2", "c3"])
        try live.project.remove("fixtures/s/c2/p.small.yaml")
        let (again, _) = try live.run("record", "--batch")
        #expect(again.exitCode == 0, "\(again.all.prefix(3000))")
        #expect(server.batches.last == ["question 2"], "only what is missing")
        server.stop()
        let (replay, file) = try live.run("run", key: nil)
        #expect(replay.exitCode == 0, "\(replay.all.prefix(3000))")
        #expect(file.executions[0]["cost_usd"]?.double == 0.00000325)
    }

    @Test(
        "Ctrl-C while waiting: exit 130, how to go on is said, and --resume collects the same batch",
        arguments: [SIGINT, SIGKILL])
    func resumed(number: Int32) throws {
        let arrived = DispatchSemaphore(value: 0)
        let server = try BatchServer(heard: { if $0.path.hasSuffix("batches") { arrived.signal() } })
        defer { server.stop() }
        server.change { $0.isOver = false }
        let live = try project(server)
        let run = try live.project.run(
            "run", "--mode", "live", "--batch", "--report", "json=r.json",
            environment: ["STUB_KEY": LiveProject.key]
        ) { process in
            arrived.wait()
            // The id is written a moment after the answer; without it the batch is found by its metadata.
            while number == SIGINT, (try? ledger(live)["parts"]?[0]?["batch_id"]?.string) == nil {
                usleep(1000)
            }
            kill(process.processIdentifier, number)
        }
        #expect(run.exitCode == (number == SIGKILL ? 128 + SIGKILL : 130), "\(run.all.prefix(3000))")
        if number == SIGINT {
            #expect(run.errors.contains("the batch goes on at the provider: batch_1 (stub)"), "\(run.errors)")
            #expect(run.errors.contains("to go on: evalrun run --resume "), "\(run.errors)")
            #expect(try live.results(run).statuses.allSatisfy { $0.hasSuffix("errored interrupted") })
        }
        server.change { $0.isOver = true }
        let (again, file) = try live.run("run", "--resume", "last")
        #expect(again.exitCode == 0, "\(again.all.prefix(3000))")
        #expect(file.summary["passed"] == 3)
        #expect(file.summary["spent_usd"]?.double == 0.00000975)
        #expect(server.batches.count == 1)
    }

    @Test(
        "killed before the id of the batch was known: it is found",
        arguments: ["openai-compatible", "anthropic"])
    func found(kind: String) throws {
        let arrived = DispatchSemaphore(value: 0)
        let server = try BatchServer(heard: { if $0.path.hasSuffix("batches") { arrived.signal() } })
        defer { server.stop() }
        server.change { $0.isMute = true }
        let live = try project(server, kind: kind)
        let run = try live.project.run(
            "run", "--mode", "live", "--batch", environment: ["STUB_KEY": LiveProject.key]
        ) { process in
            arrived.wait()
            while server.batches.isEmpty { usleep(1000) }
            kill(process.processIdentifier, SIGKILL)
        }
        #expect(run.exitCode == 128 + SIGKILL, "\(run.all.prefix(3000))")
        server.change { $0.isMute = false }
        let (again, file) = try live.run("run", "--resume", "last")
        #expect(again.exitCode == 0, "\(again.all.prefix(3000))")
        #expect(again.errors.contains("was found"), "\(again.errors)")
        #expect(file.summary["passed"] == 3)
        #expect(server.batches.count == 1)
    }

    @Test("what a batch does not answer is errored with its reason, and asked again by --resume alone")
    func unanswered() throws {
        let server = try BatchServer(line: { entry in
            let text = JSONWriter.compact.text(of: entry)
            if text.contains("question 2") { return nil }
            return text.contains("question 3")
                ? #"{"custom_id":"\#(entry["custom_id"]?.string ?? "")","response":null,"error":{"code":"batch_expired","message":"late"}}"#
                : BatchServer.answer(entry)
        })
        defer { server.stop() }
        let live = try project(server)
        let (run, file) = try live.run("run", "--mode", "live", "--batch")
        #expect(run.exitCode == 3, "\(run.all.prefix(3000))")
        #expect(file.statuses == ["c1#1 passed", "c2#1 errored provider", "c3#1 errored provider"])
        let messages = file.executions.map { $0["error"]?["message"]?.string ?? "" }
        #expect(messages[1] == "the batch batch_1 has no answer for it (completed)")
        #expect(messages[2].contains("the batch expired before it was answered"))
        #expect(server.batches.count == 1)
        _ = try live.run("run", "--resume", "last")
        #expect(
            server.batches == [["question 1", "question 2", "question 3"], ["question 2", "question 3"]])
    }

    @Test("answers that --fail-fast left in the batch are still there for --resume")
    func failFast() throws {
        let server = try BatchServer(line: { entry in
            JSONWriter.compact.text(of: entry).contains("question 1") ? nil : BatchServer.answer(entry)
        })
        defer { server.stop() }
        let live = try project(server)
        let (run, file) = try live.run("run", "--mode", "live", "--batch", "--fail-fast", "--jobs", "1")
        #expect(run.exitCode == 3, "\(run.all.prefix(3000))")
        #expect(
            file.statuses == ["c1#1 errored provider", "c2#1 errored fail-fast", "c3#1 errored fail-fast"])
        #expect(try ledger(live)["parts"]?[0]?["is_collected"] == false)
        let (again, rest) = try live.run("run", "--resume", "last")
        #expect(
            rest.statuses == ["c1#1 errored provider", "c2#1 passed", "c3#1 passed"],
            "\(again.all.prefix(3000))")
        #expect(server.batches.count == 1, "nothing is paid twice")
    }

    @Test("a budget that holds a part of the batch: the rest is not asked, exit 6")
    func budget() throws {
        let server = try BatchServer()
        defer { server.stop() }
        let live = try project(server)
        let (run, file) = try live.run("run", "--mode", "live", "--batch", "--max-usd", "0.00006")
        #expect(run.exitCode == 6, "\(run.all.prefix(3000))")
        #expect(file.statuses.filter { $0.hasSuffix("errored budget") }.count >= 1, "\(file.statuses)")
        #expect(file.statuses[0] == "c1#1 passed", "\(file.statuses)")
        #expect(server.batches.count == 1)
    }

    @Test(
        "what can't be asked in batches is refused before anything is sent",
        arguments: [
            (["--mode", "live", "--batch", "--model", "small", "--model", "other"], 2, "'other' (ollama)"),
            (
                ["--mode", "live", "--batch", "--model", "small", "--model", "other"], 2,
                "--batch --model small"
            ),
            (["--batch"], 64, "--batch needs live models"),
            (["--mode", "live", "--batch", "--inject", "503@small"], 64, "--inject"),
        ] as [([String], Int32, String)])
    func refused(words: [String], code: Int32, says: String) throws {
        let server = try BatchServer()
        defer { server.stop() }
        let live = try project(server)
        let run = try ToolRun.run(
            ["run"] + words, in: live.project.path, environment: ["STUB_KEY": LiveProject.key])
        #expect(run.exitCode == code, "\(run.all.prefix(3000))")
        #expect(run.errors.contains(says), "\(run.all.prefix(3000))")
        #expect(server.calls.isEmpty)
    }

    @Test("a budget and gates on the cost need the price of batches")
    func price() throws {
        let server = try BatchServer()
        defer { server.stop() }
        let live = try project(server, more: "prices: prices.yaml")
        try live.project.write("models: {gpt-5-mini: {input: 1, output: 2}}\n", to: "prices.yaml")
        let run = try live.project.run(
            "run", "--mode", "live", "--batch", "--max-usd", "1", environment: ["STUB_KEY": LiveProject.key])
        #expect(run.exitCode == 2 && run.errors.contains("batch: {input: USD, output: USD}"), "\(run.all)")
        #expect(server.calls.isEmpty)
    }

    @Test("--no-batch goes on with single calls, and says what that means")
    func single() throws {
        let server = try BatchServer(line: { _ in nil })
        defer { server.stop() }
        let live = try project(server)
        server.change { $0.isMute = true }
        let run = try live.project.run(
            "run", "--mode", "live", "--batch", environment: ["STUB_KEY": LiveProject.key]
        ) { process in
            while server.batches.isEmpty { usleep(1000) }
            kill(process.processIdentifier, SIGKILL)
        }
        #expect(run.exitCode == 128 + SIGKILL)
        let (again, file) = try live.run("run", "--resume", "last", "--no-batch")
        #expect(again.exitCode == 0, "\(again.all.prefix(3000))")
        #expect(again.errors.contains("warning[batches-left]"), "\(again.errors)")
        #expect(file.summary["passed"] == 3)
        #expect(server.calls.filter { $0.hasSuffix("chat/completions") }.count == 3)
    }

    @Test("batches that can't be read are a mistake, not a second batch")
    func damaged() throws {
        let server = try BatchServer(line: { _ in nil })
        defer { server.stop() }
        let live = try project(server)
        _ = try live.run("run", "--mode", "live", "--batch")
        let id = try #require(try live.project.names(in: ".evalrun/runs").last)
        try live.project.write("{", to: ".evalrun/runs/\(id)/batches.json")
        let run = try live.project.run(
            "run", "--resume", "last", environment: ["STUB_KEY": LiveProject.key])
        #expect(run.exitCode == 2 && run.errors.contains("error[run-damaged]"), "\(run.all)")
        #expect(server.batches.count == 1)
    }
}
