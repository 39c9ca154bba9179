public import Diagnostics
public import Evals
import Files

/// Compares the recordings of a project with a plan: `fixtures list`, `stale`, `prune` and `mv --auto`.
///
/// The plan must be the whole plan of the project: what it does not ask for counts as unused.
/// Memory: 8 bytes a recording, and what is reported.
public struct FixtureAudit: Sendable {
    /// A request of the plan without a fresh recording in its place.
    public struct Gap: Sendable, Hashable {
        /// Where the request comes from.
        public var site: CallSite
        /// Which sample.
        public var sample: Int
        /// The path where its recording belongs.
        public var path: String
        /// More: what is stale or unreadable, where the recording was found instead; nil when it is missing.
        public var detail: String?
    }

    /// What a comparison found, each in the plan's or the files' order.
    public struct Review: Sendable {
        /// Recordings that belong to another request.
        public var stale: [Gap] = []
        /// Requests without a recording.
        public var missing: [Gap] = []
        /// Recordings found at another place; `detail` is the path.
        public var moved: [Gap] = []
        /// Recordings that no request of the plan uses.
        public var unused: [RecordedExchange] = []
        /// Files and lines that can't be read.
        public var mistakes: [Diagnostic] = []
        /// The number of requests with a recording in its place.
        public var fresh = 0
    }

    private let store: FixtureStore
    private let redactor: Redactor
    private let kept: Set<String>

    /// Creates an audit.
    ///
    /// - Parameter kept: Files of which nothing counts as unused, since no plan has all that was asked.
    public init(store: FixtureStore, redactor: Redactor = .standard, kept: Set<String> = []) {
        self.store = store
        self.redactor = redactor
        self.kept = kept
    }

    /// Calls the body with every recorded exchange, by file and then by place in it; returns what can't be read.
    public func forEachRecording(
        _ body: (RecordedExchange) throws(DiagnosticError) -> Void
    ) throws(DiagnosticError) -> [Diagnostic] {
        var mistakes: [Diagnostic] = []
        for path in try store.files() {
            if path.hasSuffix(".jsonl") {
                switch store.pack(at: path) {
                case .success(let pack)?:
                    mistakes += pack.mistakes
                    mistakes += try pack.forEachReadable { (recording) throws(DiagnosticError) in
                        try visit(recording, path, body)
                    }
                case .failure(let error)?: mistakes += error.diagnostics
                case nil: continue
                }
            } else {
                switch store.recording(at: path) {
                case .success(let recording)?: try visit(recording, path, body)
                case .failure(let error)?: mistakes += error.diagnostics
                case nil: continue
                }
            }
        }
        return mistakes
    }

    /// Compares the recordings with the plan.
    public func review(plan: @escaping PlannedRequests) throws(DiagnosticError) -> Review {
        var review = Review()
        var used: Set<UInt64> = []
        // What judges and the like asked is not in the plan: it belongs to the answer that it is about, also to one
        // that the case brings along, or that is still to be recorded.
        var subjects: Set<UInt64> = []
        func use(_ exchange: Exchange, path: String, caseID: String) {
            let recorded = RecordedExchange(path: path, caseID: caseID, exchange: exchange)
            used.insert(recorded.identity)
            subjects.insert(recorded.subject)
        }
        try sweep(plan) { (request, finding) in
            let path = RecordingPlace(of: request.site).path
            subjects.insert(RecordedExchange.subject(of: request))
            var gap = Gap(site: request.site, sample: request.sample, path: path)
            switch finding {
            case .found(let exchange):
                review.fresh += 1
                use(exchange, path: path, caseID: request.site.caseID)
            case .moved(let exchange, let from, let caseID):
                use(exchange, path: from, caseID: caseID)
                gap.detail = from
                review.moved.append(gap)
            case .stale(let exchange, let path):
                use(exchange, path: path, caseID: request.site.caseID)
                gap.detail = RequestDifference.text(from: exchange.request, to: request.json)
                review.stale.append(gap)
            case .missing: review.missing.append(gap)
            case .unreadable(let diagnostic):
                gap.detail = diagnostic.message
                review.missing.append(gap)
            case nil: break
            }
        }
        review.mistakes = try forEachRecording { recorded in
            // Only the command that made it knows whether it still needs it.
            if RecordingPlace.isOfCommand(recorded.path) { return }
            let isSpare = recorded.exchange.purpose == "answer" || !subjects.contains(recorded.subject)
            guard isSpare, !kept.contains(recorded.path) else { return }
            if !used.contains(recorded.identity) { review.unused.append(recorded) }
        }
        return review
    }

    /// Removes the recordings that no request of the plan uses, and the folders left empty; returns them.
    ///
    /// What is stale stays: the next recording of its case replaces it. So does all that was asked about an answer of
    /// the plan, since which questions will be asked is known only once the answer is there. Nothing is removed on a dry
    /// run, or when a file can't be read.
    public func prune(plan: @escaping PlannedRequests, isDryRun: Bool) throws(DiagnosticError)
        -> [RecordedExchange]
    {
        let review = try review(plan: plan)
        guard review.mistakes.isEmpty else { throw DiagnosticError(review.mistakes) }
        if !isDryRun { try FixtureRemoval(store: store).remove(review.unused) }
        return review.unused
    }

    /// Puts the recordings that were found at another place where the plan looks for them; returns them.
    ///
    /// A recording that the plan still uses at its old place is copied. What was asked about an answer goes with it.
    public func moveAutomatically(
        plan: @escaping PlannedRequests, isDryRun: Bool = false
    ) throws(DiagnosticError) -> [Gap] {
        var moves: [Gap] = []
        var old: [(answer: UInt64, recorded: RecordedExchange)] = []
        var failure: DiagnosticError?
        var inPlace: Set<UInt64> = []
        var writer = RecordingWriter(store: store)
        try sweep(plan) { (request, finding) in
            let path = RecordingPlace(of: request.site).path
            switch finding {
            case .found(let exchange):
                inPlace.insert(
                    RecordedExchange(path: path, caseID: request.site.caseID, exchange: exchange).identity)
            case .moved(var exchange, let from, let caseID):
                let answer = RecordedExchange(path: from, caseID: caseID, exchange: exchange)
                old.append((answer.identity, answer))
                do throws(DiagnosticError) {
                    for question in try questions(about: answer) {
                        old.append((answer.identity, question))
                        var site = request.site
                        site.purpose = question.exchange.purpose
                        writer.add(question.exchange, at: site)
                    }
                } catch {
                    failure = failure ?? error
                }
                exchange.purpose = request.site.purpose
                exchange.step = request.site.step
                exchange.sample = request.sample
                writer.add(exchange, at: request.site)
                moves.append(Gap(site: request.site, sample: request.sample, path: path, detail: from))
            default: break
            }
        }
        if let failure { throw failure }
        guard !isDryRun, !moves.isEmpty else { return moves }
        _ = try writer.commit()
        try FixtureRemoval(store: store).remove(old.filter { !inPlace.contains($0.answer) }.map(\.recorded))
        return moves
    }

    /// What is recorded beside an answer as asked about it.
    private func questions(about answer: RecordedExchange) throws(DiagnosticError) -> [RecordedExchange] {
        let recordings =
            answer.path.hasSuffix(".jsonl")
            ? try store.pack(at: answer.path)?.get().recordings(ofCase: answer.caseID)
            : try store.recording(at: answer.path).map { (file) throws(DiagnosticError) in [try file.get()] }
        return (recordings ?? []).flatMap(\.exchanges).filter { $0.purpose != "answer" }
            .map { RecordedExchange(path: answer.path, caseID: answer.caseID, exchange: $0) }
            .filter { $0.subject == answer.subject }
    }

    /// Looks up every request of the plan; one that can't be redacted is an error.
    ///
    /// For those that built-in models answer there is nothing to look up.
    private func sweep(
        _ plan: @escaping PlannedRequests, _ body: (ModelRequest, FixtureStore.Finding?) -> Void
    ) throws(DiagnosticError) {
        let builtIn = [ModelSpecification.echo.provider, ModelSpecification.given.provider]
        try plan { (request) throws(DiagnosticError) in
            guard !builtIn.contains(request.model.provider) else { return body(request, nil) }
            do throws(EvaluationError) {
                var numbering = Redactor.Numbering()
                let clean = try redactor.redact(request, numbering: &numbering)
                body(clean, store.find(clean, key: RequestKey.sha256(of: clean)))
            } catch {
                throw DiagnosticError(Diagnostic("redaction-failed", error.message, hint: error.hint))
            }
        }
    }

    private func visit(
        _ recording: Recording, _ path: String, _ body: (RecordedExchange) throws(DiagnosticError) -> Void
    ) throws(DiagnosticError) {
        for exchange in recording.exchanges {
            try body(RecordedExchange(path: path, caseID: recording.caseID, exchange: exchange))
        }
    }
}
