public import Evals

/// What of a project is to be run, and how often: the wishes of the command line.
public struct PlanOptions: Sendable {
    /// Models instead of the suites' own, one that is named twice counting once; nil: theirs.
    public var models: [String]?
    /// Prompts to keep, by reference or name; empty: all.
    public var prompts: [String] = []
    /// Cases to keep: an exact id first, then `*` and `?` as wildcards; empty: all.
    public var cases: [String] = []
    /// Tags, one of which a case must have; empty: all cases.
    public var tags: [String] = []
    /// Executions to keep, those that failed in an earlier run; nil: all.
    ///
    /// Where several samples decide together (`pass: k`), one of them brings the others along.
    public var only: Set<ExecutionAddress>?
    /// Samples instead of the suites' own; a case's own `repeat` stays.
    public var repetition: Int?
    /// The settings to start from.
    public var profile: String?
    /// Whether to report what a provider's API demands and a request lacks.
    public var checksProviders = false

    /// Creates options that select everything.
    public init() {}

    /// True when only a part of the plan was asked for; a profile's models narrow a plan too.
    public var isNarrowing: Bool {
        models != nil || !prompts.isEmpty || !cases.isEmpty || !tags.isEmpty || only != nil
    }
}
