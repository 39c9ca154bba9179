public import Evals

/// Answers from the journal of the run what was answered already, and keeps every new answer in it.
///
/// A run asks a model of the project an equal request once; another model with the same id may be another route, which
/// is under test as well. The place that asked gets its answer as it was given (`live`, so that a run that
/// was resumed reports and sums up as one that was not interrupted); any other place with an equal request gets it as
/// `cached`, which costs and spends nothing. Errors are not kept: they are asked for again.
public struct JournaledAnswering: Answering {
    private let inner: any Answering
    private let journal: Journal
    private let redactor: Redactor
    private let now: @Sendable () -> String?
    private let equal = EqualRequests()

    /// Puts a journal before something that answers.
    ///
    /// - Parameters:
    ///   - inner: gets the requests as they are, secrets included.
    ///   - now: the present time as RFC 3339 in UTC, for `recorded_at`.
    public init(
        _ inner: any Answering, journal: Journal, redactor: Redactor = .standard,
        now: @escaping @Sendable () -> String?
    ) {
        self.inner = inner
        self.journal = journal
        self.redactor = redactor
        self.now = now
    }

    /// The kept or the new answer, redacted.
    ///
    /// Errors: those of `inner`; `refused` for a request that holds the value of a key variable, or when a pattern of
    /// `redact:` gives up.
    public func answer(_ request: ModelRequest) async throws(EvaluationError) -> Answer {
        let keyed = try KeyedRequest(request, redactor: redactor)
        let model = request.model.name
        return try await equal.answer(toKey: keyed.sharing + " " + model, of: model) {
            () async throws(EvaluationError) -> Answer in
            if let kept = try kept(keyed) { return kept }
            return try await keep(try await inner.answer(request), of: keyed, request)
        }
    }

    /// The answer, redacted, once it is in the journal; apart from what waits for it, whose frame stays small so.
    private func keep(
        _ answer: Answer, of keyed: KeyedRequest, _ request: ModelRequest
    ) async throws(EvaluationError) -> Answer {
        var answer = answer
        answer.reply = try keyed.redact(answer.reply)
        answer.requestSHA256 = keyed.key
        guard answer.source == .live || answer.source == .cached else { return answer }
        let exchange = Exchange(request: keyed.redacted, response: answer.reply, recordedAt: now())
        // What can't be kept is still an answer; the journal tells of it.
        _ = await journal.append(
            JournalEntry(
                site: request.site, asked: request.model.name, call: request.call, source: answer.source,
                notice: answer.notice, exchange: exchange))
        return answer
    }

    /// The answer that the journal has; nil when the request is still to be asked.
    func kept(_ request: ModelRequest) throws(EvaluationError) -> Answer? {
        try kept(KeyedRequest(request, redactor: redactor))
    }

    @inline(never)
    private func kept(_ keyed: KeyedRequest) throws(EvaluationError) -> Answer? {
        let site = keyed.redacted.site
        guard let entry = journal.entry(ofKey: keyed.key, at: site, asked: keyed.redacted.model.name) else {
            return nil
        }
        let isOwn = entry.site == site
        // What was redacted may have been another text there.
        guard isOwn || !keyed.isChanged else { return nil }
        return Answer(
            reply: try keyed.redact(entry.exchange.response), source: isOwn ? entry.source : .cached,
            requestSHA256: keyed.key, notice: isOwn ? entry.notice : nil)
    }
}
