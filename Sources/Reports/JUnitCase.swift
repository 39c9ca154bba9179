import Diagnostics
import Evals
import JSON
import Results

/// One test case of a JUnit file, in either dialect.
struct JUnitCase {
    /// What a dashboard counts; the message is for people.
    enum Verdict {
        /// Nothing to tell.
        case passed
        /// An expectation was not met.
        case failure(type: String, message: String)
        /// Something could not be evaluated.
        case error(type: String, message: String)
        /// Not run, or run without deciding.
        case skipped(message: String)
    }

    /// The group under which dashboards show the case.
    var className: String
    /// The name, unique under its class name and stable between runs.
    var name: String
    /// The recorded latency in milliseconds.
    var milliseconds = 0
    /// Where the case stands.
    var mark: SourceMark?
    /// Names and values, in order.
    var properties: [(name: String, value: String)] = []
    /// What a dashboard counts.
    var verdict = Verdict.passed
    /// The text of the failure, error or skip.
    var body = ""
    /// What the model answered, where that helps.
    var output = ""
}

extension JUnitCase {
    /// The case of an execution under a name that its caller keeps unique.
    init(_ execution: Execution, className: String, name: String) {
        self.init(className: className, name: name, mark: execution.mark)
        milliseconds = Self.milliseconds(execution.answer?.reply.latencyMS)
        verdict = Self.verdict(execution)
        properties = Self.properties(execution)
        // The answers of passing cases would make the file huge, and nobody reads them.
        if case .passed = verdict { return }
        if execution.status == .skipped, execution.outcome == nil { return }
        body = JUnitBody.text(execution)
        output = JUnitBody.output(execution)
    }

    /// The recorded latency in whole milliseconds, 0 when it is not known or absurd.
    static func milliseconds(_ latency: Double?) -> Int {
        guard let latency, latency > 0, latency < 1e12 else { return 0 }
        return Int(latency.rounded())
    }

    /// What a dashboard counts for an execution; failures of advisory models are no failures.
    static func verdict(_ execution: Execution) -> Verdict {
        let verdict = decidingVerdict(execution)
        guard execution.isAdvisory else { return verdict }
        switch verdict {
        case .failure(_, let message):
            return .skipped(message: "advisory model, not counted: failed: \(message)")
        case .error(_, let message):
            return .skipped(message: "advisory model, not counted: errored: \(message)")
        case .passed, .skipped: return verdict
        }
    }

    private static func decidingVerdict(_ execution: Execution) -> Verdict {
        switch execution.status {
        case .passed: return .passed
        case .failed:
            if let cause = AssertionText.unexplained(execution) {
                return .failure(type: "evalrun.\(cause.kind)", message: cause.message)
            }
            let failures = AssertionText.failures(of: execution)
            let message = failures.map { "\($0.type): \($0.reason)" }.joined(separator: "; ")
            return .failure(type: "evalrun.\(failures.first?.type ?? "assertion")", message: message)
        case .errored:
            guard let error = AssertionText.error(of: execution) else {
                return .error(type: "evalrun.no-result", message: "there is no result")
            }
            return .error(type: "evalrun.\(error.kind.rawValue)", message: error.message)
        case .skipped:
            let reason = execution.statusReason ?? "skipped"
            guard let outcome = execution.outcome else { return .skipped(message: reason) }
            return .skipped(message: "in quarantine, outcome: \(outcome.rawValue): \(reason)")
        }
    }

    private static func properties(_ execution: Execution) -> [(name: String, value: String)] {
        let answer = execution.answer
        let candidates: [(String, String?)] = [
            ("prompt", execution.prompt), ("version", execution.version), ("model", execution.model),
            ("sample", "\(execution.sample)"), ("score", execution.score.map(Figures.exact)),
            ("cost_usd", execution.cost?.text),
            ("latency_ms", answer?.reply.latencyMS.map(Figures.exact)),
            ("served_model", answer?.reply.servedModel), ("source", answer?.source.rawValue),
            ("request_sha256", answer?.requestSHA256),
            ("judge_calls", execution.judging.map { "\($0.calls)" }),
            ("judge_cost_usd", execution.judging?.cost?.text),
            ("rerolled", execution.hasRerolledRecording ? "true" : nil),
            ("tags", execution.tags.isEmpty ? nil : execution.tags.joined(separator: ",")),
        ]
        return candidates.compactMap { name, value in value.map { (name: name, value: $0) } }
    }
}
