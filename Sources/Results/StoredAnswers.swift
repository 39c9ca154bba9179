public import Diagnostics
public import Evals
public import Files
import Synchronization

/// The answers of an earlier run, by execution, so that they can be judged again without being asked for.
///
/// They are kept on disk; memory is about 200 bytes an execution.
public final class StoredAnswers: Sendable {
    /// What became of an execution in the earlier run.
    private enum Record: Sendable {
        case answered(Spool.Range)
        case unanswered(EvaluationError)
    }

    /// What was known before that run.
    public let header: RunHeader
    /// The hash of the results' bytes, in lower-case hexadecimal digits.
    public let sha256: String

    private let records: [ExecutionAddress: Record]
    private let spool: Spool
    private let used = Mutex<Set<ExecutionAddress>>([])

    /// Reads results, one execution in memory at a time.
    ///
    /// The errors are those of `ResultsFile.read`, and `results-damaged` for results that have an execution twice.
    public init(_ stream: ByteStream) throws(DiagnosticError) {
        let (spool, codec) = (Spool(), ExecutionJSON())
        var records: [ExecutionAddress: Record] = [:]
        var hash = ContentHash()
        let shown = stream.shown
        let head = try ResultsFile(stream).read { (execution) throws(DiagnosticError) in
            let address = ExecutionAddress(of: execution)
            let bytes = codec.encode(execution)
            hash.update(bytes)
            let record: Record =
                execution.answer == nil
                ? .unanswered(
                    execution.error
                        ?? EvaluationError(.provider, "the execution was \(execution.status.rawValue)"))
                : .answered(spool.append(bytes))
            guard records.updateValue(record, forKey: address) == nil else {
                throw DiagnosticError(
                    Diagnostic(
                        "results-damaged", "the results have an execution twice: \(address)",
                        at: SourceMark(file: shown), hint: "take the results of one run"))
            }
        }
        header = head.header
        sha256 = hash.hex
        self.records = records
        self.spool = spool
    }

    /// The executions in the results, those without an answer included.
    public var count: Int { records.count }

    /// Whether the results have an execution, be it without an answer.
    public func has(_ address: ExecutionAddress) -> Bool { records[address] != nil }

    /// The executions in the results that nobody asked for.
    public var unused: [ExecutionAddress] {
        let used = used.withLock { $0 }
        return records.keys.filter { !used.contains($0) }.sorted()
    }

    /// The trouble of an execution without an answer: that of the provider stays, and what was not asked for is missing.
    private static func kind(of error: EvaluationError) -> EvaluationError.Kind {
        switch error.kind {
        case .provider, .timeout, .refused, .template: error.kind
        default: .fixtureMissing
        }
    }

    /// The answer of an execution, never as one of a live call: it is paid already.
    ///
    /// Errors: `fixture-missing` when the results do not have the execution; its own error when it has no answer.
    public func answer(of address: ExecutionAddress) throws(EvaluationError) -> Answer {
        guard let record = records[address] else {
            throw EvaluationError(
                .fixtureMissing, "the results of the run \(header.id) have no answer of \(address)",
                hint:
                    "take results of the same suites, prompts and models; `evalrun run` asks for what is new")
        }
        used.withLock { _ = $0.insert(address) }
        switch record {
        case .unanswered(let error):
            throw EvaluationError(
                Self.kind(of: error), "it has no answer in the run \(header.id): \(error.message)",
                hint: "`evalrun run` asks for it")
        case .answered(let range):
            guard let bytes = try? spool.read(range), let execution = try? ExecutionJSON().decode(bytes),
                var answer = execution.answer
            else {
                throw EvaluationError(.provider, "the stored answer can't be read again", hint: "run again")
            }
            if answer.source == .live || answer.source == .cached { answer.source = .replayed }
            return answer
        }
    }
}

extension StoredAnswers {
    /// The stored answer to the request of an execution.
    ///
    /// Errors: those of `answer(of:)`, and `fixture-stale` when the answer was given to another request. Answers that
    /// nobody was asked for have no key to compare.
    ///
    /// - Parameter key: The key of the request as it is today.
    public func answer(
        to request: ModelRequest, key: (ModelRequest) throws(EvaluationError) -> String
    ) throws(EvaluationError) -> Answer {
        let answer = try answer(
            of: ExecutionAddress(
                suite: request.site.suite, caseID: request.site.caseID, prompt: request.site.prompt,
                model: request.site.model, sample: request.sample))
        guard let asked = answer.requestSHA256, try asked != key(request) else { return answer }
        throw EvaluationError(
            .fixtureStale,
            "the prompt, case or model was changed since the run \(header.id), so that its answer is to another request",
            hint: "`evalrun run` asks for it")
    }
}
