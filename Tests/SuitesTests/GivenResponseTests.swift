import Diagnostics
import Evals
import JSON
import Testing

@testable import Suites

@Suite("Responses that cases bring along") struct GivenResponseTests {
    private func project(_ row: String) throws -> TemporaryProject {
        try TemporaryProject([
            "evalrun.yaml": "{}\n", "prompts/p.prompt.yaml": "name: p\nversion: 1\nuser: hi\n",
            "data/r.jsonl": row + "\n",
            "evalsuites/s.suite.yaml":
                "suite: s\nprompts: [p]\ncases:\n  - dataset: {file: ../data/r.jsonl}\n    response: \"{{ row.resp }}\"\n    assert: [not-contains: sorry]\n",
        ])
    }

    @Test(
        "a response of a row that is no answer is a mistake, with the row",
        arguments: [
            (#"{"resp":null}"#, "not null"), (#"{"resp":7}"#, "not the number 7"),
            (#"{"resp":["x"]}"#, "not a list"), (#"{"resp":{}}"#, "neither content nor refusal"),
            (#"{"resp":{"contnt":"sorry"}}"#, "unknown key 'contnt'; did you mean 'content'?"),
            (#"{"resp":{"content":null}}"#, "neither content"),
            (#"{"resp":{"tool_calls":[]}}"#, "neither content"),
            (#"{"resp":{"content":["x"]}}"#, "content that must be text"),
            (#"{"resp":{"content":"x","finish_reason":"done"}}"#, "'done', which is none of stop, length"),
            (#"{"resp":{"content":"x","latency_ms":-1}}"#, "latency_ms that must be a number from 0"),
            (#"{"resp":{"content":"x","cost_usd":"much"}}"#, "cost_usd that must be"),
            (#"{"resp":{"content":"x","usage":{"input_tokens":1.5}}}"#, "input_tokens that must be"),
            (#"{"resp":{"content":"x","usage":{"input_tokens":1}}}"#, "without input_tokens and output"),
            (#"{"resp":{"tool_calls":["x"]}}"#, "tool_calls that must be a mapping"),
        ])
    func invalid(row: String, words: String) throws {
        let project = try project(row)
        let (plan, diagnostics) = project.plan()
        let found = diagnostics.filter { $0.id == "bad-response" }
        #expect(plan == nil && found.count == 1, "\(project.rendered(diagnostics))")
        #expect(found.first?.message.contains(words) == true, "\(found.first?.message ?? "")")
        #expect(found.first?.notes.contains { $0.mark?.file == "data/r.jsonl" } == true)
    }

    @Test(
        "an answer of a row is graded",
        arguments: [
            (#"{"resp":"fine"}"#, Reply(content: "fine")), (#"{"resp":""}"#, Reply(content: "")),
            (#"{"resp":{"content":null,"refusal":"no"}}"#, Reply(content: nil, refusal: "no")),
            (
                #"{"resp":{"content":"x","latency_ms":"5.5","usage":{"input_tokens":"3","output_tokens":4}}}"#,
                Reply(content: "x", usage: Usage(inputTokens: 3, outputTokens: 4), latencyMS: 5.5)
            ),
            (
                #"{"resp":{"tool_calls":[{"name":"f"}],"finish_reason":"tool_calls"}}"#,
                Reply(content: nil, finishReason: "tool_calls", toolCalls: [["name": "f"]])
            ),
        ])
    func valid(row: String, expected: Reply) throws {
        let planned = try #require(try project(row).cases().first)
        #expect(planned.response == expected)
    }

    @Test("a response without an answer is a mistake in a plain case too")
    func plain() throws {
        let project = try TemporaryProject([
            "evalrun.yaml": "{}\n", "prompts/p.prompt.yaml": "name: p\nversion: 1\nuser: hi\n",
            "evalsuites/s.suite.yaml":
                "suite: s\nprompts: [p]\ncases:\n  - id: a\n    response: {finish_reason: stop}\n    assert: [contains: x]\n",
        ])
        #expect(project.plan().diagnostics.map(\.id) == ["bad-response"])
    }
}
