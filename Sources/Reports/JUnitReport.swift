import Evals
public import Results
import XML

/// A run as JUnit XML: a flat test suite for each suite, and one, `evalrun.gates`, for the gates.
///
/// - One `failure` per case, with all failed assertions joined; trouble is an `error`; what the author left out,
///   quarantined cases and failures of advisory models are `skipped` with a message.
/// - A failure that a gate tolerates is a failure here too: the gate's own case tells why the build passes.
/// - Times are the recorded latencies, and there is no time of day and no host, so that two replays give the
///   same bytes.
public struct JUnitReport: Report {
    /// How much the file says.
    public var dialect: JUnitDialect

    /// Creates the report.
    public init(dialect: JUnitDialect = .rich) { self.dialect = dialect }

    /// One test suite of the file.
    private struct Section {
        var name: String
        var counts = JUnitCounts()
    }

    /// Writes the file, also when nothing has run.
    public func write(_ results: RunResults, to sink: @escaping ReportSink) throws {
        do {
            try writeDocument(results, to: sink)
        } catch XMLWriteError.output(let error) {
            throw error
        }
    }

    private func writeDocument(_ results: RunResults, to sink: @escaping ReportSink) throws {
        let sections = try sections(results)
        let gates = gates(results)
        let state = state(results)
        var total = JUnitCounts()
        for section in sections { total.add(section.counts) }
        for item in gates + state { total.add(item.verdict, milliseconds: 0) }

        let file = JUnitFile(
            try XMLDocumentWriter { bytes in try sink(Array(bytes)) }, dialect: dialect)
        try file.begin("testsuites", name: "evalrun", total)
        try writeExecutions(results, sections, to: file)
        for (name, items) in [(JUnitCase.gateClassName, gates), (Self.stateClassName, state)]
        where !items.isEmpty {
            var counts = JUnitCounts()
            for item in items { counts.add(item.verdict, milliseconds: 0) }
            try file.begin("testsuite", name: name, counts)
            for item in items { try file.write(item) }
            try file.end()
        }
        try file.end()
        try file.finish()
    }

    /// The suites in the plan's order with their counts, which a reader wants before the cases.
    private func sections(_ results: RunResults) throws -> [Section] {
        var sections: [Section] = []
        var suite: String?
        var owners: [String: String] = [:]
        try results.spool.forEach { execution in
            if execution.suite != suite {
                suite = execution.suite
                var name = JUnitText.className(execution.suite)
                // Two names can differ in dots alone.
                while let owner = owners[name], owner != execution.suite { name += "_" }
                owners[name] = execution.suite
                sections.append(Section(name: name))
            }
            sections[sections.count - 1].counts.add(
                JUnitCase.verdict(execution),
                milliseconds: JUnitCase.milliseconds(execution.answer?.reply.latencyMS))
        }
        return sections
    }

    private func writeExecutions(_ results: RunResults, _ sections: [Section], to file: JUnitFile) throws {
        var naming = JUnitNaming()
        var place = -1
        var suite: String?
        var held: Execution?
        /// Whether an execution is the sample after `previous` of the same unit.
        func follows(_ execution: Execution, _ previous: Execution) -> Bool {
            execution.sample == previous.sample + 1 && execution.caseID == previous.caseID
                && execution.suite == previous.suite && execution.prompt == previous.prompt
                && execution.model == previous.model && execution.step == previous.step
        }
        func write(_ execution: Execution, hasSamples: Bool) throws {
            if execution.suite != suite {
                suite = execution.suite
                if place >= 0 { try file.end() }
                place += 1
                try file.begin("testsuite", name: sections[place].name, sections[place].counts)
            }
            let name = naming.name(of: execution, hasSamples: hasSamples)
            try file.write(JUnitCase(execution, className: sections[place].name, name: name))
        }
        // The next execution tells whether the first sample is the only one.
        try results.spool.forEach { execution in
            if let previous = held {
                try write(previous, hasSamples: previous.sample > 1 || follows(execution, previous))
            }
            held = execution
        }
        if let last = held { try write(last, hasSamples: last.sample > 1) }
        if place >= 0 { try file.end() }
    }

    private func gates(_ results: RunResults) -> [JUnitCase] {
        var used: [String: Int] = [:]
        return results.gates.map { result in
            JUnitCase(result, name: JUnitNaming.unique(JUnitCase.gateName(result), &used))
        }
    }

    private static let stateClassName = "evalrun.run"

    /// A case that tells what no other can: that executions have no result, or that there are none.
    private func state(_ results: RunResults) -> [JUnitCase] {
        let declared = results.summary.executions
        let finished = results.spool.count
        if declared > finished {
            let message = "\(declared - finished) of \(declared) executions have no result"
            return [
                JUnitCase(
                    className: Self.stateClassName, name: "executions",
                    verdict: .error(type: "evalrun.interrupted", message: message), body: message)
            ]
        }
        guard finished == 0 else { return [] }
        let message = "nothing ran: the plan has no executions"
        return [
            JUnitCase(
                className: Self.stateClassName, name: "executions", verdict: .skipped(message: message),
                body: message)
        ]
    }
}
