import Diagnostics
public import Evals
import Files
import JSON
import Synchronization

/// The exchanges of one run that are to be recorded; safe to use from any thread.
///
/// They wait on disk until `commit` writes each file once, whole. Memory: about 100 bytes an exchange, and its case id.
public final class RecordingSession: Sendable {
    /// The recordings that are added to.
    public let store: FixtureStore

    private struct State {
        var waiting: [RecordingPlace: SpooledExchanges] = [:]
        var count = 0
        /// Keys of what judges and the like asked for in this run, whatever came of it.
        var requested: Set<UInt64> = []
        var failures: [Diagnostic] = []
    }

    private let spool: Spool
    private let state = Mutex(State())
    /// Has a lock of its own, since a look through a large pack takes time.
    private let obstacles = Mutex<[String: Diagnostic?]>([:])

    /// Creates a session that changes nothing until `commit`.
    ///
    /// - Parameter folder: where exchanges wait, normally the folder of temporary files.
    public init(store: FixtureStore, spoolFolder folder: String? = nil) {
        self.store = store
        spool = Spool(in: folder)
    }

    /// The number of exchanges that wait to be written.
    public var count: Int { state.withLock { $0.count } }

    /// Adds an exchange; the request and its reply are redacted already.
    ///
    /// An exchange that would not be read back as it is becomes a failure of `commit`, and is not written.
    public func add(_ exchange: Exchange, at site: CallSite) {
        let place = RecordingPlace(of: site)
        do throws(RecordingMistake) {
            guard try Exchange(json: .object(exchange.json)) == exchange, exchange.hasOwnKey else {
                throw RecordingMistake("it would be read back differently")
            }
        } catch {
            let mistake = Diagnostic(
                "recording-not-written",
                "the \(exchange.purpose) of the case '\(site.caseID)' can't be recorded: \(error.message)",
                at: SourceMark(file: place.path),
                hint: "the answer counts in this run; replay will say that its recording is missing")
            return state.withLock { $0.failures.append(mistake) }
        }
        let range = spool.append(JSONWriter.compact.bytes(of: .object(exchange.json)))
        state.withLock { state in
            state.waiting[place, default: SpooledExchanges()].add(
                range, case: site.caseID, sample: exchange.sample)
            state.count += 1
        }
    }

    /// Notes that a redacted request was made, so that its recording is kept beside newer ones of its label.
    func noteRequest(_ request: ModelRequest, key: String) {
        guard request.site.purpose != "answer", let prefix = RequestKey.prefix(of: key) else { return }
        state.withLock { _ = $0.requested.insert(prefix) }
    }

    /// Why nothing can be recorded in a file: it is damaged, and would lose what can't be read in it.
    ///
    /// Each file is looked through once.
    func obstacle(at place: RecordingPlace) -> Diagnostic? {
        // Under the lock: many executions ask about the same pack at once, and one look is enough.
        obstacles.withLock { obstacles in
            if let known = obstacles[place.path] { return known }
            let found = damage(at: place).first
            obstacles[place.path] = .some(found)
            return found
        }
    }

    private func damage(at place: RecordingPlace) -> [Diagnostic] {
        guard place.isPack else {
            if case .failure(let error)? = store.recording(at: place.path) { return error.diagnostics }
            return []
        }
        switch store.pack(at: place.path) {
        case .success(let pack)?:
            guard pack.mistakes.isEmpty else { return pack.mistakes }
            do throws(DiagnosticError) {
                return try pack.forEachReadable { _ throws(DiagnosticError) in }
            } catch {
                return error.diagnostics
            }
        case .failure(let error)?: return error.diagnostics
        case nil: return []
        }
    }

    /// Writes the files, what they hold beside the new exchanges kept.
    ///
    /// A file that is damaged, or that can't be written, stays as it was, and is a failure; all others are written.
    ///
    /// - Parameter isComplete: whether the run asked for all that it wanted. An exchange of a judge that this run did
    ///   not ask for goes then, once there is a newer one under its label.
    public func commit(isComplete: Bool = true) -> RecordingOutcome {
        let (waiting, requested, failures) = state.withLock { state in
            defer {
                state.waiting = [:]
                state.count = 0
                state.failures = []
            }
            return (state.waiting, state.requested, state.failures)
        }
        obstacles.withLock { $0 = [:] }
        var outcome = RecordingOutcome()
        outcome.add(failures: failures)
        let merge = ExchangeMerge(requested: isComplete ? requested : nil)
        for (place, exchanges) in waiting.sorted(by: { $0.key.path < $1.key.path }) {
            let file = SpooledFile(
                place: place, exchanges: exchanges, spool: spool, store: store, merge: merge)
            do throws(DiagnosticError) {
                outcome.rerolled += try file.write()
                outcome.paths.append(place.path)
                outcome.answers += exchanges.count
            } catch {
                outcome.add(failures: error.diagnostics)
            }
        }
        outcome.close()
        store.forget()
        return outcome
    }

    /// What keeps the exchanges from being written; empty when nothing is damaged.
    func damage() -> [Diagnostic] {
        let (places, failures) = state.withLock {
            ($0.waiting.keys.sorted { $0.path < $1.path }, $0.failures)
        }
        return failures + places.flatMap { damage(at: $0) }
    }
}
