import Diagnostics
public import Evals
import JSON

/// Answers from recordings or from live models, and keeps what live models answered.
///
/// | mode | a fresh recording | one that is missing or stale |
/// |---|---|---|
/// | `replay` | is replayed | is an error |
/// | `record` | is replayed | is asked and recorded |
/// | `refresh` | is asked and recorded anew | is asked and recorded |
/// | `live` | is asked | is asked |
///
/// What is judged is always the redacted reply, so that live answers and their replay are judged alike. An error
/// changes no recording.
public struct Recorder: Answering {
    private let mode: RecordingMode
    private let redactor: Redactor
    private let replay: Replay
    private let store: FixtureStore
    private let live: any Answering
    private let journaled: JournaledAnswering?
    private let session: RecordingSession
    private let now: @Sendable () -> String

    /// Creates a recorder.
    ///
    /// - Parameters:
    ///   - live: asks models; gets the requests as they are, with what is redacted in recordings.
    ///   - journaled: has what the run asked for before it was interrupted.
    ///   - session: keeps what is to be written to the recordings when the run ends.
    ///   - now: the time as RFC 3339 in UTC.
    public init(
        mode: RecordingMode, live: any Answering, journaled: JournaledAnswering? = nil,
        session: RecordingSession, redactor: Redactor = .standard,
        now: @escaping @Sendable () -> String
    ) {
        self.mode = mode
        self.redactor = redactor
        self.live = live
        self.journaled = journaled
        self.session = session
        self.now = now
        store = session.store
        replay = Replay(store: session.store, redactor: redactor)
    }

    /// The recorded reply, or the live one, redacted.
    ///
    /// Errors: those of `Replay` and of the live models; `refused` when a request or reply would spread a secret;
    /// `fixture-missing` before anything is sent when the file that the answer belongs into is damaged.
    public func answer(_ request: ModelRequest) async throws(EvaluationError) -> Answer {
        switch try prepare(request) {
        case .answered(let answer): return answer
        case .asking(let question): return try finish(try await live.answer(request), to: question)
        }
    }

    private enum Preparation {
        case answered(Answer)
        case asking(Question)
    }

    /// What is held of a request while its answer is waited for.
    private final class Question: Sendable {
        let clean: ModelRequest
        let key: String
        let numbering: Redactor.Numbering
        /// True when nothing was redacted: its key then stands for this request alone.
        let isUnredacted: Bool

        init(
            _ clean: ModelRequest, key: String, numbering: Redactor.Numbering, isUnredacted: Bool
        ) {
            self.clean = clean
            self.key = key
            self.numbering = numbering
            self.isUnredacted = isUnredacted
        }
    }

    /// The recorded answer, or what is to be asked.
    @inline(never)
    private func prepare(_ request: ModelRequest) throws(EvaluationError) -> Preparation {
        var numbering = Redactor.Numbering()
        let clean = try redactor.redact(request, numbering: &numbering)
        let key = RequestKey.sha256(of: clean)
        if mode.writes { session.noteRequest(clean, key: key) }
        if mode.reads {
            let finding = store.find(clean, key: key, looksElsewhere: clean == request)
            if !mode.sends || !asks(after: finding, at: RecordingPlace(of: clean.site)) {
                // What this run has asked for stays its answer when it goes on after it was recorded.
                if mode.sends, var kept = try journaled?.kept(request) {
                    kept.reply = try cleaned(kept.reply, to: clean.site.purpose, numbering: &numbering)
                    if case .found(let exchange) = finding { kept.isRerolled = exchange.isRerolled }
                    if case .moved(let exchange, _, _) = finding { kept.isRerolled = exchange.isRerolled }
                    return .answered(kept)
                }
                if mode.writes { copy(finding, to: clean.site, sample: clean.sample) }
                return .answered(try replay.answer(finding, to: clean, key: key, numbering: &numbering))
            }
        }
        if mode.writes, let obstacle = session.obstacle(at: RecordingPlace(of: clean.site)) {
            throw Replay.unreadable(
                obstacle, hint: "nothing was asked, since its answer could not be recorded")
        }
        try refuseSecrets(in: clean)
        return .asking(
            Question(clean, key: key, numbering: numbering, isUnredacted: clean == request))
    }

    /// The answer as it is judged, once it waits to be recorded.
    @inline(never)
    private func finish(_ answer: Answer, to question: Question) throws(EvaluationError) -> Answer {
        var answer = answer
        var numbering = question.numbering
        answer.reply = try cleaned(
            answer.reply, to: question.clean.site.purpose, numbering: &numbering)
        answer.requestSHA256 = question.key
        if mode.writes {
            var exchange = Exchange(request: question.clean, response: answer.reply, recordedAt: now())
            // Told by the run that makes it anew, as by every replay after it.
            if let old = store.recorded(question.clean, key: question.key) {
                answer.isRerolled = exchange.replacing([old]).isRerolled
            } else if let old = moved(question) {
                exchange = exchange.replacing([old])
                answer.isRerolled = exchange.isRerolled
            }
            session.add(exchange, at: question.clean.site)
        }
        return answer
    }

    /// The recording that another case, suite or alias has of a request that is asked anew: a new name is no new answer.
    private func moved(_ question: Question) -> Exchange? {
        guard mode == .refresh, question.isUnredacted,
            case .moved(let old, _, _) = store.find(question.clean, key: question.key, looksElsewhere: true)
        else { return nil }
        return old
    }

    /// Records what an equal question about another answer was answered with for this one too.
    ///
    /// An answer itself has only moved: `fixtures mv --auto` knows its new place.
    private func copy(_ finding: FixtureStore.Finding, to site: CallSite, sample: Int) {
        guard site.purpose != "answer", case .moved(var exchange, _, _) = finding else { return }
        (exchange.purpose, exchange.step, exchange.sample) = (site.purpose, site.step, sample)
        session.add(exchange, at: site)
    }

    /// Whether a look-up leaves something to ask for.
    private func asks(after finding: FixtureStore.Finding, at place: RecordingPlace) -> Bool {
        switch finding {
        case .found, .moved: false
        case .stale, .missing: true
        // A file elsewhere does no harm; the file of this recording must be mended first.
        case .unreadable(let diagnostic): diagnostic.mark.map { $0.file != place.path } ?? false
        }
    }

    /// Refuses a request that would carry a key to a model or into a recording.
    private func refuseSecrets(in clean: ModelRequest) throws(EvaluationError) {
        guard !redactor.hasSecret(clean) else {
            throw EvaluationError(
                .refused, "the request holds the value of a key variable, so it was not sent",
                hint: "take the key out of the prompt, the case or the dataset; and replace it, it has leaked"
            )
        }
        let stored: JSONValue = ["case": .string(clean.site.caseID), "request": .object(clean.json)]
        // A run that records nothing keeps a journal all the same.
        guard let kind = redactor.survivor(in: stored) else { return }
        throw EvaluationError(
            .refused,
            "the request holds a secret (\(kind)) where nothing can be redacted, so it was not sent",
            hint: "take it out of the case's id, the model's identity, or the path of an image")
    }

    /// The reply as it is judged and recorded.
    private func cleaned(
        _ reply: Reply, to purpose: String, numbering: inout Redactor.Numbering
    ) throws(EvaluationError) -> Reply {
        var reply = try redactor.redact(reply, to: purpose, numbering: &numbering)
        if reply.content == nil, reply.refusal == nil, reply.toolCalls.isEmpty {
            // An answer of no text, as after a limit on its length, is recorded and judged as an empty one.
            reply.content = ""
        }
        var texts = reply.recordedJSON
        if let content = reply.content, Measurement.isOne(content, askedBy: purpose) {
            texts["content"] = nil
        }
        if let kind = redactor.survivor(in: .object(texts)) {
            throw EvaluationError(
                .refused,
                "the answer holds a secret (\(kind)) that could not be redacted; it was not recorded",
                hint: "add a pattern for it to redact: in evalrun.yaml")
        }
        return reply
    }
}
