/// Why an execution could not be evaluated: trouble, never a verdict about quality.
public struct EvaluationError: Error, Sendable, Hashable {
    /// What kind of trouble.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The provider answered with an error, or with something that is no answer.
        case provider
        /// No answer in time.
        case timeout
        /// The call was refused before it was made, since it would have leaked a key.
        case refused
        /// There is no recording.
        case fixtureMissing = "fixture-missing"
        /// The recording belongs to another request.
        case fixtureStale = "fixture-stale"
        /// A recording is to be made, and there is no key.
        case needsKey = "needs-key"
        /// A judge gave no verdict.
        case judge
        /// A template could not be rendered with this case's values.
        case template
        /// An assertion could not be evaluated.
        case assertion
        /// The budget was spent.
        case budget
        /// The provider failed too often in a row.
        case breaker
        /// Not run, since `--fail-fast` stopped the run.
        case failFast = "fail-fast"
        /// Not run or not finished, since the run was interrupted.
        case interrupted

        /// True for recordings that are missing or stale, and for keys missing to make them: exit code 4.
        public var isMissingRecording: Bool {
            switch self {
            case .fixtureMissing, .fixtureStale, .needsKey: true
            default: false
            }
        }
    }

    /// What kind of trouble.
    public var kind: Kind
    /// What happened, without a full stop; may have several lines.
    public var message: String
    /// What to do about it.
    public var hint: String?
    /// Requests that were made in vain; 0 when none was.
    public var attempts: Int
    /// True when a provider may have worked, and charges for it, though no answer arrived.
    public var mayHaveCost: Bool

    /// Creates an error.
    public init(
        _ kind: Kind, _ message: String, hint: String? = nil, attempts: Int = 0, mayHaveCost: Bool = false
    ) {
        self.kind = kind
        self.message = message
        self.hint = hint
        self.attempts = attempts
        self.mayHaveCost = mayHaveCost
    }
}
