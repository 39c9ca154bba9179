import Evals
import Results

/// The failures and errors that a terminal shows: the first ones in the plan's order, equal errors as one.
struct FailureDigest {
    /// One failure or error, and how many others it stands for.
    struct Entry {
        /// The first of its kind.
        var execution: Execution
        /// How many there are, itself included.
        var count = 1
    }

    private struct Key: Hashable {
        var kind: EvaluationError.Kind
        var message: String
        var isAdvisory: Bool
    }

    /// Entries that count, then those of advisory models.
    var entries: [Entry] { Array((deciding + advisory).prefix(limit)) }
    /// How many executions failed or errored and are no part of any entry.
    var hidden: Int { total - entries.reduce(0) { $0 + $1.count } }
    /// The first execution that failed and counts.
    private(set) var firstFailure: Execution?
    /// The first execution that errored and counts.
    private(set) var firstError: Execution?
    /// The suites of which a recording is missing or stale.
    private(set) var unrecordedSuites: Set<String> = []
    /// Whether a recording is missing or stale of the answer itself, and not of what is asked about it.
    private(set) var lacksAnswers = false
    private var deciding: [Entry] = []
    private var advisory: [Entry] = []
    private var places: [Key: Int] = [:]
    private var total = 0
    private let limit: Int

    /// Reads all failures and errors once, and keeps at most twice `limit` of them.
    init(_ spool: ExecutionSpool, limit: Int) throws {
        self.limit = limit
        try spool.forEach(statuses: [.failed, .errored]) { add($0) }
    }

    private mutating func add(_ execution: Execution) {
        total += 1
        if !execution.isAdvisory {
            if execution.status == .failed, firstFailure == nil { firstFailure = execution }
            if execution.status == .errored, firstError == nil { firstError = execution }
        }
        let error = execution.status == .errored ? AssertionText.error(of: execution) : nil
        if error?.kind == .fixtureMissing || error?.kind == .fixtureStale {
            unrecordedSuites.insert(execution.suite)
            if execution.answer == nil { lacksAnswers = true }
        }
        var key: Key?
        if let error {
            // Each missing recording has a message of its own, and one command mends all.
            key = Key(
                kind: error.kind, message: error.kind.isMissingRecording ? "" : error.message,
                isAdvisory: execution.isAdvisory)
        }
        if let key, let place = places[key] {
            if execution.isAdvisory {
                advisory[place].count += 1
            } else {
                deciding[place].count += 1
            }
            return
        }
        let place = execution.isAdvisory ? advisory.count : deciding.count
        guard place < limit else { return }
        if let key { places[key] = place }
        let entry = Entry(execution: execution)
        if execution.isAdvisory { advisory.append(entry) } else { deciding.append(entry) }
    }
}
