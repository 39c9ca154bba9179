import Diagnostics
import Evals
import Gates
import Testing

@Suite struct GateJudgeTests {
    static let mark = SourceMark(file: "s.suite.yaml")

    static func gate(
        _ metric: String, min: Double? = nil, max: Double? = nil, filter: GateFilter? = nil,
        over: GateSpecification.Pool = .each
    ) -> GateSpecification {
        GateSpecification(
            metric: GateMetric(metric) ?? .passRate, min: min, max: max, filter: filter, over: over,
            mark: mark)
    }

    /// An execution from a letter (`p`, `f`, `e`, `s`; `E` is errored with an answer) and a number: its score,
    /// latency, tokens and cost in dollars.
    static func execution(
        _ letter: Character, _ number: Double? = nil, caseID: String = "c", tags: [String] = [],
        prompt: String = "p", model: String = "m", isAdvisory: Bool = false, required: Int? = nil
    ) -> Execution {
        var execution = Execution(
            suite: "s", caseID: caseID, tags: tags, prompt: prompt, version: "1", model: model,
            isAdvisory: isAdvisory, requiredPasses: required, mark: mark)
        switch letter {
        case "p": execution.status = .passed
        case "f": execution.status = .failed
        case "s": execution.status = .skipped
        default:
            execution.status = .errored
            execution.error = EvaluationError(.provider, "x")
        }
        guard letter != "e" else { return execution }
        execution.score = number
        let tokens = number.map { Usage(inputTokens: Int($0), outputTokens: 1) }
        execution.answer = Answer(
            reply: Reply(content: "", usage: tokens, latencyMS: number, firstTokenMS: number),
            source: .replayed)
        execution.cost = number.map { Money(picoUSD: Int64($0 * 1e12)) }
        execution.assertions =
            number.map { [AssertionResult(type: "t", metric: "tone", passed: true, score: $0, reason: "")] }
            ?? []
        return execution
    }

    static func results(
        _ gate: GateSpecification, _ executions: [Execution], isNarrowed: Bool = false
    ) -> [GateResult] {
        var judge = GateJudge(
            suites: [SuiteGates(suite: "s", gates: [gate])],
            groups: [GateGroup(suite: "s", prompt: "p", model: "m")], isNarrowed: isNarrowed)
        for execution in executions { judge.add(execution) }
        return judge.finish()
    }

    struct Row: Sendable, CustomStringConvertible {
        var metric: String
        var min: Double?
        var max: Double?
        var letters: String
        var numbers: [Double?] = []
        var required: Int?
        var value: Double?
        var count: Int
        var verdict: GateResult.Verdict
        var description: String { "\(metric) \(letters) \(numbers) \(verdict)" }
    }

    static let rates: [Row] = [
        Row(metric: "pass_rate", min: 1, letters: "pp", value: 1, count: 2, verdict: .passed),
        Row(metric: "pass_rate", min: 0.95, letters: "pppf", value: 0.75, count: 4, verdict: .failed),
        Row(metric: "pass_rate", min: 0.5, letters: "pf", value: 0.5, count: 2, verdict: .passed),
        // Skipped ones leave the denominator.
        Row(metric: "pass_rate", min: 1, letters: "pss", value: 1, count: 1, verdict: .passed),
        // Errors stay in it, and are neither passed nor failed.
        Row(metric: "pass_rate", min: 1, letters: "ppe", value: 2.0 / 3, count: 3, verdict: .unevaluated),
        Row(metric: "pass_rate", min: 0.6, letters: "ppe", value: 2.0 / 3, count: 3, verdict: .passed),
        Row(metric: "pass_rate", min: 0.7, letters: "pffe", value: 0.25, count: 4, verdict: .failed),
        Row(metric: "pass_rate", min: 1, letters: "ee", value: 0, count: 2, verdict: .unevaluated),
        // Fail fast: red is certain after the first failure.
        Row(metric: "pass_rate", min: 1, letters: "feeee", value: 0, count: 5, verdict: .failed),
        Row(metric: "pass_rate", max: 0.5, letters: "pfe", value: 1.0 / 3, count: 3, verdict: .unevaluated),
        Row(metric: "pass_rate", max: 0.5, letters: "pff", value: 1.0 / 3, count: 3, verdict: .passed),
        Row(metric: "pass_rate", max: 0.5, letters: "ppe", value: 2.0 / 3, count: 3, verdict: .failed),
        // pass: k makes one unit.
        Row(metric: "pass_rate", min: 1, letters: "ppf", required: 2, value: 1, count: 1, verdict: .passed),
        Row(metric: "pass_rate", min: 1, letters: "pff", required: 2, value: 0, count: 1, verdict: .failed),
        Row(
            metric: "pass_rate", min: 1, letters: "pfe", required: 2, value: 0, count: 1,
            verdict: .unevaluated),
        Row(metric: "pass_rate", min: 1, letters: "ppe", required: 2, value: 1, count: 1, verdict: .passed),
        Row(metric: "error_rate", max: 0, letters: "pfs", value: 0, count: 2, verdict: .passed),
        Row(metric: "error_rate", max: 0.5, letters: "pe", value: 0.5, count: 2, verdict: .passed),
        // Exceeded is never failed; samples count one by one.
        Row(metric: "error_rate", max: 0, letters: "pes", value: 0.5, count: 2, verdict: .unevaluated),
        Row(
            metric: "error_rate", max: 0, letters: "ppe", required: 2, value: 1.0 / 3, count: 3,
            verdict: .unevaluated),
        Row(metric: "pass_rate", min: 1, letters: "ss", value: nil, count: 0, verdict: .unevaluated),
        Row(metric: "pass_rate", min: 1, letters: "", value: nil, count: 0, verdict: .unevaluated),
    ]

    static let numbers: [Row] = [
        Row(
            metric: "score", min: 0.9, letters: "pppppppppp", numbers: Array(repeating: 0.9, count: 10),
            value: 0.9, count: 10, verdict: .passed),
        Row(
            metric: "score", min: 0.7, letters: "pf", numbers: [1, 0.2], value: 0.6, count: 2,
            verdict: .failed),
        // An errored execution scores 0, and could have scored 1.
        Row(
            metric: "score", min: 0.7, letters: "pe", numbers: [1, nil], value: 0.5, count: 2,
            verdict: .unevaluated),
        Row(
            metric: "score", min: 0.5, letters: "pe", numbers: [1, nil], value: 0.5, count: 2,
            verdict: .passed),
        Row(
            metric: "score.tone", min: 0.9, letters: "fe", numbers: [0.5, nil], value: 0.25, count: 2,
            verdict: .failed),
        // A judge without a verdict leaves an answer that is errored, whatever its other scores are.
        Row(
            metric: "score.tone", min: 0.9, letters: "pE", numbers: [1, 1], value: 0.5, count: 2,
            verdict: .unevaluated),
        Row(
            metric: "score.tone", min: 0.5, letters: "pE", numbers: [1, 1], value: 0.5, count: 2,
            verdict: .passed),
        // Errors do not help below a maximum.
        Row(
            metric: "score.tone", max: 0.3, letters: "pe", numbers: [0.2, nil], value: 0.1, count: 2,
            verdict: .unevaluated),
        Row(
            metric: "score.tone", max: 0.3, letters: "pe", numbers: [1, nil], value: 0.5, count: 2,
            verdict: .failed),
        // Executions without the metric do not count, quarantined ones neither.
        Row(
            metric: "score.tone", min: 1, letters: "pps", numbers: [1, nil, 0], value: 1, count: 1,
            verdict: .passed),
        Row(
            metric: "score.other", min: 1, letters: "p", numbers: [1], value: nil, count: 0,
            verdict: .unevaluated),
        // Measures are over answered executions, errored ones with an answer included.
        Row(
            metric: "latency_ms.p95", max: 100, letters: "pfeE", numbers: [10, 90, nil, 100], value: 100,
            count: 3, verdict: .passed),
        Row(
            metric: "latency_ms.p95", max: 80, letters: "pfs", numbers: [10, 90, 5], value: 90, count: 2,
            verdict: .failed),
        Row(
            metric: "latency_ms.p50", max: 50, letters: "pe", numbers: [90, nil], value: 90, count: 1,
            verdict: .unevaluated),
        Row(
            metric: "latency_ms.max", max: 50, letters: "pe", numbers: [90, nil], value: 90, count: 1,
            verdict: .failed),
        Row(
            metric: "latency_ms.mean", max: 50, letters: "pe", numbers: [90, nil], value: 90, count: 1,
            verdict: .unevaluated),
        Row(
            metric: "latency_ms.mean", max: 40, letters: "pe", numbers: [90, nil], value: 90, count: 1,
            verdict: .failed),
        Row(
            metric: "ttft_ms.min", min: 50, letters: "pe", numbers: [10, nil], value: 10, count: 1,
            verdict: .failed),
        Row(
            metric: "ttft_ms.p95", max: 50, letters: "pp", numbers: [nil, nil], value: nil, count: 0,
            verdict: .unevaluated),
        Row(
            metric: "latency_ms.p95", max: 50, letters: "ee", numbers: [nil, nil], value: nil, count: 0,
            verdict: .unevaluated),
        Row(
            metric: "latency_ms.p95", max: 50, letters: "pp", numbers: [nil, 20], value: 20, count: 1,
            verdict: .passed),
        Row(
            metric: "tokens.total", max: 32, letters: "pp", numbers: [10, 20], value: 32, count: 2,
            verdict: .passed),
        Row(
            metric: "tokens.input", max: 29, letters: "pp", numbers: [10, 20], value: 30, count: 2,
            verdict: .failed),
        Row(
            metric: "tokens.output.max", max: 1, letters: "pp", numbers: [10, 20], value: 1, count: 2,
            verdict: .passed),
        Row(
            metric: "tokens.total", max: 50, letters: "pp", numbers: [10, nil], value: nil, count: 1,
            verdict: .unevaluated),
        Row(
            metric: "tokens.total", min: 50, letters: "pe", numbers: [10, nil], value: 11, count: 1,
            verdict: .unevaluated),
        Row(
            metric: "cost_usd", max: 0.75, letters: "pp", numbers: [0.25, 0.5], value: 0.75, count: 2,
            verdict: .passed),
        Row(
            metric: "cost_usd", max: 0.5, letters: "pp", numbers: [0.25, 0.5], value: 0.75, count: 2,
            verdict: .failed),
        Row(
            metric: "cost_usd", max: 0.5, letters: "pp", numbers: [0.25, nil], value: nil, count: 1,
            verdict: .unevaluated),
        Row(
            metric: "cost_usd", max: 0.2, letters: "pp", numbers: [0.25, nil], value: nil, count: 1,
            verdict: .failed),
        Row(
            metric: "cost_usd", max: 0.5, letters: "p", numbers: [nil], value: nil, count: 0,
            verdict: .unevaluated),
    ]

    /// Answers from a fallback for `b`, after a second request for `r`, plain ones for `p`, errors for `e`, and answers
    /// that were judged with an error for `E`.
    static let shares: [Row] = [
        Row(metric: "fallback_rate", max: 0.5, letters: "pb", value: 0.5, count: 2, verdict: .passed),
        Row(metric: "fallback_rate", max: 0.4, letters: "pb", value: 0.5, count: 2, verdict: .failed),
        Row(metric: "fallback_rate", max: 0, letters: "ppr", value: 0, count: 3, verdict: .passed),
        Row(metric: "retry_rate", max: 0, letters: "ppb", value: 0, count: 3, verdict: .passed),
        Row(metric: "retry_rate", max: 0.3, letters: "ppr", value: 1.0 / 3, count: 3, verdict: .failed),
        // Answers with a failed judgment count, skipped ones don't.
        Row(metric: "retry_rate", max: 0.5, letters: "rEs", value: 0.5, count: 2, verdict: .passed),
        // Unanswered ones could have been plain, or not; where neither mends it, it failed.
        Row(metric: "retry_rate", max: 0.4, letters: "rpe", value: 0.5, count: 2, verdict: .unevaluated),
        Row(metric: "retry_rate", max: 0.3, letters: "rpe", value: 0.5, count: 2, verdict: .failed),
        Row(metric: "retry_rate", min: 0.6, letters: "rpe", value: 0.5, count: 2, verdict: .unevaluated),
        Row(metric: "retry_rate", min: 0.7, letters: "rpe", value: 0.5, count: 2, verdict: .failed),
        Row(metric: "retry_rate", max: 0.5, letters: "ee", value: nil, count: 0, verdict: .unevaluated),
        Row(metric: "fallback_rate", max: 0, letters: "s", value: nil, count: 0, verdict: .unevaluated),
        // 1 token in as many milliseconds as the number says.
        Row(
            metric: "tokens_per_second.p50", min: 50, letters: "pp", numbers: [10, 20], value: 50, count: 2,
            verdict: .passed),
        Row(
            metric: "tokens_per_second.min", min: 60, letters: "pp", numbers: [10, 20], value: 50, count: 2,
            verdict: .failed),
        Row(
            metric: "tokens_per_second.mean", min: 60, letters: "pe", numbers: [20, nil], value: 50, count: 1,
            verdict: .unevaluated),
        Row(
            metric: "tokens_per_second.min", min: 60, letters: "pe", numbers: [20, nil], value: 50, count: 1,
            verdict: .failed),
        // An answer without tokens or time tells no speed.
        Row(
            metric: "tokens_per_second.p50", min: 1, letters: "pp", numbers: [nil, 20], value: 50, count: 1,
            verdict: .passed),
        Row(
            metric: "tokens_per_second.p50", min: 1, letters: "p", numbers: [nil], value: nil, count: 0,
            verdict: .unevaluated),
    ]

    @Test("shares of answers and speeds are judged over what was answered", arguments: shares)
    func answers(row: Row) throws {
        let executions = row.letters.enumerated().map { index, letter in
            var execution = Self.execution(
                "br".contains(letter) ? "p" : letter, index < row.numbers.count ? row.numbers[index] : nil)
            if letter == "b" { execution.answer?.reply.fallback = "other" }
            if letter == "r" { execution.answer?.reply.attempts = 2 }
            execution.answer?.reply.firstTokenMS = nil
            execution.sample = index + 1
            return execution
        }
        let results = Self.results(Self.gate(row.metric, min: row.min, max: row.max), executions)
        let result = try #require(results.first)
        #expect(result.verdict == row.verdict && result.count == row.count, "\(result)")
        #expect(result.value == row.value)
    }

    /// Answers that a judge was asked about for the dollars given, with an unknown price for `u`, nobody for `p`; `r` and
    /// `R` are answers and verdicts whose recordings were made anew.
    static let judged: [Row] = [
        Row(
            metric: "judge_cost_usd", max: 0.75, letters: "jjp", numbers: [0.25, 0.5], value: 0.75, count: 3,
            verdict: .passed),
        Row(
            metric: "judge_cost_usd", max: 0.5, letters: "jj", numbers: [0.25, 0.5], value: 0.75, count: 2,
            verdict: .failed),
        Row(
            metric: "judge_cost_usd", max: 0.5, letters: "ju", numbers: [0.25], value: nil, count: 1,
            verdict: .unevaluated),
        Row(
            metric: "judge_cost_usd", max: 0.2, letters: "ju", numbers: [0.25], value: nil, count: 1,
            verdict: .failed),
        Row(metric: "judge_cost_usd", max: 0.5, letters: "u", value: nil, count: 0, verdict: .unevaluated),
        Row(metric: "judge_cost_usd", max: 0, letters: "pp", value: 0, count: 2, verdict: .passed),
        Row(metric: "judge_cost_usd", max: 1, letters: "ee", value: nil, count: 0, verdict: .unevaluated),
        Row(metric: "rerolled", max: 0, letters: "pp", value: 0, count: 2, verdict: .passed),
        Row(metric: "rerolled", max: 0, letters: "prR", value: 2, count: 3, verdict: .failed),
        Row(metric: "rerolled", max: 2, letters: "prR", value: 2, count: 3, verdict: .passed),
        // What failed or errored froze luck as well; what is skipped decides nothing.
        Row(metric: "rerolled", max: 0, letters: "Es", value: 0, count: 1, verdict: .passed),
        Row(metric: "rerolled", max: 0, letters: "ee", value: nil, count: 0, verdict: .unevaluated),
        Row(metric: "rerolled", max: 0, letters: "re", value: 1, count: 1, verdict: .failed),
        Row(metric: "rerolled", max: 0, letters: "pe", value: 0, count: 1, verdict: .passed),
    ]

    @Test("what judges cost, and what was re-rolled, is counted over what was answered", arguments: judged)
    func judging(row: Row) throws {
        let executions = row.letters.enumerated().map { index, letter in
            let number = index < row.numbers.count ? row.numbers[index] : nil
            var execution = Self.execution("jurR".contains(letter) ? "p" : letter)
            if letter == "j" || letter == "u" {
                execution.judging = JudgeUse(
                    calls: 2, cost: letter == "u" ? nil : number.map { Money(picoUSD: Int64($0 * 1e12)) })
            }
            execution.answer?.isRerolled = letter == "r"
            if letter == "R" { execution.judging = JudgeUse(calls: 2, rerolled: 1) }
            return execution
        }
        let results = Self.results(Self.gate(row.metric, min: row.min, max: row.max), executions)
        let result = try #require(results.first)
        #expect(result.verdict == row.verdict && result.count == row.count, "\(result)")
        #expect(result.value == row.value)
    }

    @Test(
        "an assertion whose judge was not asked counts as 0 in the gates of its metric",
        arguments: [
            ([1, 1], 0.5), ([1, 3], 0.25), ([0, 0], 0.5), ([1, 0], 1),
        ] as [([Double], Double)])
    func unasked(weights: [Double], value: Double) throws {
        var execution = Self.execution("f", 0.5)
        execution.assertions = weights.enumerated().map { index, weight in
            var result = AssertionResult(
                type: "llm-rubric", metric: "tone", passed: index == 0, score: index == 0 ? 1 : 0,
                weight: weight, reason: "")
            result.isUnasked = index > 0
            return result
        }
        let results = Self.results(Self.gate("score.tone", min: 0.9), [execution])
        #expect(try #require(results.first).value == value)
    }

    @Test("the table of counting", arguments: rates + numbers)
    func table(row: Row) throws {
        #expect(GateMetric(row.metric) != nil)
        let executions = row.letters.enumerated().map { index, letter in
            var execution = Self.execution(
                letter, index < row.numbers.count ? row.numbers[index] : nil, required: row.required)
            execution.sample = index + 1
            return execution
        }
        let results = Self.results(Self.gate(row.metric, min: row.min, max: row.max), executions)
        #expect(results.count == 1)
        let result = try #require(results.first)
        #expect(result.verdict == row.verdict, "\(result.reason)")
        #expect(result.count == row.count)
        if let value = row.value {
            #expect(abs(try #require(result.value) - value) < 1e-12)
        } else {
            #expect(result.value == nil)
        }
        #expect(!result.reason.isEmpty)
    }

    @Test(
        "the reason says what was found",
        arguments: [
            ("pass_rate", "pppf", "3 of 4 passed, 0.75 is below the minimum 0.95"),
            ("score", "pe", "mean of 2 values, 0 is below"),
            (
                "retry_rate", "pp",
                "share of 2 answers that took more than one request, 0 is below the minimum 0.95"
            ),
            ("latency_ms.p95", "p", "p95 of 1 value (95% confidence needs at least 59)"),
        ])
    func reasons(metric: String, letters: String, start: String) {
        let executions = letters.map { Self.execution($0, metric == "score" ? 0 : 3) }
        let result = Self.results(Self.gate(metric, min: 0.95), executions).first
        #expect(result?.reason.hasPrefix(start) == true, "\(result?.reason ?? "")")
    }
}
