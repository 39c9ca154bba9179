import Diagnostics
public import Evals
import JSON

/// The JSON object that stands for one execution in results, and back.
///
/// The same execution gives the same bytes: keys have a fixed order, and there is no white space.
public struct ExecutionJSON: Sendable {
    /// Creates the codec; it has no settings.
    public init() {}

    /// The object as compact JSON on one line, without a line feed at the end.
    public func encode(_ execution: Execution) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(1024 + (execution.answer?.reply.content?.utf8.count ?? 0))
        encode(execution, to: &output)
        return output
    }

    /// Appends the object as compact JSON, without a line feed at the end.
    public func encode(_ execution: Execution, to output: inout [UInt8]) {
        JSONWriter.safe.write(value(of: execution), to: &output)
    }

    /// The object as a value.
    func value(of execution: Execution) -> JSONValue {
        let reply = execution.answer?.reply
        var members: [(String, JSONValue)] = [
            ("suite", .string(execution.suite)), ("case", .string(execution.caseID)),
            ("tags", .array(execution.tags.map { .string($0) })),
            ("prompt", .string(execution.prompt)), ("version", .string(execution.version)),
            ("model", .string(execution.model)), ("sample", .integer(execution.sample)),
            ("step", .integer(execution.step)), ("status", .string(execution.status.rawValue)),
            ("outcome", Self.text(execution.outcome?.rawValue)),
            ("score", execution.score.map { .double($0) } ?? .null),
            ("source", Self.text(execution.answer?.source.rawValue)),
            ("served_model", Self.text(reply?.servedModel)), ("output", Self.text(reply?.content)),
            ("tool_calls", .array(reply?.toolCalls ?? [])), ("refusal", Self.text(reply?.refusal)),
            ("finish_reason", Self.text(reply?.finishReason)), ("usage", reply?.usage?.json ?? .null),
            ("cost_usd", execution.cost?.json ?? .null), ("latency_ms", Self.measure(reply?.latencyMS)),
            ("ttft_ms", Self.measure(reply?.firstTokenMS)),
            ("attempts", .integer(reply?.attempts ?? execution.error?.attempts ?? 0)),
            ("request_sha256", Self.text(execution.answer?.requestSHA256)),
            ("file", .string(execution.mark.file)), ("line", .integer(execution.mark.line)),
            ("error", execution.error.map(Self.value) ?? .null),
            ("assertions", .array(execution.assertions.map(Self.value))),
        ]
        members += extras(of: execution)
        return .object(pairs: members)
    }

    /// What only some executions have, and what is needed to read an execution back.
    private func extras(of execution: Execution) -> [(String, JSONValue)] {
        var members: [(String, JSONValue)] = []
        if let reason = execution.statusReason { members.append(("status_reason", .string(reason))) }
        if let required = execution.requiredPasses { members.append(("required_passes", .integer(required))) }
        if execution.isAdvisory { members.append(("advisory", true)) }
        if !execution.row.isEmpty {
            let columns = execution.row.sorted { $0.key < $1.key }
            members.append(("row", .object(pairs: columns.map { ($0.key, .string($0.value)) })))
        }
        if execution.answer?.isRerolled == true { members.append(("rerolled", true)) }
        if let use = execution.judging { members.append(("judge", use.json)) }
        if let notice = execution.answer?.notice { members.append(("notice", .string(notice))) }
        if execution.mark.column != 0 { members.append(("column", .integer(execution.mark.column))) }
        if execution.spent != .zero { members.append(("spent_usd", execution.spent?.json ?? .null)) }
        if let cost = execution.answer?.reply.cost { members.append(("reply_cost_usd", cost.json)) }
        if let reply = execution.answer?.reply {
            if let logprobs = reply.logprobs { members.append(("logprobs", logprobs)) }
            if let id = reply.requestID { members.append(("request_id", .string(id))) }
            if let tier = reply.serviceTier { members.append(("service_tier", .string(tier))) }
            if let fallback = reply.fallback { members.append(("fallback", .string(fallback))) }
            if let context = reply.context {
                members.append(("context", .array(context.map { .string($0) })))
            }
        }
        return members
    }

    private static func value(of result: AssertionResult) -> JSONValue {
        var members: [(String, JSONValue)] = [
            ("type", .string(result.type)), ("metric", text(result.metric)), ("passed", .bool(result.passed)),
            ("score", .double(result.score.isFinite ? result.score : 0)), ("weight", measure(result.weight)),
            ("reason", .string(result.reason)),
        ]
        if let expected = result.expected { members.append(("expected", .string(expected))) }
        if let actual = result.actual { members.append(("actual", .string(actual))) }
        if let error = result.error { members.append(("error", value(of: error))) }
        if result.isQuarantined { members.append(("quarantined", true)) }
        if result.isUnasked { members.append(("unasked", true)) }
        if let details = result.details, !details.isNull { members.append(("details", details)) }
        if let stamp = result.stamp { members.append(("judged", stamp.json)) }
        if !result.inner.isEmpty { members.append(("assertions", .array(result.inner.map(value)))) }
        return .object(pairs: members)
    }

    private static func value(of error: EvaluationError) -> JSONValue {
        var members: [(String, JSONValue)] = [
            ("kind", .string(error.kind.rawValue)), ("message", .string(error.message)),
            ("hint", text(error.hint)),
        ]
        if error.mayHaveCost { members.append(("may_have_cost", true)) }
        return .object(pairs: members)
    }

    private static func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

    /// A measured number: whole ones without a fraction, as people write milliseconds and weights.
    private static func measure(_ value: Double?) -> JSONValue {
        guard let value else { return .null }
        if let whole = Int(exactly: value), whole.magnitude < 1 << 53 { return .integer(whole) }
        return .double(value)
    }
}
