/// What happens during a run: the seam between the runner and everything that reports.
public enum RunEvent: Sendable {
    /// The plan is known.
    case started(RunHeader)
    /// An execution has its result; in the plan's order.
    case finished(Execution)
}

/// What is known of a run before it starts.
public struct RunHeader: Sendable, Hashable {
    /// The run's id.
    public var id: String
    /// When it started, as RFC 3339 in UTC.
    public var startedAt: String
    /// The program's version.
    public var evalrunVersion: String
    /// The commit of the project, where it is in git.
    public var commit: String?
    /// Whether the work tree differs from the commit.
    public var isDirty: Bool?
    /// `replay`, `record`, `refresh` or `live`.
    public var mode: String
    /// The hash of everything that was planned.
    public var planSHA256: String
    /// The number of executions.
    public var executions: Int

    /// Creates a header.
    public init(
        id: String, startedAt: String, evalrunVersion: String, commit: String? = nil, isDirty: Bool? = nil,
        mode: String, planSHA256: String, executions: Int
    ) {
        self.id = id
        self.startedAt = startedAt
        self.evalrunVersion = evalrunVersion
        self.commit = commit
        self.isDirty = isDirty
        self.mode = mode
        self.planSHA256 = planSHA256
        self.executions = executions
    }
}
