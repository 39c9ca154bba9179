public import Evals

/// A run in a few numbers and a verdict.
public struct RunSummary: Sendable, Hashable {
    /// The verdict in one word.
    public enum Verdict: String, Sendable, Hashable, CaseIterable {
        /// Every gate passed.
        case passed
        /// A gate failed for certain.
        case failed
        /// Something is missing, so that there is no verdict on quality.
        case errored
        /// A statistical gate is inconclusive.
        case inconclusive
    }

    /// Executions that the plan declares.
    public var executions: Int
    /// Executions that met every expectation.
    public var passed: Int
    /// Executions that missed one.
    public var failed: Int
    /// Executions that could not be evaluated, those without any result included.
    public var errored: Int
    /// Executions that the author left out.
    public var skipped: Int
    /// Passed units of all that are not skipped, advisory models included; nil when there is none.
    public var passRate: Double?
    /// What the answers cost by the price table; nil when the cost of one is not known.
    public var cost: Money?
    /// What this run spent, on judges too; nil when the cost of an answer that it asked for is not known.
    public var spent: Money?
    /// What this run spent for certain.
    public var knownSpent: Money
    /// Calls of judges that were answered, also from recordings.
    public var judgeCalls: Int
    /// What they cost by the price table; nil when the cost of one is not known.
    public var judgeCost: Money?
    /// Executions with a recording that was made anew for an unchanged request, with another answer or verdict.
    public var rerolled: Int
    /// The verdict.
    public var verdict: Verdict
    /// How the program ends.
    public var exitStatus: ExitStatus
    /// All statuses that apply, the winner first.
    public var statuses: [ExitStatus]

    /// Sums a run up: executions without a result count as errored, each as a unit that did not pass.
    public init(
        tally: Tally, declared: Int, verdict: Verdict, exitStatus: ExitStatus, statuses: [ExitStatus]
    ) {
        let counters = tally.overall
        let unfinished = tally.unfinished(declared: declared)
        executions = declared
        passed = counters.passed
        failed = counters.failed
        errored = counters.errored + unfinished
        skipped = counters.skipped
        let units = counters.units.total + unfinished
        passRate = units == 0 ? nil : Double(counters.units.passed) / Double(units)
        cost = counters.cost
        spent = counters.spent
        knownSpent = counters.knownSpent
        judgeCalls = counters.judging.calls
        judgeCost = counters.judging.cost
        rerolled = counters.judging.rerolled
        self.verdict = verdict
        self.exitStatus = exitStatus
        self.statuses = statuses
    }
}
