import Foundation
import JSON
import StubServer
import Testing

/// Answers that come in pieces, on the real program.
@Suite("Streamed answers", .serialized)
struct LiveStreamTests {
    private static func delta(_ text: String?, finish: String? = nil) -> String {
        let content = text.map { #""content":"\#($0)""# } ?? ""
        let reason = finish.map { "\"\($0)\"" } ?? "null"
        return
            #"{"id":"c","object":"chat.completion.chunk","model":"gpt-5-mini-2026-01-15","choices":[{"index":0,"delta":{\#(content)},"finish_reason":\#(reason)}]}"#
    }
    private static let usage =
        #"{"id":"c","object":"chat.completion.chunk","model":"gpt-5-mini-2026-01-15","choices":[],"usage":{"prompt_tokens":10,"completion_tokens":4,"total_tokens":14}}"#
    private static let words = [delta("An answer "), delta("in "), delta("three pieces.")]
    private static let whole = words + [delta(nil, finish: "stop"), usage, "[DONE]"]

    private func project(_ url: String, gates: [String] = []) throws -> LiveProject {
        try LiveProject(
            settings: LiveProject.settings(
                url, models: ["small: {provider: stub, model: gpt-5-mini, stream: true}"],
                provider: "timeout_s: 20"), cases: LiveProject.cases(1...1), gates: gates)
    }

    @Test(
        "a stream gives the time to the first token and tokens per second, which gates judge, also in a replay"
    )
    func measured() throws {
        // Some time passes between the first token and the end, else there is no speed to speak of.
        let rest = Self.whole.dropFirst().map { StubReply.chunk(Array("data: \($0)\n\n".utf8)) }
        let server = try StubServer(script: [
            Self.chunks(
                [Self.whole[0]],
                [.pause(milliseconds: 20)] + rest.map { .send($0) } + [.send(StubReply.chunk([]))])
        ])
        let live = try project(
            server.url,
            gates: ["{metric: ttft_ms.p95, max: 60000}", "{metric: tokens_per_second.p50, min: 0.001}"])
        let (run, file) = try live.run("record")
        #expect(run.exitCode == 0, "\(run.all)")
        #expect(server.requests.first?.text.contains(#""stream":true"#) == true)
        let execution = try #require(file.executions.first)
        #expect(execution["output"] == "An answer in three pieces." && execution["finish_reason"] == "stop")
        #expect(execution["usage"]?["output_tokens"] == 4)
        let first = try #require(execution["ttft_ms"]?.double)
        #expect(first >= 0 && first <= execution["latency_ms"]?.double ?? -1)
        let replay = try live.run("run", key: nil)
        #expect(replay.run.exitCode == 0, "\(replay.run.all)")
        #expect(replay.file.without("source", "spent_usd") == file.without("source", "spent_usd"))
    }

    @Test("without a stream the time to the first token is not known, and a gate on it stays open")
    func unmeasured() throws {
        let server = try LiveProject.answering()
        let live = try LiveProject(
            settings: LiveProject.settings(server.url), cases: LiveProject.cases(1...1),
            gates: ["{metric: ttft_ms.p95, max: 60000}"])
        let (run, file) = try live.run("run", "--mode", "live")
        #expect(run.exitCode == 3 && file.executions.first?["ttft_ms"] == .null, "\(run.all)")
    }

    /// A stream that is no whole answer.
    struct Cut: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let reply: StubReply
        var requests = 2
    }

    private static func chunks(_ events: [String], _ end: [StubReply.Step]) -> StubReply {
        let fields = [("Content-Type", "text/event-stream"), ("Transfer-Encoding", "chunked")]
        return StubReply(
            steps: [.send(StubReply.head(200, fields))]
                + events.map { .send(StubReply.chunk(Array("data: \($0)\n\n".utf8))) } + end)
    }

    @Test(
        "a stream that was cut is an error, never a short answer",
        arguments: [
            Cut(testDescription: "the end after some words", reply: chunks(words, [.close])),
            Cut(testDescription: "a reset after some words", reply: chunks(words, [.reset])),
            Cut(
                testDescription: "the last chunk without the end of the answer",
                reply: .serverSentEvents(words)),
            Cut(
                testDescription: "an error in the middle",
                reply: .serverSentEvents(
                    words + [#"{"error":{"message":"overloaded","type":"server_error","code":null}}"#])),
            Cut(testDescription: "an event that is no JSON", reply: .serverSentEvents(words + ["{\"id\":"])),
            Cut(testDescription: "no event at all", reply: .serverSentEvents([])),
            Cut(testDescription: "the end alone", reply: .serverSentEvents(["[DONE]"])),
            Cut(
                testDescription: "half an event",
                reply: chunks(words, [.send(Array("400\r\ndata: {\"id\"".utf8)), .close])),
            Cut(testDescription: "half closed", reply: chunks(words, [.finishSending, .hang])),
        ])
    func cut(cut: Cut) throws {
        let server = try StubServer(script: [cut.reply])
        let live = try project(server.url)
        for mode in ["record", "live"] {
            let before = server.requests.count
            let (run, file) = try live.run("run", "--mode", mode)
            #expect(run.exitCode == 3, "\(run.all)")
            #expect(file.statuses == ["c1#1 errored provider"], "\(run.all)")
            #expect(server.requests.count - before == cut.requests, "\(run.all)")
            #expect(!live.project.exists("fixtures"))
        }
    }

    @Test("a stream that stops is a time-out, and one that is cut once is asked for again")
    func again() throws {
        let silent = try StubServer(script: [Self.chunks(Self.words, [.hang])])
        let live = try project(silent.url)
        let settings = try live.project.read("evalrun.yaml")
        try live.project.write(
            settings.replacingOccurrences(of: "timeout_s: 20", with: "timeout_s: 0.3"), to: "evalrun.yaml")
        let (run, file) = try live.run("run", "--mode", "live")
        #expect(run.exitCode == 3 && file.statuses == ["c1#1 errored timeout"], "\(run.all)")
        let flaky = try StubServer(script: [Self.chunks(Self.words, [.reset]), .serverSentEvents(Self.whole)])
        try live.project.write(
            settings.replacingOccurrences(of: silent.url, with: flaky.url), to: "evalrun.yaml")
        let second = try live.run("run", "--mode", "live")
        #expect(second.run.exitCode == 0, "\(second.run.all)")
        #expect(second.file.executions.first?["output"] == "An answer in three pieces.")
        #expect(second.file.executions.first?["attempts"] == 2)
    }
}
