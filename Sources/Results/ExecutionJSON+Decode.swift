import Diagnostics
public import Evals
public import JSON

extension ExecutionJSON {
    /// Reads one object back; unknown keys are ignored, so that newer results can be read.
    public func decode(_ bytes: [UInt8]) throws(ResultsError) -> Execution {
        let value: JSONValue
        do {
            // A reply nested as deep as a parser allows stands some levels deeper in an execution.
            value = try JSONParser(maximumDepth: 1100, rejectsDuplicateKeys: true).parse(bytes: bytes)
        } catch {
            throw .malformed(path: "", message: "\(error)")
        }
        return try decode(value)
    }

    /// Reads one object back; `path` is the JSON Pointer at which it stands, for errors.
    public func decode(_ value: JSONValue, path: String = "") throws(ResultsError) -> Execution {
        let members = try MemberReader(value, path: path)
        let mark = SourceMark(
            file: try members.requiredText("file"), line: try members.integer("line", least: 0) ?? 0,
            column: try members.integer("column", least: 0) ?? 0)
        var execution = Execution(
            suite: try members.requiredText("suite"), caseID: try members.requiredText("case"),
            tags: try members.texts("tags"), prompt: try members.requiredText("prompt"),
            version: try members.requiredText("version"), model: try members.requiredText("model"),
            isAdvisory: try members.flag("advisory"),
            sample: try members.require(try members.integer("sample", least: 1), "sample"),
            step: try members.require(try members.integer("step", least: 1), "step"),
            requiredPasses: try members.integer("required_passes", least: 1), mark: mark,
            row: try row(members))
        execution.status = try members.require(try members.choice("status"), "status")
        execution.outcome = try members.choice("outcome")
        execution.statusReason = try members.text("status_reason")
        execution.score = try members.double("score")
        execution.answer = try answer(members)
        execution.cost = try members.money("cost_usd")
        // Nothing was spent where the key is missing; null is an unknown amount.
        if members.has("spent_usd") { execution.spent = try members.money("spent_usd") }
        execution.judging = try members.object("judge").map { (use) throws(ResultsError) in
            try JudgeUse(use)
        }
        execution.error = try error(members)
        if execution.answer == nil {
            execution.error?.attempts = try members.integer("attempts", least: 0) ?? 0
        }
        execution.assertions = try assertions(members)
        return execution
    }

    private func answer(_ members: MemberReader) throws(ResultsError) -> Answer? {
        guard let source: Answer.Source = try members.choice("source") else { return nil }
        let reply = Reply(
            servedModel: try members.text("served_model"), content: try members.text("output"),
            finishReason: try members.text("finish_reason"), toolCalls: try members.list("tool_calls"),
            refusal: try members.text("refusal"),
            usage: try members.read("usage", "token counts") { Usage(json: $0) },
            latencyMS: try members.double("latency_ms"), firstTokenMS: try members.double("ttft_ms"),
            attempts: try members.integer("attempts", least: 0) ?? 1,
            cost: try members.money("reply_cost_usd"), logprobs: members.value("logprobs"),
            requestID: try members.text("request_id"), serviceTier: try members.text("service_tier"),
            fallback: try members.text("fallback"),
            context: members.value("context") == nil ? nil : try members.texts("context"))
        return Answer(
            reply: reply, source: source, requestSHA256: try members.text("request_sha256"),
            notice: try members.text("notice"), isRerolled: try members.flag("rerolled"))
    }

    private func error(_ members: MemberReader) throws(ResultsError) -> EvaluationError? {
        guard let parts = try members.object("error") else { return nil }
        return EvaluationError(
            try parts.require(try parts.choice("kind"), "kind"), try parts.requiredText("message"),
            hint: try parts.text("hint"), mayHaveCost: try parts.flag("may_have_cost"))
    }

    /// Recursion is bounded by the depth that the parser allows.
    private func assertions(_ members: MemberReader) throws(ResultsError) -> [AssertionResult] {
        var results: [AssertionResult] = []
        for (index, value) in try members.list("assertions").enumerated() {
            let parts = try MemberReader(value, path: "\(members.path)/assertions/\(index)")
            let passed = try parts.require(try parts.read("passed", "true or false") { $0.bool }, "passed")
            let weight = try parts.double("weight") ?? 1
            guard weight >= 0 else { throw parts.wrong("weight", "expected 0 or more") }
            var result = AssertionResult(
                type: try parts.requiredText("type"), metric: try parts.text("metric"), passed: passed,
                score: try parts.require(try parts.double("score"), "score"), weight: weight,
                reason: try parts.requiredText("reason"), expected: try parts.text("expected"),
                actual: try parts.text("actual"), isQuarantined: try parts.flag("quarantined"),
                error: try error(parts), inner: try assertions(parts))
            result.isUnasked = try parts.flag("unasked")
            result.details = parts.value("details")
            result.stamp = try parts.object("judged").map { (stamp) throws(ResultsError) in
                try JudgeStamp(stamp)
            }
            results.append(result)
        }
        return results
    }

    private func row(_ members: MemberReader) throws(ResultsError) -> [String: String] {
        guard let value = members.value("row") else { return [:] }
        let columns = value.object ?? [:]
        var row: [String: String] = [:]
        for (column, cell) in columns { row[column] = cell.string }
        guard value.object != nil, row.count == columns.count else {
            throw members.wrong("row", "expected an object of strings")
        }
        return row
    }
}
