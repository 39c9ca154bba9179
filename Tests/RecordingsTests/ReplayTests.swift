import Diagnostics
import Evals
import Files
import JSON
import Testing

@testable import Recordings

@Suite("Replay, import and store")
struct ReplayTests {
    let project: TemporaryProject

    init() throws { project = try TemporaryProject() }

    private func importing(_ lines: String, _ requests: [ModelRequest]) throws -> FixtureImport.Outcome {
        try project.write(lines, to: "answers.jsonl")
        let stream = try project.tree.stream(try #require(ProjectPath("answers.jsonl")))
        let task = FixtureImport(store: project.store, recordedAt: "2026-11-21T10:00:00Z")
        return try task.run(stream) { (visit) throws(DiagnosticError) in
            for request in requests { try visit(request) }
        }
    }

    private func diagnostics(_ lines: String, _ requests: [ModelRequest]) -> [Diagnostic] {
        do {
            _ = try importing(lines, requests)
            return []
        } catch {
            return (error as? DiagnosticError)?.diagnostics ?? []
        }
    }

    private func failure(_ request: ModelRequest) async -> EvaluationError? {
        do throws(EvaluationError) {
            _ = try await Replay(store: project.store).answer(request)
            return nil
        } catch {
            return error
        }
    }

    @Test("what is imported is replayed, in a file of the case and in a pack", arguments: [false, true])
    func importThenReplay(isDatasetRow: Bool) async throws {
        let request = TemporaryProject.request(sample: 1, isDatasetRow: isDatasetRow)
        let second = TemporaryProject.request(sample: 2, isDatasetRow: isDatasetRow)
        let outcome = try importing(
            #"""
            {"suite":"support","case":"late-parcel","content":"It is on its way 🚚\n\tSoon.\n","usage":{"input_tokens":41,"output_tokens":12},"latency_ms":412,"served_model":"m-1"}
            {"suite":"support","case":"late-parcel","sample":2,"response":{"refusal":"no","cost_usd":0.001,"finish_reason":"content_filter"}}
            """#, [request, second])
        let path =
            isDatasetRow
            ? "fixtures/support/reply.small.jsonl" : "fixtures/support/late-parcel/reply.small.yaml"
        #expect(outcome == FixtureImport.Outcome(answers: 2, paths: [path]))
        let answer = try await Replay(store: project.store).answer(request)
        #expect(answer.source == .replayed)
        #expect(answer.notice == nil)
        #expect(answer.requestSHA256 == RequestKey.sha256(of: request))
        #expect(
            answer.reply
                == Reply(
                    servedModel: "m-1", content: "It is on its way 🚚\n\tSoon.\n", finishReason: "stop",
                    usage: Usage(inputTokens: 41, outputTokens: 12), latencyMS: 412))
        let refusal = try await Replay(store: project.store).answer(second)
        #expect(refusal.reply.content == nil)
        #expect(refusal.reply.refusal == "no")
        #expect(refusal.reply.cost == Money(picoUSD: 1_000_000_000))
    }

    @Test("a file of a case has its keys in order and its texts as blocks")
    func yamlForm() throws {
        _ = try importing(
            #"{"suite":"support","case":"late-parcel","content":"One.\nTwo."}"#, [TemporaryProject.request()])
        let text = try project.read("fixtures/support/late-parcel/reply.small.yaml")
        let order = [
            "evalrun_fixture: 1\n", "case: late-parcel\n", "exchanges:\n", "for: answer", "step: 1",
            "sample: 1",
            "request_sha256: ", "request:", "model: gpt-5-mini", "parameters:", "messages:", "content: |\n",
            "You answer support tickets for Acme.\n", "response:", "content: |-\n", "One.\n", "attempts: 1",
            "recorded_at: ",
        ]
        var rest = text[...]
        for piece in order {
            let range = try #require(rest.firstRange(of: piece), "\(piece) is missing in\n\(text)")
            rest = rest[range.upperBound...]
        }
    }

    @Test("an import replaces what is stale and keeps the other samples")
    func importReplaces() async throws {
        let first = TemporaryProject.request(sample: 1)
        let second = TemporaryProject.request(sample: 2)
        _ = try importing(
            #"""
            {"suite":"support","case":"late-parcel","content":"a"}
            {"suite":"support","case":"late-parcel","sample":2,"content":"b"}
            """#, [first, second])
        let changed = TemporaryProject.request(text: "Where is my parcel?", sample: 1)
        _ = try importing(#"{"suite":"support","case":"late-parcel","content":"c"}"#, [changed, second])
        #expect(try await Replay(store: project.store).answer(changed).reply.content == "c")
        #expect(try await Replay(store: project.store).answer(second).reply.content == "b")
        #expect(await failure(first)?.kind == .fixtureStale)
    }

    @Test("lines that are wrong are all told with their place, and nothing is written")
    func importMistakes() throws {
        let requests = ["small", "haiku"].map { TemporaryProject.request(model: $0) }
        let found = diagnostics(
            #"""
            {"suite":"support","case":"late-parcel","model":"small","content":"fine"}
            {"suite":"support","case":"late-parcel","model":"small","content":"again"}
            {"suite":"support","case":"other","content":"x"}
            {"suite":"support","case":"late-parcel","content":"x","sample":7}
            {"suite":"support","case":"late-parcel","contents":"x"}
            {"suite":"support","case":"late-parcel"}
            {"suite":"support",
            {"suite":"support","suite":"twice","case":"late-parcel","content":"x"}
            """#, requests)
        #expect(
            found.map { "\($0.mark?.line ?? 0) \($0.id)" } == [
                "2 duplicate-answer", "3 unknown-answer", "4 unknown-answer", "5 invalid-answer",
                "6 invalid-answer",
                "7 invalid-json", "8 invalid-json",
            ])
        #expect(found.map(\.mark?.file).allSatisfy { $0?.hasSuffix("answers.jsonl") == true })
        #expect(!project.exists("fixtures"))
        let ambiguous = diagnostics(#"{"suite":"support","case":"late-parcel","content":"x"}"#, requests)
        #expect(ambiguous.map(\.id) == ["ambiguous-answer"])
    }

    @Test("secrets of answers and requests are redacted before they reach the disk")
    func importRedacts() async throws {
        let secret = "sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789"
        let request = TemporaryProject.request(text: "My key is \(secret)")
        _ = try importing(
            #"{"suite":"support","case":"late-parcel","content":"Delete \#(secret) now"}"#, [request])
        let text = try project.read("fixtures/support/late-parcel/reply.small.yaml")
        #expect(!text.contains("sk-ant"))
        let answer = try await Replay(store: project.store).answer(request)
        #expect(answer.reply.content == "Delete [redacted:anthropic:1] now")
    }

    @Test("a stale recording is told with the changed lines and a command that a shell takes")
    func stale() async throws {
        let id = "it's late"
        _ = try importing(
            #"{"suite":"support","case":"it's late","content":"a"}"#,
            [TemporaryProject.request(case: id, text: "Where is it?\nThanks")])
        let error = await failure(TemporaryProject.request(case: id, text: "Where is my parcel?\nThanks"))
        #expect(error?.kind == .fixtureStale)
        #expect(error?.message.contains("-       Where is it?\n+       Where is my parcel?") == true)
        #expect(error?.message.contains("gpt-5-mini") == false)
        #expect(
            error?.hint?.contains(
                #"{"suite": "support", "case": "it's late", "prompt": "reply", "model": "small", "content": "…"}"#
            )
                == true)
        #expect(error?.hint?.contains("evalrun fixtures import ANSWERS.jsonl") == true)
        let command = #"`evalrun record support --case 'it'\''s late' --model small`"#
        #expect(error?.hint?.contains(command) == true, "\(error?.hint ?? "")")
    }

    @Test("a missing recording names the path looked for and the nearest one")
    func missing() async throws {
        let alone = await failure(TemporaryProject.request())
        #expect(alone?.kind == .fixtureMissing)
        #expect(alone?.message.contains("fixtures/support/late-parcel/reply.small.yaml") == true)
        _ = try importing(
            #"{"suite":"support","case":"late-parcel","content":"a"}"#, [TemporaryProject.request()])
        let sample = await failure(TemporaryProject.request(sample: 2))
        #expect(sample?.kind == .fixtureMissing)
        #expect(sample?.message.contains("has answer of step 1, sample 1") == true)
        let model = await failure(TemporaryProject.request(text: "other", model: "haiku"))
        #expect(model?.message.contains("reply.small.yaml is there") == true)
    }

    @Test("a recording of a renamed case, suite or alias is found by its key", arguments: [false, true])
    func moved(isDatasetRow: Bool) async throws {
        _ = try importing(
            #"{"suite":"support","case":"late-parcel","content":"a"}"#,
            [TemporaryProject.request(isDatasetRow: isDatasetRow)])
        let renamed = [
            TemporaryProject.request(case: "parcel-late", isDatasetRow: isDatasetRow),
            TemporaryProject.request(model: "tiny", isDatasetRow: isDatasetRow),
            TemporaryProject.request(suite: "service", isDatasetRow: !isDatasetRow),
        ]
        for request in renamed {
            let answer = try await Replay(store: project.store).answer(request)
            #expect(answer.reply.content == "a")
            #expect(answer.notice?.contains("fixtures mv --auto") == true)
        }
    }

    @Test(
        "damaged recordings are errors with their place, never answers",
        arguments: [
            ("evalrun_fixture: 2\ncase: late-parcel\nexchanges: []\n", "version 2"),
            ("evalrun_fixture: 1\ncase: late-parcel\ncase: late-parcel\nexchanges: []\n", "case"),
            ("evalrun_fixture: 1\ncase: late-parcel\nexchanges:\n  - for: answer\n", "request_sha256"),
            ("evalrun_fixture: 1\ncase: late-parcel\nexchanges:\n  - {for: ans", ""),
            ("evalrun_fixture: 1\ncase: late-parcel\nextra: 1\nexchanges: []\n", "extra"),
            ("[]", "mapping"), ("", ""),
        ])
    func damaged(text: String, part: String) async throws {
        try project.write(text, to: "fixtures/support/late-parcel/reply.small.yaml")
        let error = await failure(TemporaryProject.request())
        #expect(error?.kind == .fixtureMissing)
        #expect(
            error?.message.contains("can't be read: fixtures/support/late-parcel/reply.small.yaml") == true)
        #expect(part.isEmpty || error?.message.contains(part) == true, "\(error?.message ?? "")")
    }

    @Test("a damaged line of a pack is told, and the other lines still answer")
    func damagedPack() async throws {
        let requests = ["a", "b"].map { TemporaryProject.request(case: $0, text: $0, isDatasetRow: true) }
        _ = try importing(
            #"""
            {"suite":"support","case":"a","content":"A"}
            {"suite":"support","case":"b","content":"B"}
            """#, requests)
        let path = "fixtures/support/reply.small.jsonl"
        let text = try project.read(path)
        try project.write(String(text.dropLast(20)), to: path)
        #expect(try await Replay(store: project.store).answer(requests[0]).reply.content == "A")
        let error = await failure(requests[1])
        #expect(error?.kind == .fixtureMissing)
        #expect(error?.message.contains("reply.small.jsonl:4") == true, "\(error?.message ?? "")")
    }

    @Test("a pack of thousands of rows is sorted, shares its texts, and answers every row")
    func largePack() async throws {
        let count = 3000
        let requests = (0..<count).map {
            TemporaryProject.request(
                case: "row-\($0)", text: "Ticket \($0): " + String(repeating: "where is it ", count: 8),
                isDatasetRow: true)
        }
        let lines = (0..<count).map { #"{"suite":"support","case":"row-\#($0)","content":"answer \#($0)"}"# }
        _ = try importing(lines.joined(separator: "\n"), requests)
        let text = try project.read("fixtures/support/reply.small.jsonl").split(separator: "\n")
        #expect(text.first == #"{"evalrun_fixture":1,"pack":true}"#)
        #expect(text.count == count + 2)
        #expect(text.filter { $0.contains("You answer support tickets") }.count == 1)
        #expect(text.dropFirst(2).elementsEqual(text.dropFirst(2).sorted()))
        let replay = Replay(store: project.store)
        for (index, request) in requests.enumerated() where index % 7 == 0 {
            #expect(try await replay.answer(request).reply.content == "answer \(index)")
        }
        let stale = TemporaryProject.request(case: "row-5", text: "new", isDatasetRow: true)
        await #expect(throws: EvaluationError.self) { try await replay.answer(stale) }
    }
}
