public import Evals

/// Counters of a run, in all and per suite × prompt × model, folded from executions in the plan's order.
public struct Tally: Sendable {
    /// The counters of one suite × prompt × model.
    public struct Row: Sendable {
        /// The suite's name.
        public let suite: String
        /// The prompt's reference as the suite writes it.
        public let prompt: String
        /// The model's name.
        public let model: String
        /// True when the model is advisory.
        public let isAdvisory: Bool
        /// The counters.
        public internal(set) var counters = Counters()
    }

    private struct Key: Hashable, Sendable {
        var suite: String
        var prompt: String
        var model: String
    }

    /// The rows in the order in which the plan names them first.
    public private(set) var rows: [Row] = []
    /// The counters of everything; latencies are kept in the rows alone.
    public private(set) var overall = Counters(keepsLatencies: false)
    /// The kinds of error that errored executions have, those of advisory models left out unless they tell of
    /// the run as a whole (`budget`, `interrupted`).
    public private(set) var decidingErrorKinds: Set<EvaluationError.Kind> = []
    private var places: [Key: Int] = [:]

    /// Creates an empty tally.
    public init() {}

    /// Adds the next execution of the plan.
    public mutating func add(_ execution: Execution) {
        overall.add(execution)
        let key = Key(suite: execution.suite, prompt: execution.prompt, model: execution.model)
        let place = places[key] ?? rows.count
        if place == rows.count {
            places[key] = place
            rows.append(
                Row(
                    suite: execution.suite, prompt: execution.prompt, model: execution.model,
                    isAdvisory: execution.isAdvisory))
        }
        rows[place].counters.add(execution)
        if execution.status == .errored, let kind = execution.error?.kind,
            !execution.isAdvisory || kind == .budget || kind == .interrupted
        {
            decidingErrorKinds.insert(kind)
        }
    }

    /// Why declared = passed + failed + errored + skipped does not hold; nil when it does.
    public func mismatch(declared: Int) -> String? {
        let counted = overall.executions
        guard counted != declared else { return nil }
        return "the plan has \(declared) executions, and \(counted) have a result"
            + " (\(overall.passed) passed, \(overall.failed) failed, \(overall.errored) errored,"
            + " \(overall.skipped) skipped)"
    }

    /// How many executions of the plan have no result; they count as errored.
    public func unfinished(declared: Int) -> Int { max(0, declared - overall.executions) }
}
