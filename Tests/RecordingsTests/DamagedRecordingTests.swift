import Diagnostics
import Evals
import Files
import JSON
import Testing

@testable import Recordings

@Suite("Recordings that must not be believed")
struct DamagedRecordingTests {
    let project: TemporaryProject
    private static let file = "fixtures/support/late-parcel/reply.small.yaml"
    private static let pack = "fixtures/support/reply.small.jsonl"

    init() throws { project = try TemporaryProject() }

    private func record(_ requests: [ModelRequest]) throws {
        var writer = RecordingWriter(store: project.store)
        for request in requests {
            let reply = Reply(
                content: "to \(request.sample)", finishReason: "stop",
                usage: Usage(inputTokens: 41, outputTokens: 12), latencyMS: 412, firstTokenMS: 7,
                cost: Money(picoUSD: 1_000_000_000))
            writer.add(
                Exchange(request: request, response: reply, recordedAt: "2026-11-21T10:00:00Z"),
                at: request.site)
        }
        _ = try writer.commit()
    }

    private func edit(_ file: String, _ old: String, _ new: String) throws {
        let text = try project.read(file)
        let range = try #require(text.firstRange(of: old), "\(old) is missing in\n\(text)")
        try project.write(text.replacingCharacters(in: range, with: new), to: file)
    }

    private func failure(_ request: ModelRequest) async -> EvaluationError? {
        do throws(EvaluationError) {
            _ = try await Replay(store: project.store).answer(request)
            return nil
        } catch {
            return error
        }
    }

    private func mistakes() throws -> [Diagnostic] {
        try FixtureAudit(store: project.store).forEachRecording { _ in }
    }

    @Test(
        "a file with an impossible value is an error with its place",
        arguments: [
            ("content: to 1", "tool_calls: []", "no answer"),
            ("content: to 1", "content: null", "no answer"),
            ("finish_reason: stop", "finish_reason: stopp", "did you mean 'stop'"),
            ("latency_ms: 412", "latency_ms: -1", "latency_ms"),
            ("latency_ms: 412", "latency_ms: 1e13", "latency_ms"),
            ("ttft_ms: 7", "ttft_ms: -0.5", "ttft_ms"),
            ("cost_usd: 0.001", "cost_usd: -0.001", "cost_usd"),
            ("input_tokens: 41", "input_tokens: -41", "input_tokens"),
            ("output_tokens: 12", "output_tokens: 1e13", "output_tokens"),
            ("2026-11-21T10:00:00Z", "yesterday", "recorded_at"),
            ("2026-11-21T10:00:00Z", "2026-02-30T10:00:00Z", "recorded_at"),
            ("content: Where is it?", "content: Where was it?", "changed by hand"),
            ("max_tokens: 400", "max_tokens: 401", "changed by hand"),
            ("model: gpt-5-mini", "model: gpt-5", "changed by hand"),
            ("sample: 1", "sample: 2", "changed by hand"),
            ("    request:\n", "    request:\n      seed: 1\n", "unknown key 'seed'"),
        ])
    func file(old: String, new: String, part: String) async throws {
        let request = TemporaryProject.request()
        try record([request])
        #expect(await failure(request) == nil)
        try edit(Self.file, old, new)
        let error = await failure(request)
        #expect(error?.kind == .fixtureMissing)
        #expect(error?.message.contains("can't be read: \(Self.file):") == true, "\(error?.message ?? "")")
        #expect(error?.message.contains(part) == true, "\(error?.message ?? "")")
        #expect(try mistakes().count == 1)
    }

    @Test("an empty text, a refusal alone and tool calls alone are answers")
    func answers() throws {
        for json: JSONValue in [
            ["content": ""], ["refusal": "no"], ["content": .null, "tool_calls": [["name": "f"]]],
        ] {
            #expect(throws: Never.self) { try Reply(recordedJSON: json) }
        }
    }

    @Test(
        "a line of a pack with an impossible value is an error with its place",
        arguments: [
            (#""content":"to 1","#, "", "no answer"),
            (#""latency_ms":412"#, #""latency_ms":-1"#, "latency_ms"),
            (#""content":"Where is it?""#, #""content":"Where was it?""#, "changed by hand"),
            (#""max_tokens":400"#, #""max_tokens":40"#, "changed by hand"),
            (#""sample":1"#, #""sample":2"#, "changed by hand"),
        ])
    func packLine(old: String, new: String, part: String) async throws {
        let request = TemporaryProject.request(isDatasetRow: true)
        try record([request])
        #expect(await failure(request) == nil)
        try edit(Self.pack, old, new)
        let error = await failure(request)
        #expect(error?.kind == .fixtureMissing)
        #expect(error?.message.contains("can't be read: \(Self.pack):2") == true, "\(error?.message ?? "")")
        #expect(error?.message.contains(part) == true, "\(error?.message ?? "")")
        #expect(try mistakes().map(\.mark?.line) == [2])
    }

    @Test("a relabeled sample serves neither sample", arguments: [false, true])
    func relabeled(isDatasetRow: Bool) async throws {
        let request = TemporaryProject.request(isDatasetRow: isDatasetRow)
        try record([request])
        let file = isDatasetRow ? Self.pack : Self.file
        try edit(
            file, isDatasetRow ? #""sample":1"# : "sample: 1", isDatasetRow ? #""sample":2"# : "sample: 2")
        for sample in [1, 2] {
            let asked = TemporaryProject.request(sample: sample, isDatasetRow: isDatasetRow)
            let message = await failure(asked)?.message
            #expect(message?.contains("can't be read") == true, "\(message ?? "")")
        }
    }

    @Test("two answers to one sample of a file are an error")
    func duplicateExchange() async throws {
        let request = TemporaryProject.request()
        try record([request])
        let text = try project.read(Self.file)
        let start = try #require(text.firstRange(of: "exchanges:\n")).upperBound
        try project.write(text + text[start...].replacing("to 1", with: "another"), to: Self.file)
        let error = await failure(request)
        #expect(error?.message.contains("a second exchange for answer, step 1, sample 1") == true)
        #expect(try mistakes().count == 1)
    }

    @Test(
        "two lines of a pack for one sample are an error, and the other lines still answer",
        arguments: [true, false])
    func duplicateLine(hasSameKey: Bool) async throws {
        let requests = ["a", "b"].map { TemporaryProject.request(case: $0, text: $0, isDatasetRow: true) }
        try record(requests)
        let lines = try project.read(Self.pack).split(separator: "\n").map(String.init)
        let row = try #require(lines.first { $0.contains(#""case":"a""#) })
        var copy = row.replacing("to 1", with: "another")
        if !hasSameKey {
            let key = RequestKey.sha256(of: requests[0])
            copy = copy.replacing(key, with: String(repeating: "0", count: 64))
        }
        try project.write((lines + [copy]).joined(separator: "\n") + "\n", to: Self.pack)
        let error = await failure(requests[0])
        #expect(error?.kind == .fixtureMissing)
        #expect(error?.message.contains("several lines of the pack") == true, "\(error?.message ?? "")")
        #expect(await failure(requests[1]) == nil)
        let told = try mistakes()
        #expect(told.first?.mark?.line == lines.count + 1)
        #expect(told.first?.message.contains("line 3") == true, "\(told.first?.message ?? "")")
    }

    @Test("a shared text that stands twice in a pack is an error")
    func duplicateText() async throws {
        let requests = ["a", "b"].map { TemporaryProject.request(case: $0, text: $0, isDatasetRow: true) }
        try record(requests)
        let lines = try project.read(Self.pack).split(separator: "\n").map(String.init)
        let text = try #require(lines.first { $0.hasPrefix(#"{"text""#) })
        try project.write(
            (lines + [text.replacing("polite", with: "rude")]).joined(separator: "\n"), to: Self.pack)
        #expect(await failure(requests[0])?.message.contains("once more") == true)
    }

    @Test("a file that is of another case is named")
    func otherCase() async throws {
        try record([TemporaryProject.request()])
        try edit(Self.file, "case: late-parcel", "case: early-parcel")
        let message = await failure(TemporaryProject.request(text: "Other"))?.message
        #expect(message?.contains("its case is 'early-parcel'") == true, "\(message ?? "")")
    }

    @Test(
        "names of a mv are refused",
        arguments: [
            ("s", "../../outside/yy"), ("s", "a/b"), ("s/c", "s"), ("s", ".."), ("s", "-a"), ("s", ""),
            ("s/c", "s/"), ("s/c", "s/.."), ("s/*", "s/x"), ("*", "s"), ("s/c/p/m", "s/c/p q/m"),
            ("s/c/p/m", "s/c/p/m/n"), ("s/c", "s/a\u{7}"),
        ])
    func badNames(old: String, new: String) {
        #expect(throws: RenameMistake.self) { try FixtureRename.Names.pair(old: old, new: new) }
    }

    @Test(
        "names of a mv are taken",
        arguments: [
            ("s", "t"), ("s/late parcel", "s/Päckchen"), ("s/*/*/small", "s/*/*/mini"),
            ("s/c/p@3/m", "s/c/p@4/m"), ("s/c/p/m", "t/*/*/m"),
        ])
    func goodNames(old: String, new: String) throws {
        #expect(throws: Never.self) { try FixtureRename.Names.pair(old: old, new: new) }
    }
}

extension String {
    fileprivate func replacingCharacters(in range: Range<String.Index>, with text: String) -> String {
        self[..<range.lowerBound] + text + self[range.upperBound...]
    }
}
