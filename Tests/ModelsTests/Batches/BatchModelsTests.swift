import Evals
import HTTP
import JSON
import Models
import Testing

@Suite("Answers by batches", .timeLimit(.minutes(5)))
struct BatchModelsTests {
    @Test(
        "every vendor: submitted once, waited for, joined by custom id",
        arguments: [
            (
                "openai", ["validating", "in_progress", "finalizing", "completed"],
                [
                    "POST /v1/files", "POST /v1/batches", "GET /v1/batches/batch_1",
                    "GET /v1/batches/batch_1",
                    "GET /v1/batches/batch_1", "GET /v1/files/out-batch_1/content",
                ]
            ),
            (
                "anthropic", ["in_progress", "in_progress", "ended"],
                [
                    "POST /v1/messages/batches", "GET /v1/messages/batches/msgbatch_1",
                    "GET /v1/messages/batches/msgbatch_1", "GET /v1/messages/batches/msgbatch_1/results",
                ]
            ),
        ])
    func vendors(kind: String, phases: [String], calls: [String]) async throws {
        let provider = BatchProvider(phases: phases) { batch in
            batch.entries.reversed().map { BatchProvider.answer($0) }
        }
        let run = BatchRunSpecimen(provider, kind: kind)
        let models = run.models()
        #expect(await run.run(models, ["one", "two", "three", "one"]) == ["ONE", "TWO", "THREE", "ONE"])
        #expect(provider.calls == calls)
        #expect(provider.batches.map(\.texts) == [["one", "two", "three"]], "an equal request goes once")
        let reply = try await models.answer(run.request("one")).reply
        #expect(reply.serviceTier == "batch" && reply.latencyMS == nil && reply.attempts == 1)
        #expect(reply.usage?.inputTokens == 100)
        let ids = provider.batches[0].customIDs
        #expect(Set(ids).count == 3 && ids.allSatisfy { $0.utf8.count <= 64 })
        #expect(ids.joined().allSatisfy { $0.isHexDigit || $0 == "-" })
        let secret = kind == "openai" ? ("Authorization", "Bearer sk-openai-1") : ("x-api-key", "sk-ant-1")
        #expect(provider.requests.allSatisfy { $0.headers[secret.0] == secret.1 })
    }

    @Test("OpenAI gets a form with one line a request, and a batch with the run as metadata")
    func form() async throws {
        let provider = BatchProvider()
        let run = BatchRunSpecimen(provider, kind: "openai")
        _ = await run.run(run.models(), ["one", "two"])
        let upload = provider.requests[0]
        #expect(upload.headers["Content-Type"] == "multipart/form-data; boundary=evalrun-batch-entries")
        let text = String(decoding: upload.body, as: UTF8.self)
        #expect(
            text.hasPrefix(
                "--evalrun-batch-entries\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n"
            ))
        #expect(text.hasSuffix("}\r\n--evalrun-batch-entries--\r\n"))
        let entry = provider.batches[0].entries[1]
        #expect(entry["method"] == "POST" && entry["url"] == "/v1/chat/completions")
        #expect(entry["body"]?["model"] == "gpt-5-mini" && entry["body"]?["stream"] == nil)
        let creation = try JSONParser().parse(bytes: provider.requests[1].body)
        #expect(creation["endpoint"] == "/v1/chat/completions" && creation["completion_window"] == "24h")
        #expect(creation["metadata"] == ["evalrun_run": "run-1", "part": "1"])
    }

    @Test("questions how far it is come at 5 to 60 seconds, growing; trouble that passes is waited out")
    func pauses() async {
        let provider = BatchProvider(
            phases: Array(repeating: "in_progress", count: 9) + ["completed"])
        provider.next("GET /v1/batches/", .lost(.connect), .lost(.connect), .lost(.connect))
        let run = BatchRunSpecimen(provider)
        #expect(await run.run(run.models(), ["one"]) == ["ONE"])
        // The short ones are those of the retries: half of 0.5 and of 1 second.
        #expect(
            run.clock.pauses == [
                5, 0.25, 0.5, 7.5, 11.25, 16.875, 25.3125, 37.96875, 56.953125, 60, 60, 60,
            ])
        #expect(
            run.told.contains { $0.isProgress && $0.text == "batch batch_1: 0 of 1 done" })
    }

    @Test(
        "every result that is no answer is an error with its reason",
        arguments: [
            (
                "openai", "completed",
                #"{"custom_id":"ID","response":{"status_code":400,"request_id":"req_9","body":{"error":{"message":"Bad thing","type":"invalid_request_error","param":null,"code":null}}},"error":null}"#,
                ["provider: openai (gpt-5-mini) answered 400: Bad thing", "in the batch batch_1", "req_9"]
            ),
            (
                "openai", "expired",
                #"{"custom_id":"ID","response":null,"error":{"code":"batch_expired","message":"x"}}"#,
                ["provider: openai (gpt-5-mini) gave no answer in the batch batch_1: the batch expired"]
            ),
            (
                "openai", "cancelled",
                #"{"custom_id":"ID","response":null,"error":{"code":"batch_cancelled","message":"x"}}"#,
                ["the batch was cancelled"]
            ),
            (
                "openai", "completed",
                #"{"custom_id":"ID","response":null,"error":{"code":"odd","message":"Strange"}}"#,
                ["Strange"]
            ),
            (
                "openai", "completed",
                #"{"custom_id":"ID","response":{"status_code":200,"body":{"choices":[]}}}"#,
                ["gave no usable answer"]
            ),
            (
                "openai", "completed", #"{"custom_id":"other"}"#,
                ["the batch batch_1 has no answer for it (completed)"]
            ),
            ("openai", "expired", "", ["the batch batch_1 has no answer for it (expired)"]),
            (
                "openai", "completed", "not JSON",
                ["the results of the batch batch_1 could not be read; they are kept at the provider"]
            ),
            ("openai", "failed", "", ["the provider refused the batch batch_1: Line 1 has no body (line 1)"]),
            (
                "anthropic", "ended",
                #"{"custom_id":"ID","result":{"type":"errored","error":{"type":"error","error":{"type":"invalid_request_error","message":"Too long"}}}}"#,
                ["anthropic (claude-haiku-4-5) gave no usable answer: Too long", "in the batch msgbatch_1"]
            ),
            ("anthropic", "ended", #"{"custom_id":"ID","result":{"type":"expired"}}"#, ["the batch expired"]),
            (
                "anthropic", "ended", #"{"custom_id":"ID","result":{"type":"canceled"}}"#,
                ["the batch was canceled"]
            ),
            (
                "anthropic", "ended", #"{"custom_id":"ID","result":{"type":"new"}}"#,
                ["neither answer nor reason"]
            ),
            ("anthropic", "ended", "", ["the batch msgbatch_1 has no answer for it (ended)"]),
        ])
    func troubles(kind: String, phase: String, line: String, says: [String]) async {
        let provider = BatchProvider(phases: [phase]) { batch in
            [line.replacing("ID", with: batch.customIDs[0])]
                + batch.entries.dropFirst().map { BatchProvider.answer($0) }
        }
        let run = BatchRunSpecimen(provider, kind: kind)
        let models = run.models()
        let lines = await run.run(models, ["one", "two"])
        for text in says { #expect(lines[0].contains(text), "\(lines)") }
        #expect(phase == "failed" || lines[1] == "TWO", "the others have their answers: \(lines)")
        #expect(provider.batches.count == 1, "nothing is asked outside of the batch, nor twice")
    }

    @Test("what can't be sent is an error of its requests, and nothing is left to look for")
    func refused() async {
        let rows: [(String, BatchProvider.Trouble, String)] = [
            (
                "POST /v1/files", .answered(401, #"{"error":{"message":"Bad key sk-openai-1"}}"#),
                "answered 401: Bad key [redacted:key]"
            ),
            ("POST /v1/files", .answered(413, "{}"), "answered 413"),
            (
                "POST /v1/batches", .answered(400, #"{"error":{"message":"No batches here"}}"#),
                "answered 400: No batches here"
            ),
            ("POST /v1/batches", .answered(302, ""), "a redirect"),
        ]
        for (call, trouble, says) in rows {
            let provider = BatchProvider()
            provider.next(call, trouble)
            let run = BatchRunSpecimen(provider)
            let models = run.models()
            let lines = await run.run(models, ["one", "two"])
            #expect(
                lines.allSatisfy { $0.hasPrefix("provider: the batch could not be submitted: ") }, "\(lines)")
            #expect(lines.allSatisfy { $0.contains(says) }, "\(lines)")
            #expect(provider.batches.isEmpty)
            #expect(BatchLedger(bytes: run.disks.last ?? [])?.open == 0)
        }
    }

    @Test(
        "trouble that passes is tried again; a batch whose creation was not heard of is found, not made twice"
    )
    func again() async {
        let provider = BatchProvider()
        provider.next("POST /v1/files", .answered(503, "{}"), .lost(.brokenOff))
        provider.next("POST /v1/batches", .unheard(.totalTimeout))
        let run = BatchRunSpecimen(provider)
        #expect(await run.run(run.models(), ["one", "two"]) == ["ONE", "TWO"])
        #expect(provider.batches.count == 1)
        #expect(
            provider.calls == [
                "POST /v1/files", "POST /v1/files", "POST /v1/files", "POST /v1/batches",
                "GET /v1/batches?limit=100", "GET /v1/files/out-batch_1/content",
            ])
    }

    @Test(
        "a batch that may have been made, and can't be looked for, is not made again; the next process looks",
        arguments: ["openai", "anthropic"], [404, 405, 500])
    func lost(kind: String, status: Int) async throws {
        let list = kind == "openai" ? "GET /v1/batches?" : "GET /v1/messages/batches?"
        let provider = BatchProvider(phases: [kind == "openai" ? "completed" : "ended"])
        provider.next(
            kind == "openai" ? "POST /v1/batches" : "POST /v1/messages", .unheard(.totalTimeout))
        let no = BatchProvider.Trouble.answered(status, "{}")
        provider.next(list, no, no, no)
        let run = BatchRunSpecimen(provider, kind: kind)
        let lines = await run.run(run.models(), ["one", "two"])
        #expect(lines.allSatisfy { $0.contains("it is not known whether") }, "\(lines)")
        #expect(lines.allSatisfy { $0.contains("answered \(status)") }, "\(lines)")
        #expect(provider.batches.count == 1)
        let kept = try #require(run.disks.last)
        #expect(BatchLedger(bytes: kept)?.open == 1)
        provider.dropTrouble()
        #expect(await run.run(run.models(after: kept), ["one", "two"]) == ["ONE", "TWO"])
        #expect(provider.batches.count == 1)
    }

    @Test(
        "a key that the provider echoes is in no error, wherever the message is cut",
        arguments: ["upload", "status", "refused", "result", "unanswered"])
    func echoed(place: String) async {
        let key = "sk-openai-" + String(repeating: "7q", count: 15)
        for length in stride(from: 0, through: 600, by: 20) {
            let text = String(repeating: "x", count: length) + " " + key + " is wrong"
            let error = #"{"error":{"message":"\#(text)","type":"invalid_request_error"}}"#
            let provider = BatchProvider { batch in
                let id = batch.customIDs[0]
                return switch place {
                case "result":
                    [#"{"custom_id":"\#(id)","response":{"status_code":401,"body":\#(error)},"error":null}"#]
                case "unanswered":
                    [#"{"custom_id":"\#(id)","error":{"code":"odd","message":"\#(text)"}}"#]
                default: batch.entries.map { BatchProvider.answer($0) }
                }
            }
            switch place {
            case "upload": provider.next("POST /v1/files", .answered(401, error))
            case "status":
                provider.next(
                    "POST /v1/batches", .answered(200, #"{"id":"batch_1","status":"in_progress"}"#))
                provider.next("GET /v1/batches/", .answered(401, error))
            case "refused":
                provider.next(
                    "POST /v1/batches",
                    .answered(
                        200,
                        #"{"id":"batch_1","status":"failed","errors":{"data":[{"message":"\#(text)"}]}}"#))
            default: break
            }
            let run = BatchRunSpecimen(
                provider, environment: ["OPENAI_API_KEY": key])
            let line = await run.run(run.models(), ["one"])[0]
            #expect(line.hasPrefix("provider: ") && line.contains("xx") == (length > 0), "\(line)")
            #expect(!line.contains("7q") && !line.contains("sk-op"), "\(line)")
        }
    }

    @Test("a key goes over https or to this machine only, and without one nothing is sent")
    func keys() async {
        let provider = BatchProvider()
        let open = BatchRunSpecimen(provider, baseURL: "http://models.example/v1")
        #expect(
            await open.run(open.models(), ["one"])[0].hasPrefix("refused: the batch could not be submitted"))
        let missing = BatchRunSpecimen(provider, environment: [:])
        #expect(await missing.run(missing.models(), ["one"])[0].hasPrefix("needs-key: "))
        #expect(provider.requests.isEmpty)
    }

    @Test(
        "results come from the host that the key is for, whatever the batch says",
        arguments: [
            (
                "https://api.anthropic.com/v1",
                "https://api.anthropic.com/v1/messages/batches/msgbatch_1/results"
            ),
            (
                "https://gateway.example/v1",
                "https://gateway.example/v1/messages/batches/msgbatch_1/results"
            ),
        ])
    func host(base: String, url: String) async {
        let provider = BatchProvider(phases: ["ended"])
        let run = BatchRunSpecimen(provider, kind: "anthropic", baseURL: base)
        _ = await run.run(run.models(), ["one"])
        #expect(provider.requests.last?.url == url)
    }

    @Test("large sets become several batches, by number and by size; results are read a few at a time")
    func parts() async {
        let texts = (1...7).map { "question \($0)" }
        let answers = texts.map { $0.uppercased() }
        for limits in [
            BatchLimits(requests: 3), BatchLimits(bytes: 700), BatchLimits(requests: 2, loaded: 1),
            BatchLimits(requests: 1, loaded: 600),
        ] {
            for kind in ["openai", "anthropic"] {
                let provider = BatchProvider(phases: [kind == "openai" ? "completed" : "ended"])
                let run = BatchRunSpecimen(provider, kind: kind, limits: limits)
                #expect(await run.run(run.models(), texts) == answers)
                #expect(provider.batches.flatMap(\.texts) == texts)
                #expect(provider.batches.count > 1)
                #expect(provider.batches.allSatisfy { $0.entries.count <= limits.requests })
            }
        }
        let provider = BatchProvider()
        let run = BatchRunSpecimen(provider, limits: BatchLimits(bytes: 100))
        #expect(await run.run(run.models(), ["one"])[0].contains("too large for a batch"))
    }

    @Test("a budget lets as many requests go as fit at the price of batches, and what they cost is counted")
    func budget() async {
        let provider = BatchProvider()
        // 100 tokens at most out, at 2 millionths; about 30 in: a worst case of some 0.00025 dollars.
        let budget = Budget(cap: Money(picoUSD: 600_000_000))
        let run = BatchRunSpecimen(provider, budget: budget)
        let lines = await run.run(run.models(), ["one", "two", "three"])
        #expect(lines.prefix(2) == ["ONE", "TWO"])
        #expect(lines[2].hasPrefix("budget: the budget of $0.0006 is used up"))
        #expect(provider.batches.map(\.texts) == [["one", "two"]])
        // 100 in and 10 out each, at the price of batches.
        #expect(budget.totals == Budget.Totals(spent: Money(picoUSD: 240_000_000)))
    }

    @Test("models with the same id under two names are asked each for itself")
    func twins() async throws {
        let provider = BatchProvider { batch in
            batch.entries.map { BatchProvider.answer($0).replacing("ONE", with: batch.id) }
        }
        let run = BatchRunSpecimen(provider)
        let models = run.models()
        let first = run.request("one")
        var second = first
        second.model = run.twin
        for request in [first, second] { _ = try? await models.answer(request) }
        await models.submit()
        await models.wait()
        #expect(await models.loadNext() == false)
        #expect(try await models.answer(first).reply.content == "batch_1")
        #expect(try await models.answer(second).reply.content == "batch_2")
        #expect(provider.batches.flatMap(\.customIDs).allSatisfy { $0.utf8.count <= 64 })
    }

    @Test(
        "a result that is there but can't be read may have cost: its worst case counts",
        arguments: [
            (#"{"custom_id":"ID","response":{"status_code":200,"body":{"choices":[]}}}"#, true),
            (#"{"custom_id":"ID","response":{"status_code":400,"body":{"error":{"message":"Bad"}}}}"#, false),
            (#"{"custom_id":"ID","response":null,"error":{"code":"batch_expired","message":"x"}}"#, false),
            ("not JSON", true), ("", false),
        ])
    func lost(line: String, isLost: Bool) async throws {
        let provider = BatchProvider(phases: ["completed"]) { batch in
            [line.replacing("ID", with: batch.customIDs[0])]
        }
        let budget = Budget(cap: Money(picoUSD: 600_000_000))
        let run = BatchRunSpecimen(provider, budget: budget)
        let models = run.models()
        _ = await run.run(models, ["one"])
        // 100 tokens at most out at 2 millionths, 16 + 8 + 2 in at 1.
        let worst = TokenEstimate.input(of: run.request("one")).high * 1_000_000 + 200_000_000
        #expect(budget.totals == Budget.Totals(spent: Money(picoUSD: isLost ? Int64(worst) : 0)))
        let error = await #expect(throws: EvaluationError.self) {
            try await models.answer(run.request("one"))
        }
        #expect(error?.mayHaveCost == isLost)
    }

    @Test("a request that is in no batch is never asked")
    func unknown() async {
        let provider = BatchProvider()
        let run = BatchRunSpecimen(provider)
        let models = run.models()
        _ = await run.run(models, ["one"])
        #expect(await run.ask(models, ["two"])[0].contains("in no batch"))
        #expect(provider.batches.flatMap(\.texts) == ["one"])
    }

    @Test("on a full disk nothing is submitted that could be lost")
    func fullDisk() async {
        let provider = BatchProvider()
        let run = BatchRunSpecimen(provider, isFull: true)
        let lines = await run.run(run.models(), ["one"])
        #expect(
            lines == [
                "provider: the batch was not submitted, since its state can't be written: the disk is full"
            ])
        #expect(provider.requests.isEmpty)
    }

    @Test("the Responses API has batches of its own endpoint")
    func responses() async throws {
        let provider = BatchProvider()
        let run = BatchRunSpecimen(provider, kind: "openai-responses")
        _ = await run.run(run.models(), ["one"])
        let entry = try #require(provider.batches.first?.entries.first)
        #expect(entry["url"] == "/v1/responses" && entry["body"]?["max_output_tokens"] == 100)
        let creation = try JSONParser().parse(bytes: provider.requests[1].body)
        #expect(creation["endpoint"] == "/v1/responses")
    }

    @Test(
        "a run has the same ids in every process, another run has others; a foreign batch is not taken for its own"
    )
    func foreign() async throws {
        // Another run's batch of the same size, made since.
        let provider = BatchProvider(phases: ["ended"]) { batch in
            batch.entries.map {
                BatchProvider.answer($0).replacing("\"custom_id\":\"", with: "\"custom_id\":\"x")
            }
        }
        let run = BatchRunSpecimen(provider, kind: "anthropic")
        let lines = await run.run(run.models(), ["one"])
        #expect(lines[0].contains("it is not known whether the batch was submitted"), "\(lines)")
        #expect(run.told.contains { $0.text == "batch msgbatch_1 is another run's, and is let alone" })
    }
}
