import Diagnostics
public import Evals

/// Answers from recordings alone: nothing is sent, nothing is written.
public struct Replay: Answering {
    private let store: FixtureStore
    private let redactor: Redactor

    /// Creates a replay of the recordings of a store.
    public init(store: FixtureStore, redactor: Redactor = .standard) {
        self.store = store
        self.redactor = redactor
    }

    /// The recorded reply.
    ///
    /// Errors: `fixture-missing`, also for a file that can't be read; `fixture-stale` with a diff of the requests;
    /// `refused` when a pattern of `redact:` gives up.
    public func answer(_ request: ModelRequest) async throws(EvaluationError) -> Answer {
        var numbering = Redactor.Numbering()
        let clean = try redactor.redact(request, numbering: &numbering)
        let key = RequestKey.sha256(of: clean)
        let finding = store.find(clean, key: key, looksElsewhere: clean == request)
        return try answer(finding, to: clean, key: key, numbering: &numbering)
    }

    /// The reply that a look-up of a redacted request found.
    func answer(
        _ finding: FixtureStore.Finding, to request: ModelRequest, key: String,
        numbering: inout Redactor.Numbering
    ) throws(EvaluationError) -> Answer {
        switch finding {
        case .found(let exchange):
            let reply = try redactor.redact(exchange.response, numbering: &numbering)
            return Answer(
                reply: reply, source: .replayed, requestSHA256: key,
                notice: reply.fallbackNotice(for: request.site.model), isRerolled: exchange.isRerolled)
        case .moved(let exchange, let path, _):
            let reply = try redactor.redact(exchange.response, numbering: &numbering)
            let place = RecordingPlace(of: request.site)
            let notice =
                place.path == path
                ? "the recording was found under another case of \(path)"
                : "the recording was found in \(path) instead of \(place.path)"
            return Answer(
                reply: reply, source: .replayed, requestSHA256: key,
                notice: "\(notice); `evalrun fixtures mv --auto` puts it in its place",
                isRerolled: exchange.isRerolled)
        case .stale(let exchange, let path):
            throw Self.stale(exchange, path: path, request: request)
        case .missing(let nearest):
            throw Self.missing(request, nearest: nearest)
        case .unreadable(let diagnostic):
            throw Self.unreadable(
                diagnostic, hint: "the line to import:\n" + RecordCommand.line(for: request))
        }
    }

    /// The error for a recording that can't be read; `hint` follows what the diagnostic says to do.
    static func unreadable(_ diagnostic: Diagnostic, hint: String) -> EvaluationError {
        let place = diagnostic.mark.map { "\($0): " } ?? ""
        return EvaluationError(
            .fixtureMissing, "the recording can't be read: \(place)\(diagnostic.message)",
            hint: "\(diagnostic.hint ?? "mend the file"); \(hint)")
    }

    private static func stale(_ exchange: Exchange, path: String, request: ModelRequest) -> EvaluationError {
        let difference = RequestDifference.text(from: exchange.request, to: request.json)
        let shown =
            difference.isEmpty
            ? "the requests differ in the number of the sample or call alone"
            : "recorded (-) and current (+) request:\n\(difference)"
        return EvaluationError(
            .fixtureStale, "the recording \(path) belongs to another request; \(shown)",
            hint: RecordCommand.hint(for: request))
    }

    private static func missing(_ request: ModelRequest, nearest: String?) -> EvaluationError {
        let place = RecordingPlace(of: request.site)
        var what = "there is no recording of "
        what += request.site.purpose == "answer" ? "the answer" : request.site.purpose
        if request.sample > 1 { what += " to sample \(request.sample)" }
        if request.call > 1 { what += " to call \(request.call)" }
        if request.site.step > 1 { what += " in step \(request.site.step)" }
        what += "; looked in \(place.path)"
        if place.isPack { what += " for the case \(request.site.caseID)" }
        if let nearest { what += "; the nearest: \(nearest)" }
        return EvaluationError(.fixtureMissing, what, hint: RecordCommand.hint(for: request))
    }
}
