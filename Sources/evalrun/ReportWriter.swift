import Diagnostics
import Evals
import Files
import Gates
import Reports
import Results

/// Writes the reports of a run; one that can't be written stops neither the others nor the verdict.
struct ReportWriter {
    /// What was asked for.
    let requests: [ReportRequest]
    /// How much the terminal report says.
    let verbosity: TerminalStyle.Verbosity
    /// Colors.
    let options: ProjectOptions
    /// What the gates decided.
    let decision: ExitDecision

    /// Writes all reports and gives the exit status, which a report that can't be written may change.
    func write(_ results: RunResults) -> ExitStatus {
        var results = results
        var decision = decision
        func addFailure(_ failure: Diagnostic) {
            options.show([failure], root: nil)
            decision = decision.adding(.errored)
            results.summary.verdict = decision.verdict
            results.summary.exitStatus = decision.exitStatus
            results.summary.statuses = decision.statuses
        }
        // JSON states the exit code, which a report that can't be written changes, so it comes last.
        for request in requests.sorted(by: { $0.kind != .json && $1.kind == .json }) {
            guard let path = request.path else { continue }
            do {
                try writeFile(request.kind, results, path)
            } catch {
                addFailure(Self.diagnostic(request.kind, path, error))
            }
        }
        let onOutput = requests.first { $0.path == nil }?.kind
        do {
            if let onOutput, onOutput != .terminal {
                try report(onOutput).write(results) { try Console.write($0) }
            }
        } catch {
            addFailure(Self.diagnostic(onOutput ?? .json, "standard output", error))
        }
        let terminalDescriptor: Int32 = onOutput == nil || onOutput == .terminal ? 1 : 2
        do {
            let style = TerminalStyle(
                color: options.color(terminalDescriptor), verbosity: verbosity,
                width: width(terminalDescriptor))
            try TerminalReport(style: style).write(results) { bytes in
                if terminalDescriptor == 1 {
                    try Console.write(bytes)
                } else {
                    Console.note(String(decoding: bytes, as: UTF8.self))
                }
            }
        } catch {
            addFailure(Self.diagnostic(.terminal, "standard output", error))
        }
        return results.summary.exitStatus
    }

    /// Files and pipes get a width at which tables need not be cut.
    private func width(_ descriptor: Int32) -> Int {
        Console.isTerminal(descriptor) ? Console.width(descriptor) : 120
    }

    private func report(_ kind: ReportKind) -> any Report {
        switch kind {
        case .terminal: TerminalReport(style: TerminalStyle(verbosity: verbosity, width: 120))
        case .junit: JUnitReport(dialect: .rich)
        case .junitStrict: JUnitReport(dialect: .strict)
        case .json: JSONReport()
        }
    }

    private func writeFile(_ kind: ReportKind, _ results: RunResults, _ path: String) throws {
        let file = try WholeFileWriter(path)
        try report(kind).write(results) { try file.write($0) }
        try file.commit()
    }

    private static func diagnostic(_ kind: ReportKind, _ path: String, _ error: any Error) -> Diagnostic {
        let reason =
            switch error {
            case let error as FileError: error.description
            case let error as OutputError: error.reason
            default: "\(error)"
            }
        return Diagnostic(
            "report-not-written", "the report \(kind.rawValue) could not be written to \(path): \(reason)",
            hint: "check that the folder exists and can be written; the other reports are not affected")
    }
}
