public import Diagnostics
public import Evals
import Files

/// Everything that a run will do, in a fixed order, without holding the cases in memory.
public struct Plan: Sendable {
    /// A prompt × model of a suite: what gates judge by itself.
    public struct Group: Sendable, Hashable {
        /// The suite's name.
        public var suite: String
        /// The prompt's reference.
        public var prompt: String
        /// The model's name.
        public var model: String
        /// True when the model decides nothing.
        public var isAdvisory: Bool
    }

    /// The gates of each suite, in order.
    public internal(set) var gates: [(suite: String, gates: [GateSpecification])] = []
    /// The groups of the whole plan: those of the suites' own models, also when this run leaves them out, and
    /// those of the models that the command or the profile names.
    public internal(set) var groups: [Group] = []
    /// The number of executions.
    public internal(set) var executions = 0
    /// The number of cases.
    public internal(set) var cases = 0
    /// True when only a part of the suites was asked for, or other models than theirs.
    public internal(set) var isNarrowed = false
    /// The rows of each dataset, in the order of the cases.
    public internal(set) var rowCounts: [RowCount] = []
    /// What assertions ask models beside those under test.
    public internal(set) var judging = PlannedJudging()
    /// The hash of what is planned.
    public internal(set) var sha256 = ""

    let suites: [Suite]
    let trials: [SuiteTrials]
    let selection: CaseSelection
    let gateColumns: [[String]]
    let tree: any FileTree
    var fingerprints: [Int] = []

    /// The cases from the beginning; each call starts anew.
    public func stream() -> PlanStream { PlanStream(self) }
}

/// Which cases of a plan are run.
struct CaseSelection: Sendable {
    /// A pattern with wildcards.
    struct Pattern: Sendable {
        /// The pattern as it is written.
        var written: String
        /// The same, to compare with.
        var wildcard: Wildcard

        /// Creates a pattern.
        init(_ written: String) {
            self.written = written
            wildcard = Wildcard(written)
        }
    }

    /// Ids that are meant exactly.
    var exact: Set<String> = []
    /// Patterns.
    var patterns: [Pattern] = []
    /// Tags, one of which is needed; empty: no condition.
    var tags: [String] = []
    /// False without `--case`.
    var hasCases = false
    /// The executions that are run; nil: all.
    var only: ExecutionSelection?

    /// Whether a case is run.
    func includes(id: String, tags caseTags: [String]) -> Bool {
        if !tags.isEmpty, !tags.contains(where: caseTags.contains) { return false }
        return !hasCases || exact.contains(id) || patterns.contains { $0.wildcard.matches(id) }
    }
}

/// The cases of a plan, one at a time.
public struct PlanStream: CaseStreaming {
    private let plan: Plan
    private let planner: CasePlanner
    private var instances: InstanceStream

    init(_ plan: Plan) {
        self.plan = plan
        planner = CasePlanner(
            suites: plan.suites, trials: plan.trials, gateColumns: plan.gateColumns,
            only: plan.selection.only)
        instances = InstanceStream(plan.suites, tree: plan.tree)
    }

    /// The next case, or nil after the last; throws when a dataset changed since the plan was made.
    public mutating func next() throws(DiagnosticError) -> PlannedCase? {
        while let instance = try instances.next() {
            guard plan.selection.includes(id: instance.id, tags: instance.tags) else { continue }
            let planned = planner.plan(instance)
            if !planned.trials.isEmpty { return planned }
        }
        guard instances.fingerprints == plan.fingerprints else {
            throw DiagnosticError(
                Diagnostic(
                    "dataset-changed", "a dataset changed while the run went on, so its results mean nothing",
                    hint: "run again"))
        }
        return nil
    }
}
