public import Evals

/// Everything that a run left behind, for reports.
public struct RunResults: Sendable {
    /// What was known before the run.
    public var header: RunHeader
    /// The numbers and the verdict.
    public var summary: RunSummary
    /// What became of the gates, in the order suite, gate, prompt × model; empty for a shard.
    public var gates: [GateResult]
    /// Counters per suite × prompt × model, in the plan's order.
    public var table: [Tally.Row]
    /// What judges found per suite × prompt × model × metric; empty when none was asked.
    public var judges: [JudgeTally.Row]
    /// The executions in the plan's order.
    public var spool: ExecutionSpool
    /// What the user should know beside the results.
    public var notices: [String]
    /// How the run was started.
    public var invocation: Invocation
    /// Which price tables the costs come from, in words; nil when no cost was worked out.
    public var prices: String?

    /// Creates results.
    public init(
        header: RunHeader, summary: RunSummary, gates: [GateResult], table: [Tally.Row],
        judges: [JudgeTally.Row] = [], spool: ExecutionSpool, notices: [String] = [],
        invocation: Invocation = .run, prices: String? = nil
    ) {
        self.header = header
        self.summary = summary
        self.gates = gates
        self.table = table
        self.judges = judges
        self.spool = spool
        self.notices = notices
        self.invocation = invocation
        self.prices = prices
    }
}
