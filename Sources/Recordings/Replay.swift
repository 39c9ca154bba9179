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
            let reply = try redactor.redact(
                exchange.response, to: request.site.purpose, numbering: &numbering)
            return Answer(
                reply: reply, source: .replayed, requestSHA256: key,
                notice: reply.fallbackNotice(for: request.model.name), isRerolled: exchange.isRerolled)
        case .moved(let exchange, let path, _):
            let reply = try redactor.redact(
                exchange.response, to: request.site.purpose, numbering: &numbering)
            return Answer(
                reply: reply, source: .replayed, requestSHA256: key,
                notice: Self.notice(ofMoved: request, from: path), isRerolled: exchange.isRerolled)
        case .stale(let exchange, let path):
            throw Self.stale(exchange, path: path, request: request)
        case .missing(let nearest):
            throw Self.missing(request, nearest: nearest)
        case .unreadable(let diagnostic):
            let isAnswer = request.site.purpose == "answer"
            throw Self.unreadable(
                diagnostic,
                hint: isAnswer
                    ? "the line to import:\n" + RecordCommand.line(for: request)
                    : "then " + RecordCommand.hint(for: request))
        }
    }

    /// What is told of a recording that stands at another place.
    ///
    /// What was asked about an answer may stand there for an equal question about another one: then nothing has moved.
    private static func notice(ofMoved request: ModelRequest, from path: String) -> String {
        let place = RecordingPlace(of: request.site)
        let found =
            place.path == path
            ? "found under another case of \(path)" : "found in \(path) instead of \(place.path)"
        guard request.site.purpose != "answer" else {
            return "the recording was \(found); `evalrun fixtures mv --auto` puts it in its place"
        }
        return
            "the recording of \(request.site.purpose) was \(found); `evalrun fixtures mv --auto` puts it in its "
            + "place along with its answer, and `evalrun record` copies it there"
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
