import Diagnostics
import Evals
import JSON
import Results
import Testing

@Suite struct ExecutionJSONTests {
    private static var plain: Execution {
        var execution = Execution(
            suite: "support", caseID: "late-parcel", tags: ["smoke"], prompt: "support_reply", version: "4",
            model: "small", mark: SourceMark(file: "evalsuites/support.suite.yaml", line: 9))
        execution.status = .passed
        execution.score = 1
        execution.answer = Answer(
            reply: Reply(
                servedModel: "gpt-5-mini-2026-01-15", content: "Hallo \"Å\"\n", finishReason: "stop",
                usage: Usage(inputTokens: 41, outputTokens: 12), latencyMS: 412),
            source: .replayed, requestSHA256: "ab12")
        execution.cost = Money(picoUSD: 300_000_000)
        execution.assertions = [
            AssertionResult(type: "contains", passed: true, score: 1, reason: "contains 'Å'")
        ]
        return execution
    }

    private static var full: Execution {
        var execution = plain
        execution.isAdvisory = true
        execution.sample = 3
        execution.step = 2
        execution.requiredPasses = 2
        execution.row = ["topic": "a", "lang": "de"]
        execution.mark.column = 5
        execution.status = .skipped
        execution.outcome = .errored
        execution.statusReason = "quarantine until 2026-12-01"
        execution.score = 0.3333333333333333
        execution.spent = Money(picoUSD: 7)
        execution.answer?.notice = "moved"
        execution.answer?.reply.toolCalls = [["id": "1", "name": "f", "arguments": ["x": 1]]]
        execution.answer?.reply.refusal = "no"
        execution.answer?.reply.firstTokenMS = 20.5
        execution.answer?.reply.attempts = 3
        execution.answer?.reply.cost = Money(picoUSD: 1)
        execution.answer?.reply.logprobs = [["token": "a"]]
        execution.error = EvaluationError(.judge, "no verdict", hint: "ask again")
        execution.assertions = [
            AssertionResult(
                type: "assert-set", metric: "tone", passed: false, score: 0.5, weight: 0.25, reason: "1 of 2",
                expected: "a", actual: "b", isQuarantined: true, error: EvaluationError(.assertion, "odd"),
                inner: [AssertionResult(type: "not-equals", passed: false, score: 0, weight: 0, reason: "r")])
        ]
        return execution
    }

    @Test("the keys and numbers are those of the contract")
    func bytes() {
        let text = String(decoding: ExecutionJSON().encode(Self.plain), as: UTF8.self)
        #expect(
            text == """
                {"suite":"support","case":"late-parcel","tags":["smoke"],"prompt":"support_reply","version":"4",\
                "model":"small","sample":1,"step":1,"status":"passed","outcome":null,"score":1.0,\
                "source":"replayed","served_model":"gpt-5-mini-2026-01-15","output":"Hallo \\"Å\\"\\n",\
                "tool_calls":[],"refusal":null,"finish_reason":"stop",\
                "usage":{"input_tokens":41,"output_tokens":12},"cost_usd":0.0003,"latency_ms":412,\
                "ttft_ms":null,"attempts":1,"request_sha256":"ab12","file":"evalsuites/support.suite.yaml",\
                "line":9,"error":null,"assertions":[{"type":"contains","metric":null,"passed":true,\
                "score":1.0,"weight":1,"reason":"contains 'Å'"}]}
                """)
    }

    @Test("an execution comes back as it was", arguments: [plain, full, unanswered, unpriced, lost, judged])
    func roundTrip(execution: Execution) throws {
        let codec = ExecutionJSON()
        let bytes = codec.encode(execution)
        let back = try codec.decode(bytes)
        #expect(back == execution)
        #expect(codec.encode(back) == bytes)
        #expect(!bytes.contains(0x0A))
    }

    private static var unpriced: Execution {
        var execution = plain
        execution.cost = nil
        execution.spent = nil
        return execution
    }

    private static var judged: Execution {
        var execution = plain
        execution.answer?.isRerolled = true
        execution.judging = JudgeUse(
            calls: 3, failures: 1, cost: Money(picoUSD: 500_000_000), spent: nil, inputTokens: 700,
            outputTokens: 90,
            rerolled: 2, notices: ["moved"])
        var verdict = AssertionResult(
            type: "llm-rubric", metric: "tone", passed: true, score: 0.75, reason: "3 of 4 judges pass it")
        verdict.details = ["criteria": [["pass": true, "reason": "a"]]]
        verdict.stamp = JudgeStamp(
            models: ["large", "other"], prompts: ["judge-rubric@1"], instrument: "ab",
            calibration: "calibrations/tone.json", votes: [true, false, true, true])
        var compared = AssertionResult(type: "pairwise", passed: true, score: 0.5, reason: "a tie")
        compared.stamp = JudgeStamp(
            models: ["large"], prompts: ["judge-pairwise@1"], instrument: "cd", votes: [true], isFlipped: true
        )
        var unasked = AssertionResult(type: "rubric", passed: false, score: 0, reason: "not asked")
        unasked.isUnasked = true
        execution.assertions += [
            verdict, compared,
            AssertionResult(type: "assert-set", passed: false, score: 0, reason: "r", inner: [unasked]),
        ]
        return execution
    }

    @Test("what judges did has keys of its own, and what is not known is null")
    func judgedBytes() {
        let text = String(decoding: ExecutionJSON().encode(Self.judged), as: UTF8.self)
        #expect(
            text.contains(
                """
                "rerolled":true,"judge":{"calls":3,"failures":1,"cost_usd":0.0005,"spent_usd":null,\
                "input_tokens":700,"output_tokens":90,"rerolled":2,"notices":["moved"]}
                """))
        #expect(
            text.contains(
                """
                "details":{"criteria":[{"pass":true,"reason":"a"}]},"judged":{"models":["large","other"],\
                "prompts":["judge-rubric@1"],"instrument":"ab","calibration":"calibrations/tone.json",\
                "votes":[true,false,true,true]}
                """))
        #expect(text.contains(#""votes":[true],"flipped":true}"#))
        #expect(text.contains(#""reason":"not asked","unasked":true}"#))
    }

    private static var lost: Execution {
        var execution = unanswered
        execution.spent = nil
        execution.error = EvaluationError(.timeout, "late", attempts: 2, mayHaveCost: true)
        return execution
    }

    private static var unanswered: Execution {
        var execution = Execution(
            suite: "s", caseID: "c", prompt: "p", version: "1", model: "m", mark: SourceMark(file: "f"))
        execution.error = EvaluationError(.fixtureMissing, "no recording")
        return execution
    }

    @Test(
        "a wrong member is named",
        arguments: [
            ("suite", 1, "/suite"), ("suite", nil, "/suite"), ("case", [:], "/case"), ("tags", "x", "/tags"),
            ("tags", [1], "/tags"), ("sample", 0, "/sample"), ("sample", 1.5, "/sample"),
            ("step", nil, "/step"),
            ("status", "fine", "/status"), ("status", nil, "/status"), ("outcome", "x", "/outcome"),
            ("score", "1", "/score"), ("source", "guess", "/source"), ("usage", 3, "/usage"),
            ("cost_usd", "1", "/cost_usd"), ("latency_ms", true, "/latency_ms"), ("line", -1, "/line"),
            ("attempts", -1, "/attempts"), ("error", "x", "/error"), ("error", ["kind": "x"], "/error/kind"),
            ("error", ["kind": "judge"], "/error/message"), ("assertions", 1, "/assertions"),
            ("assertions", [1], "/assertions/0"), ("row", ["a": 1], "/row"), ("row", [1], "/row"),
            ("required_passes", 0, "/required_passes"), ("tool_calls", "x", "/tool_calls"),
            (
                "assertions", [["type": "t", "passed": true, "score": 1, "weight": -1, "reason": ""]],
                "/assertions/0/weight"
            ),
            ("judge", [1], "/judge"), ("judge", [:], "/judge/calls"),
            ("judge", ["calls": -1], "/judge/calls"),
            ("judge", ["calls": 1, "cost_usd": "1"], "/judge/cost_usd"),
            ("judge", ["calls": 1, "notices": [1]], "/judge/notices"), ("rerolled", 1, "/rerolled"),
            ("assertions", judging(["judged": 1]), "/assertions/0/judged"),
            ("assertions", judging(["judged": [:]]), "/assertions/0/judged/instrument"),
            (
                "assertions", judging(["judged": ["instrument": "a", "votes": ["yes"]]]),
                "/assertions/0/judged/votes"
            ),
            ("assertions", judging(["unasked": "no"]), "/assertions/0/unasked"),
        ] as [(String, JSONValue?, String)])
    func malformed(key: String, value: JSONValue?, path: String) throws {
        var members = try #require(try JSONParser().parse(bytes: ExecutionJSON().encode(Self.plain)).object)
        members[key] = value
        let error = #expect(throws: ResultsError.self) { try ExecutionJSON().decode(.object(members)) }
        guard case .malformed(let found, _) = error else {
            #expect(Bool(false), "expected a malformed member, found \(String(describing: error))")
            return
        }
        #expect(found == path)
    }

    private static func judging(_ members: JSONObject) -> JSONValue {
        let plain: JSONObject = ["type": "t", "passed": true, "score": 1, "reason": ""]
        return .array([.object(plain.merging(members))])
    }

    @Test(
        "text that is no execution is refused without a crash",
        arguments: [
            "", "[]", "null", "{}", "{\"suite\":\"a\",\"suite\":\"b\"}", "{\"sample\":1e999999999999}",
            "{\"sample\":99999999999999999999}", String(repeating: "[", count: 100_000),
        ])
    func hostile(text: String) {
        #expect(throws: ResultsError.self) { try ExecutionJSON().decode(Array(text.utf8)) }
    }

    @Test(
        "numbers beyond every range are refused", arguments: ["cost_usd", "latency_ms", "score", "spent_usd"])
    func huge(key: String) throws {
        var members = try #require(try JSONParser().parse(bytes: ExecutionJSON().encode(Self.plain)).object)
        members[key] = .number(try #require(JSONNumber(text: "1e400")))
        #expect(throws: ResultsError.self) { try ExecutionJSON().decode(.object(members)) }
    }
}
