public import Diagnostics

/// One case × prompt × model × sample, and what became of it.
public struct Execution: Sendable, Hashable {
    /// What counts.
    public enum Status: String, Sendable, Hashable, CaseIterable {
        /// Every expectation was met.
        case passed
        /// An expectation was not met.
        case failed
        /// It could not be evaluated.
        case errored
        /// The author said `skip:` or put the case in quarantine.
        case skipped
    }

    /// The suite's name.
    public var suite: String
    /// The case's id.
    public var caseID: String
    /// The case's tags.
    public var tags: [String]
    /// The prompt's reference as the suite writes it.
    public var prompt: String
    /// The prompt's version.
    public var version: String
    /// The model's alias or inline name.
    public var model: String
    /// True when the model is advisory: shown, and never part of a gate.
    public var isAdvisory: Bool
    /// Which of the repeated samples, from 1.
    public var sample: Int
    /// The turn of a multi-turn case, from 1.
    public var step: Int
    /// Samples that must pass for the unit of case × prompt × model to pass; nil: each sample counts by itself.
    public var requiredPasses: Int?
    /// What counts.
    public var status: Status
    /// What it was before `xfail` or quarantine changed the status; nil when nothing changed it.
    public var outcome: Status?
    /// Why it was skipped, expected to fail or put in quarantine.
    public var statusReason: String?
    /// The weighted mean of the assertions' scores, from 0 to 1; nil when there is none.
    public var score: Double?
    /// The answer; nil when there was none.
    public var answer: Answer?
    /// What the answer costs by the price table; nil when unknown.
    public var cost: Money?
    /// What this run spent on it; nil when a model was asked whose price is not known.
    public var spent: Money?
    /// What was asked to judge the answer; nil when nobody was.
    @Boxed public var judging: JudgeUse?
    /// Where the case stands.
    public var mark: SourceMark
    /// Why it could not be evaluated.
    public var error: EvaluationError?
    /// The assertions' results.
    public var assertions: [AssertionResult]
    /// Columns of the dataset's row that gates select by.
    public var row: [String: String]

    /// Creates an execution that has not got a result yet: errored, until someone sets it otherwise.
    public init(
        suite: String, caseID: String, tags: [String] = [], prompt: String, version: String, model: String,
        isAdvisory: Bool = false, sample: Int = 1, step: Int = 1, requiredPasses: Int? = nil,
        mark: SourceMark,
        row: [String: String] = [:]
    ) {
        self.suite = suite
        self.caseID = caseID
        self.tags = tags
        self.prompt = prompt
        self.version = version
        self.model = model
        self.isAdvisory = isAdvisory
        self.sample = sample
        self.step = step
        self.requiredPasses = requiredPasses
        self.mark = mark
        self.row = row
        status = .errored
        spent = Money.zero
        judging = nil
        assertions = []
    }
}
