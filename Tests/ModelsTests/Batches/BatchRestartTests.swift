import Evals
import HTTP
import JSON
import Models
import Testing

/// What a new process does with what an earlier one left behind.
@Suite("Batches after a restart", .timeLimit(.minutes(5)))
struct BatchRestartTests {
    private let texts = ["one", "two"]

    private func provider(_ kind: String, _ phases: [String]? = nil) -> BatchProvider {
        BatchProvider(phases: phases ?? [kind == "openai" ? "completed" : "ended"])
    }

    @Test("killed before anything was sent: one batch in all", arguments: ["openai", "anthropic"])
    func beforeSubmission(kind: String) async throws {
        let provider = provider(kind)
        let run = BatchRunSpecimen(provider, kind: kind)
        provider.next(kind == "openai" ? "POST /v1/files" : "POST /v1/messages", .lost(.cancelled))
        _ = await run.run(run.models(), texts)
        #expect(provider.batches.isEmpty)
        let disk = try #require(run.disks.first)
        #expect(await run.run(run.models(after: disk), texts) == ["ONE", "TWO"])
        #expect(provider.batches.count == 1)
    }

    @Test("killed between the upload and the creation: one batch in all")
    func afterUpload() async throws {
        let provider = provider("openai")
        let run = BatchRunSpecimen(provider)
        provider.next("POST /v1/batches", .lost(.cancelled))
        _ = await run.run(run.models(), texts)
        let disk = try #require(run.disks.first)
        #expect(await run.run(run.models(after: disk), texts) == ["ONE", "TWO"])
        #expect(provider.batches.count == 1)
    }

    @Test(
        "killed between the creation and writing its id: it is found, and not made again",
        arguments: ["openai", "anthropic"])
    func beforeID(kind: String) async throws {
        let provider = provider(kind)
        let run = BatchRunSpecimen(provider, kind: kind)
        _ = await run.run(run.models(), texts)
        let disk = try #require(run.disks.first)
        #expect(!String(decoding: disk, as: UTF8.self).contains("batch_1"), "this is the ledger before it")
        #expect(await run.run(run.models(after: disk), texts) == ["ONE", "TWO"])
        #expect(provider.batches.count == 1)
    }

    @Test("a batch of which the time of creation is not told is found", arguments: [JSONValue.null, "soon"])
    func undated(time: JSONValue) async throws {
        let provider = BatchProvider(phases: ["ended"], createdAt: time)
        let run = BatchRunSpecimen(provider, kind: "anthropic")
        _ = await run.run(run.models(), texts)
        let disk = try #require(run.disks.first)
        #expect(await run.run(run.models(after: disk), texts) == ["ONE", "TWO"])
        #expect(provider.batches.count == 1)
    }

    @Test(
        "another run's batch of the same size is taken once at most, and the own one is found, or made, after it",
        arguments: [false, true])
    func mistaken(isSubmitted: Bool) async throws {
        let provider = provider("anthropic")
        let other = BatchRunSpecimen(provider, kind: "anthropic", run: "run-2")
        _ = await other.run(other.models(), texts)
        let run = BatchRunSpecimen(provider, kind: "anthropic")
        if !isSubmitted { provider.next("POST /v1/messages", .lost(.cancelled)) }
        _ = await run.run(run.models(), texts)
        let disk = try #require(run.disks.first)
        let models = run.models(after: disk)
        let lines = await run.run(models, texts)
        #expect(
            lines.allSatisfy {
                $0 == "provider: it is not known whether the batch was submitted: the batch msgbatch_1 is "
                    + "another run's"
            }, "\(lines)")
        #expect(models.underWay.isEmpty)
        try models.close()
        let kept = try #require(run.disks.last)
        #expect(BatchLedger(bytes: kept)?.open == 1)
        #expect(await run.run(run.models(after: kept), texts) == ["ONE", "TWO"])
        #expect(provider.batches.count == 2, "one of each run")
    }

    @Test("killed while it waited: it goes on asking", arguments: ["openai", "anthropic"])
    func waiting(kind: String) async throws {
        let provider = provider(
            kind, ["in_progress", "in_progress", kind == "openai" ? "completed" : "ended"])
        let run = BatchRunSpecimen(provider, kind: kind)
        let first = run.models()
        await first.recover()
        _ = await run.ask(first, texts)
        await first.submit()
        #expect(first.underWay == [kind == "openai" ? "batch_1 (openai)" : "msgbatch_1 (anthropic)"])
        let disk = try #require(run.disks.last)
        #expect(await run.run(run.models(after: disk), texts + ["three"]) == ["ONE", "TWO", "THREE"])
        #expect(
            provider.batches.map(\.texts) == [["one", "two"], ["three"]], "only what is new is submitted")
        #expect(
            run.clock.pauses.first == 5, "the first question comes at once, the next after the first pause")
    }

    @Test(
        "killed after the results: they are read again; collected ones are not, and what failed is asked again"
    )
    func collected() async throws {
        let provider = BatchProvider { batch in
            batch.entries.map { entry in
                batch.id == "batch_1" && BatchProvider.answer(entry).contains("TWO")
                    ? #"{"custom_id":"\#(entry["custom_id"]?.string ?? "")","error":{"code":"batch_expired"}}"#
                    : BatchProvider.answer(entry)
            }
        }
        let run = BatchRunSpecimen(provider)
        let models = run.models()
        #expect(await run.run(models, texts)[1].contains("expired"))
        let before = try #require(run.disks.last)
        #expect(await run.run(run.models(after: before), texts)[0] == "ONE")
        #expect(provider.batches.count == 1)
        try models.close()
        #expect(models.underWay.isEmpty)
        #expect(
            await run.ask(models, texts).allSatisfy { $0.contains("in no batch that has ended") },
            "results and errors are let go")
        let after = try #require(run.disks.last)
        #expect(BatchLedger(bytes: after)?.open == 0)
        // The journal has the first answer, so that only the second is asked for.
        #expect(await run.run(run.models(after: after), ["two"]) == ["TWO"])
        #expect(provider.batches.map(\.texts) == [["one", "two"], ["two"]])
    }

    @Test(
        "when the provider can't say whether it has the batch, nothing is submitted that could be paid twice")
    func unknown() async throws {
        let provider = provider("openai")
        let run = BatchRunSpecimen(provider)
        _ = await run.run(run.models(), texts)
        let disk = try #require(run.disks.first)
        provider.next("GET /v1/batches?", .answered(500, "{}"), .answered(500, "{}"), .answered(500, "{}"))
        let lines = await run.run(run.models(after: disk), texts)
        #expect(
            lines.allSatisfy { $0.contains("it is not known whether the batch was submitted") }, "\(lines)")
        #expect(provider.batches.count == 1)
        // The next process finds it.
        let kept = try #require(run.disks.last)
        #expect(await run.run(run.models(after: kept), texts) == ["ONE", "TWO"])
        #expect(provider.batches.count == 1)
    }

    @Test("a batch that is gone is an error, and the next process makes a new one")
    func gone() async throws {
        let provider = provider("openai", ["in_progress", "completed"])
        provider.next("GET /v1/batches/batch_1", .answered(404, #"{"error":{"message":"No such batch"}}"#))
        let run = BatchRunSpecimen(provider)
        let models = run.models()
        let lines = await run.run(models, texts)
        #expect(lines.allSatisfy { $0.contains("the batch batch_1 can't be asked for") }, "\(lines)")
        try models.close()
        let disk = try #require(run.disks.last)
        #expect(await run.run(run.models(after: disk), texts) == ["ONE", "TWO"])
        #expect(provider.batches.count == 2)
    }

    @Test("a wrong key while waiting is an error now, and the batch stays to be collected")
    func wrongKey() async throws {
        let provider = provider("openai", ["in_progress", "completed"])
        provider.next("GET /v1/batches/batch_1", .answered(401, "{}"))
        let run = BatchRunSpecimen(provider)
        let models = run.models()
        #expect(await run.run(models, texts)[0].contains("answered 401"))
        try models.close()
        let disk = try #require(run.disks.last)
        #expect(await run.run(run.models(after: disk), texts) == ["ONE", "TWO"])
        #expect(provider.batches.count == 1)
    }

    @Test("a batch that does not end within 25 hours is an error, and stays to be collected")
    func endless() async throws {
        let provider = provider("openai", ["in_progress"])
        let run = BatchRunSpecimen(provider)
        let models = run.models()
        let lines = await run.run(models, texts)
        #expect(
            lines.allSatisfy {
                $0 == "provider: openai (gpt-5-mini) has not ended the batch batch_1 within 25 hours"
            }, "\(lines)")
        let waited = run.clock.pauses.reduce(0, +)
        #expect((90_000...90_060).contains(waited), "\(waited)")
        try models.close()
        let kept = try #require(run.disks.last)
        #expect(BatchLedger(bytes: kept)?.open == 1)
        let asked = provider.calls.count
        #expect(await run.run(run.models(after: kept), texts)[0].contains("within 25 hours"))
        #expect(provider.calls.count == asked + 1, "it is asked once more, since it may have ended meanwhile")
        #expect(provider.batches.count == 1)
    }

    @Test("after 30 minutes of failures only the wait ends; trouble is told once where all can see it")
    func unreachable() async throws {
        let provider = provider("openai", ["in_progress", "completed"])
        for _ in 0..<300 { provider.next("GET /v1/batches/batch_1", .lost(.connect)) }
        let run = BatchRunSpecimen(provider)
        let models = run.models()
        let lines = await run.run(models, texts)
        #expect(
            lines.allSatisfy {
                $0.hasPrefix(
                    "provider: the batch batch_1 could not be asked for in 30 minutes: openai (gpt-5-mini) ")
            }, "\(lines)")
        let waited = run.clock.pauses.reduce(0, +)
        #expect((1800...1900).contains(waited), "\(waited)")
        #expect(run.told.filter { $0.text.hasSuffix("asking again") && !$0.isProgress }.count == 1)
        try models.close()
        #expect(models.underWay == ["batch_1 (openai)"])
        provider.dropTrouble()
        let kept = try #require(run.disks.last)
        #expect(await run.run(run.models(after: kept), texts) == ["ONE", "TWO"])
        #expect(provider.batches.count == 1)
    }

    @Test("trouble between answers never ends the wait")
    func flapping() async {
        let provider = provider("openai", Array(repeating: "in_progress", count: 50) + ["completed"])
        for number in 0..<300 {
            provider.next(
                "GET /v1/batches/batch_1",
                number % 30 == 29
                    ? .answered(200, #"{"id": "batch_1", "status": "in_progress"}"#) : .lost(.connect))
        }
        let run = BatchRunSpecimen(provider)
        #expect(await run.run(run.models(), texts) == ["ONE", "TWO"])
        #expect(run.clock.pauses.reduce(0, +) > 3600)
    }

    @Test("an interrupt while waiting ends the wait; the batch goes on")
    func interrupted() async throws {
        let provider = provider("openai", ["in_progress"])
        let run = BatchRunSpecimen(provider)
        let models = run.models()
        _ = await run.ask(models, texts)
        await models.submit()
        let waiting = Task { await models.wait() }
        waiting.cancel()
        await waiting.value
        #expect(models.underWay == ["batch_1 (openai)"])
    }

    @Test(
        "a ledger that is damaged or of another version is not read",
        arguments: [
            "", "{}", #"{"evalrun_batches": 2, "parts": []}"#, #"{"evalrun_batches": 1}"#,
            #"{"evalrun_batches": 1, "parts": [{}]}"#,
            #"{"evalrun_batches": 1, "parts": [{"part": 1, "model": "m", "submitted_at": 1, "batch_id": null, "requests": 2, "is_collected": false, "custom_ids": ["a"]}]}"#,
        ])
    func damaged(text: String) {
        #expect(BatchLedger(bytes: Array(text.utf8)) == nil)
    }
}
