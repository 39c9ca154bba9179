import Evals
import JSON
import Models
import Testing

/// What becomes of results that come damaged.
@Suite("Files of results of batches", .timeLimit(.minutes(5)))
struct BatchResultFileTests {
    private let texts = ["one", "two", "three"]

    private func provider(_ kind: String) -> BatchProvider {
        BatchProvider(phases: [kind == "openai" ? "completed" : "ended"])
    }

    private func call(_ kind: String) -> String {
        kind == "openai" ? "GET /v1/files/" : "GET /v1/messages/batches/msgbatch_1/results"
    }

    /// The lines of good answers to "one" and "two", and a damaged rest.
    private func damaged(_ run: BatchRunSpecimen, rest: String)
        -> String
    {
        let lines = run.provider.batches[0].entries.prefix(2).map { BatchProvider.answer($0) }
        return lines.joined(separator: "\n") + "\n" + rest
    }

    /// A run up to where its batch has ended.
    private func ended(_ run: BatchRunSpecimen) async -> BatchModels {
        let models = run.models()
        await models.recover()
        _ = await run.ask(models, texts)
        await models.submit()
        await models.wait()
        return models
    }

    @Test("a file that is damaged once is fetched again", arguments: ["openai", "anthropic"])
    func again(kind: String) async throws {
        let provider = provider(kind)
        let run = BatchRunSpecimen(provider, kind: kind)
        let models = await ended(run)
        provider.next(
            call(kind), .answered(200, "<html>"),
            .answered(200, damaged(run, rest: #"{"custom_id":"#)))
        #expect(await models.loadNext() == false)
        #expect(await run.ask(models, texts) == ["ONE", "TWO", "THREE"])
        #expect(provider.calls.count { $0.hasPrefix(call(kind)) } == 3)
        #expect(run.clock.pauses.suffix(2) == [0.25, 0.5], "pauses are those of the retry policy")
        try models.close()
        #expect(BatchLedger(bytes: run.disks.last ?? [])?.open == 0)
    }

    @Test(
        "one that stays damaged is left at the provider: what could be read counts, the rest comes with --resume",
        arguments: ["openai", "anthropic"],
        ["<html>", "", "{\"custom_id\":", "{}", "truncated", "cut between lines", "the same line twice"])
    func kept(kind: String, damage: String) async throws {
        let provider = provider(kind)
        let budget = Budget(cap: Money(picoUSD: 1_000_000_000_000))
        let run = BatchRunSpecimen(provider, kind: kind, budget: budget)
        let models = await ended(run)
        let worst = budget.totals.reserved
        let entries = provider.batches[0].entries.map { BatchProvider.answer($0) }
        let body: String
        switch damage {
        case "truncated": body = damaged(run, rest: String(entries[2].dropLast(20)))
        case "cut between lines": body = damaged(run, rest: "")
        case "the same line twice": body = damaged(run, rest: entries[0])
        default: body = damage
        }
        for _ in 0..<3 { provider.next(call(kind), .answered(200, body)) }
        #expect(await models.loadNext() == false)
        let id = provider.batches[0].id
        let unread =
            "provider: the results of the batch \(id) could not be read; they are kept at the provider"
        let answers = body.contains("ONE") ? ["ONE", "TWO", unread] : [unread, unread, unread]
        #expect(await run.ask(models, texts) == answers)
        do throws(EvaluationError) {
            _ = try await models.answer(run.request("three"))
            Issue.record("there is no answer")
        } catch {
            #expect(error.hint == "`--resume run-1` fetches them again")
        }
        #expect(provider.calls.count { $0.hasPrefix(call(kind)) } == 3)
        #expect(budget.totals.reserved == .zero)
        // An answer costs 0.00012 dollars; what could not be read counts at its worst.
        let spent = budget.totals.spent
        #expect(answers[0] == "ONE" ? spent > Money(picoUSD: 240_000_000) : spent == worst, "\(spent)")
        try models.close()
        let kept = try #require(run.disks.last)
        #expect(BatchLedger(bytes: kept)?.open == 1)

        let next = run.models(after: kept)
        #expect(await run.run(next, texts) == ["ONE", "TWO", "THREE"])
        #expect(provider.batches.count == 1, "nothing is submitted twice")
        try next.close()
        #expect(BatchLedger(bytes: run.disks.last ?? [])?.open == 0)
    }

    @Test(
        "trouble while a damaged file is fetched again leaves what could be read, and the batch open",
        arguments: [401, 404])
    func trouble(status: Int) async throws {
        let provider = provider("openai")
        let run = BatchRunSpecimen(provider)
        let models = await ended(run)
        provider.next(
            call("openai"), .answered(200, damaged(run, rest: "<html>")),
            .answered(status, "{}"))
        #expect(await models.loadNext() == false)
        let lines = await run.ask(models, texts)
        #expect(lines.prefix(2) == ["ONE", "TWO"])
        #expect(lines[2].hasPrefix("provider: the results of the batch batch_1 can't be had: "), "\(lines)")
        #expect(lines[2].contains("answered \(status)"))
        try models.close()
        let kept = try #require(run.disks.last)
        #expect(await run.run(run.models(after: kept), texts) == ["ONE", "TWO", "THREE"])
        #expect(provider.batches.count == 1)
    }

    @Test("a damaged line besides all answers is told, and the batch is collected")
    func besides() async throws {
        let provider = BatchProvider { batch in
            batch.entries.map { BatchProvider.answer($0) } + ["<!-- end -->"]
        }
        let run = BatchRunSpecimen(provider)
        let models = run.models()
        #expect(await run.run(models, texts) == ["ONE", "TWO", "THREE"])
        #expect(run.told.contains { $0.text == "batch batch_1: 1 line of its results can't be read" })
        #expect(provider.calls.count { $0.hasPrefix(call("openai")) } == 1)
        try models.close()
        #expect(BatchLedger(bytes: run.disks.last ?? [])?.open == 0)
    }
}
