import Evals
import JSON
public import Results

/// The results as one JSON document, each gate and each execution on a line of its own.
///
/// The same inputs and recordings give the same bytes, apart from the member `run`. Memory does not grow with
/// the number of executions.
public struct JSONReport: Report {
    /// Creates the report; it has no settings.
    public init() {}

    /// Writes the document; throws what the sink and the spool throw.
    public func write(_ results: RunResults, to sink: @escaping ReportSink) throws {
        var head: [UInt8] = Array("{\"evalrun_results\": 1,\n \"run\": ".utf8)
        JSONWriter.spaced.write(Self.run(results.header), to: &head)
        head += Array(",\n \"summary\": ".utf8)
        JSONWriter.spaced.write(Self.summary(results.summary), to: &head)
        head += Array(",\n \"gates\": [".utf8)
        for (index, gate) in results.gates.enumerated() {
            head += Array((index == 0 ? "\n  " : ",\n  ").utf8)
            JSONWriter.spaced.write(Self.gate(gate), to: &head)
        }
        head += Array("],\n ".utf8)
        if !results.judges.isEmpty {
            head += Array("\"judges\": [".utf8)
            for (index, row) in results.judges.enumerated() {
                head += Array((index == 0 ? "\n  " : ",\n  ").utf8)
                JSONWriter.spaced.write(Self.judges(row), to: &head)
            }
            head += Array("],\n ".utf8)
        }
        head += Array("\"executions\": [".utf8)
        try sink(head)
        var isFirst = true
        try results.spool.forEachEncoded { bytes in
            try sink(Array((isFirst ? "\n  " : ",\n  ").utf8) + bytes)
            isFirst = false
        }
        try sink(Array("]}\n".utf8))
    }

    private static func run(_ header: RunHeader) -> JSONValue {
        var git = JSONValue.null
        if let commit = header.commit {
            git = .object(pairs: [
                ("commit", .string(commit)), ("dirty", header.isDirty.map { .bool($0) } ?? .null),
            ])
        }
        return .object(pairs: [
            ("id", .string(header.id)), ("started_at", .string(header.startedAt)),
            ("evalrun_version", .string(header.evalrunVersion)), ("git", git),
            ("mode", .string(header.mode)), ("plan_sha256", .string(header.planSHA256)),
        ])
    }

    private static func summary(_ summary: RunSummary) -> JSONValue {
        .object(pairs: [
            ("executions", .integer(summary.executions)), ("passed", .integer(summary.passed)),
            ("failed", .integer(summary.failed)), ("errored", .integer(summary.errored)),
            ("skipped", .integer(summary.skipped)), ("pass_rate", number(summary.passRate)),
            ("cost_usd", summary.cost?.json ?? .null), ("spent_usd", summary.spent?.json ?? .null),
            ("judge_calls", .integer(summary.judgeCalls)),
            ("judge_cost_usd", summary.judgeCost?.json ?? .null), ("rerolled", .integer(summary.rerolled)),
            ("verdict", .string(summary.verdict.rawValue)),
            ("exit_code", .integer(summary.exitStatus.rawValue)),
        ])
    }

    private static func gate(_ result: GateResult) -> JSONValue {
        var members: [(String, JSONValue)] = [
            ("suite", .string(result.suite)), ("prompt", text(result.prompt)), ("model", text(result.model)),
            ("metric", .string(result.gate.metric.description)), ("min", number(result.gate.min)),
            ("max", number(result.gate.max)), ("where", result.gate.filter?.json ?? .null),
            ("level", .string(result.gate.level.rawValue)), ("implied", .bool(result.gate.isImplied)),
            ("value", number(result.value)), ("n", .integer(result.count)),
            ("verdict", .string(result.verdict.rawValue)),
        ]
        // Without it a reader could not tell why a failed gate did not fail the build.
        if result.isAdvisory { members.append(("advisory", true)) }
        return .object(pairs: members)
    }

    private static func judges(_ row: JudgeTally.Row) -> JSONValue {
        var members: [(String, JSONValue)] = [
            ("suite", .string(row.suite)), ("prompt", .string(row.prompt)), ("model", .string(row.model)),
            ("name", .string(row.name)), ("n", .integer(row.verdicts)), ("passed", .integer(row.passes)),
            ("pass_rate", .double(row.passRate)), ("disagreements", .integer(row.disagreements)),
        ]
        if let rate = row.flipRate {
            members.append(("comparisons", .integer(row.comparisons)))
            members.append(("flips", .integer(row.flips)))
            members.append(("flip_rate", .double(rate)))
            members.append(("flips_to_first", .integer(row.firstPreferences)))
            members.append(("flips_to_later", .integer(row.laterPreferences)))
        }
        members.append(("instruments", .integer(row.instruments.count)))
        if !row.calibrations.isEmpty {
            members.append(("calibrations", .array(row.calibrations.map { .string($0) })))
        }
        if let rate = row.calibrated { members.append(("calibration", CalibratedRateText.json(rate))) }
        if row.isAdvisory { members.append(("advisory", true)) }
        return .object(pairs: members)
    }

    private static func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

    private static func number(_ value: Double?) -> JSONValue { value.map { .double($0) } ?? .null }
}
